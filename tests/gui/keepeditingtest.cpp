// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"
#include "gui/editdialogdriver.h"
#include "support/holdsfor.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

namespace {

constexpr auto longerThanALookUp = CredentialChange::unreachableDelay + 500ms;

/// A change that may have been carried out, looked for until the server can be reached again.
struct Lost
{
    FormDriver &form;
    QDialog &dialog;
    ScriptedServer &server;
    const QSignalSpy &done;

    QString message() const { return form.errorMessage(); }
    bool isLookedFor() const { return message().contains(u"keeps looking"_s); }

    void keepEditing() const
    {
        QTRY_VERIFY(form.find(u"Keep editing"_s));
        const std::size_t asked = server.requests().size();
        VERIFY_HOLDS_FOR(longerThanALookUp, server.requests().size() == asked); // nor under the question
        form.click(u"Keep editing"_s);
        QTRY_VERIFY(!form.find(u"Keep editing"_s));
    }

    /// Nobody is asked any more, until "Check again" does.
    void isLeftAlone() const
    {
        const std::size_t asked = server.requests().size();
        QVERIFY(message().contains(u"It may have been"_s));
        QVERIFY(!isLookedFor());
        VERIFY_HOLDS_FOR(longerThanALookUp, server.requests().size() == asked && done.isEmpty());
        QVERIFY(dialog.isVisible());
    }
};

} // namespace

/// Whoever goes on in a form whose change may have been carried out is not disturbed by it being looked for.
class KeepEditingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCreationIsNotLookedForAnyMore();
    void anEditIsNotLookedForAnyMore();
    void whoeverWantedToCloseTheWindowIsAskedOnce();
    void nothingIsSentUnderTheQuestion();
};

void KeepEditingTest::aCreationIsNotLookedForAnyMore()
{
    CreateDialogDriver form;
    form.server.otherwise({.way = Way::CloseBefore});
    form.fillIn();
    form.click(u"Create"_s);
    const Lost lost{form, form.dialog, form.server, form.created};
    QTRY_VERIFY_WITH_TIMEOUT(lost.isLookedFor(), 20'000);

    form.click(u"Cancel"_s);
    lost.keepEditing();

    lost.isLeftAlone();
    QCOMPARE(form.text(u"Secret access key"_s), u"wJalrXUtnFEMI"_s);
    form.server.otherwise({.body = R"({"items":[],"totalCount":0})"});
    form.click(u"Check again"_s);
    QTRY_VERIFY(lost.message().contains(u"It may have been created"_s));
    QCOMPARE(form.server.count("POST"), 1);
}

void KeepEditingTest::anEditIsNotLookedForAnyMore()
{
    EditDialogDriver form;
    form.setAws();
    form.open();
    form.type(u"Region"_s, u"eu-west-1"_s);
    bool isSent = false;
    form.exception = [&isSent](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        isSent = isSent || request.method == "PATCH";
        return isSent ? std::optional(ScriptedReply{.way = Way::CloseBefore}) : std::nullopt;
    };
    form.click(u"Save"_s);
    const Lost lost{form, *form.dialog, form.server, *form.changed};
    QTRY_VERIFY_WITH_TIMEOUT(lost.isLookedFor(), 20'000);

    form.click(u"Cancel"_s);
    lost.keepEditing();

    lost.isLeftAlone();
    QCOMPARE(form.text(u"Region"_s), u"eu-west-1"_s);
    form.exception = {}; // and it was not carried out
    form.click(u"Check again"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!lost.message().isEmpty() && !lost.message().contains(u"It may"_s), 20'000);
    QCOMPARE(form.server.count("PATCH"), 1);
}

/// What waits for the dialog to close is forgotten, too.
void KeepEditingTest::whoeverWantedToCloseTheWindowIsAskedOnce()
{
    CreateDialogDriver form;
    form.server.otherwise({.way = Way::CloseBefore});
    form.fillIn();
    form.click(u"Create"_s);
    const Lost lost{form, form.dialog, form.server, form.created};
    bool isClosed = false;
    form.dialog.giveUpWork([&isClosed] { isClosed = true; }); // it asks once the outcome is there
    QTRY_VERIFY_WITH_TIMEOUT(form.find(u"Keep editing"_s), 20'000);
    lost.keepEditing();

    lost.isLeftAlone();
    QVERIFY(!isClosed);
    form.click(u"Cancel"_s);
    form.click(u"Discard"_s);
    QTRY_VERIFY(!form.dialog.isVisible());
    QVERIFY(!isClosed);
}

/// A new name waits for what is known of the use of the old one.
void KeepEditingTest::nothingIsSentUnderTheQuestion()
{
    EditDialogDriver form;
    form.setAws();
    int linksAsked = 0;
    form.exception = [&linksAsked](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (!request.path().endsWith("/linkedResources"))
            return std::nullopt;
        ++linksAsked;
        return ScriptedReply{.body = R"({"flows":{"items":[],"count":0,"totalCount":0},)"
                                     R"("flowVersions":{"items":[],"count":0,"totalCount":0},)"
                                     R"("integrations":{"items":[],"count":0,"totalCount":0}})",
                             .delay = 2s};
    };
    form.open();
    form.type(u"Name"_s, u"Renamed"_s);
    QTRY_COMPARE(linksAsked, 1);
    form.click(u"Save"_s);

    form.click(u"Cancel"_s);

    QTRY_VERIFY(form.find(u"Keep editing"_s));
    VERIFY_HOLDS_FOR(3s, form.patches().empty() && form.find(u"Keep editing"_s));
    form.click(u"Keep editing"_s);
    QTRY_VERIFY(form.find(u"Save"_s) && form.part(u"Save"_s)->isEnabled());
    form.click(u"Save"_s);
    QTRY_COMPARE(form.changed->count(), 1);
    QCOMPARE(form.patches().size(), 1U);
}

QTEST_MAIN(KeepEditingTest)
#include "keepeditingtest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/formdriver.h"
#include "gui/rowscene.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

/// What is done to a credential from its row is sent once, said, and can be undone; what failed is said too.
class RowChangesTest : public RowScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void disablingAndUndoingIsOnePatchEach();
    void byKeyboardAloneItIsDisabledUndoneAndDeleted();
    void anUnknownTypeIsDisabledToo();
    void theDoneLineGoesWithTheApplication();
    void theDoneLineCanBeClosedAndThenUndoesNothing();
    void whatSomebodyElseChangedIsSaidFirst();
    void ourOwnEditIsNotSaidToBeSomebodyElses();
    void whatIsDisabledAlreadyIsSaid();
    void aRefusalIsSaidAndTriedAgain_data();
    void aRefusalIsSaidAndTriedAgain();
    void whatIsGoneIsSaid();
    void aLostAnswerIsLookedUp();
    void whatCannotBeFoundOutIsCheckedAgain();
    void whatTheServerDidNotTakeIsSaid();
    void theChangeCanBeStopped();
    void meanwhileNothingElseIsChanged();
    void theWindowClosesOnceItIsKnown();
    void inProductionItIsAsked();
    void afterADeletionTheNextRowIsSelected();
    void deletingMayEndInDisabling();
};

void RowChangesTest::disablingAndUndoingIsOnePatchEach()
{
    openAt(u"Credential 2"_s);
    toggle();
    QTRY_COMPARE(status(u"Credential 2"_s), u"Disabled"_s);
    QCOMPARE(said(doneMessage), u"Disabled Credential 2"_s);
    QCOMPARE(patches(), 1);
    QCOMPARE(lastPatch().body, R"({"enabled":false})"_ba);
    QCOMPARE(selected(), u"Credential 2"_s);

    m_window->click(u"Undo"_s);
    QTRY_COMPARE(status(u"Credential 2"_s), u"Enabled"_s);
    QCOMPARE(said(doneMessage), u"Enabled Credential 2"_s);
    QCOMPARE(patches(), 2);
    QCOMPARE(lastPatch().body, R"({"enabled":true})"_ba);
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Show it"_s));
}

void RowChangesTest::byKeyboardAloneItIsDisabledUndoneAndDeleted()
{
    open();
    m_window->table(credentials)->setFocus();
    m_window->key(Qt::Key_Down);
    QCOMPARE(selected(), u"Credential 2"_s);
    toggle();
    QTRY_COMPARE(said(doneMessage), u"Disabled Credential 2"_s);
    QTRY_COMPARE(status(u"Credential 2"_s), u"Disabled"_s);

    m_window->key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(said(doneMessage), u"Enabled Credential 2"_s);
    QTRY_COMPARE(status(u"Credential 2"_s), u"Enabled"_s);
    QVERIFY(m_window->table(credentials)->hasFocus());
    QCOMPARE(patches(), 2);

    m_window->key(Qt::Key_Delete);
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->windowTitle(), u"Delete credential"_s);
}

void RowChangesTest::anUnknownTypeIsDisabledToo()
{
    openAt(u"Credential 6"_s);
    toggle();
    QTRY_COMPARE(status(u"Credential 6"_s), u"Disabled"_s);
    QCOMPARE(lastPatch().body, R"({"enabled":false})"_ba);
}

void RowChangesTest::theDoneLineGoesWithTheApplication()
{
    openAt(u"Credential 2"_s);
    toggle();
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, doneMessage));
    openWarehouse();
    QVERIFY(!m_window->has(QAccessible::StaticText, doneMessage));
    m_window->table(credentials)->setFocus();
    m_window->key(Qt::Key_Z, Qt::ControlModifier);
    VERIFY_HOLDS_FOR(50ms, patches() == 1);
}

void RowChangesTest::theDoneLineCanBeClosedAndThenUndoesNothing()
{
    openAt(u"Credential 2"_s);
    toggle();
    QTRY_COMPARE(status(u"Credential 2"_s), u"Disabled"_s);
    m_window->click(u"Close"_s);
    QVERIFY(!m_window->has(QAccessible::StaticText, doneMessage));
    m_window->table(credentials)->setFocus();
    m_window->key(Qt::Key_Z, Qt::ControlModifier);
    VERIFY_HOLDS_FOR(50ms, patches() == 1);
}

void RowChangesTest::whatSomebodyElseChangedIsSaidFirst()
{
    openAt(u"Credential 2"_s);
    changeBehindTheBack(u"Credential 2"_s, u"description"_s, u"Ask Bob."_s);
    toggle();
    QTRY_VERIFY(dialog());
    QCOMPARE(patches(), 0);
    GuiProbe box(*dialog());
    QVERIFY2(box.visibleText().contains(u"Credential 2"_s), qPrintable(box.visibleText()));
    QVERIFY2(box.visibleText().contains(u"Description: theirs is “Ask Bob.”"_s),
             qPrintable(box.visibleText()));
    box.click(u"Disable anyway"_s);
    QTRY_COMPARE(status(u"Credential 2"_s), u"Disabled"_s);
    QCOMPARE(patches(), 1);
    QCOMPARE(lastPatch().body, R"({"enabled":false})"_ba);
}

void RowChangesTest::ourOwnEditIsNotSaidToBeSomebodyElses()
{
    const QString name = u"Credential 1"_s;
    changeBehindTheBack(
        name, u"awsConfig"_s,
        QJsonObject{{u"accessKeyId"_s, u"AKIAIOSFODNN7EXAMPLE"_s}, {u"region"_s, u"us-east-1"_s}});
    open();
    bool isPageLost = false;
    m_losant->setException([&isPageLost](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (isPageLost && request.method == "GET" && request.path().endsWith("/credentials"))
            return ScriptedReply{.way = Way::Stall};
        return std::nullopt;
    });
    const auto save = [&](const QString &description, int count) {
        activate();
        select(name);
        m_window->key(Qt::Key_Return);
        QTRY_VERIFY(dialog());
        FormDriver form(dialog());
        QTRY_VERIFY(form.find(u"Description"_s));
        form.type(u"Description"_s, description);
        form.click(u"Save"_s);
        QTRY_VERIFY2(!dialog(), qPrintable(form.errorMessage()));
        QCOMPARE(patches(), count);
        QCOMPARE(said(doneMessage), u"Saved Credential 1"_s);
    };

    isPageLost = true; // its rows are older than what was saved
    save(u"Once"_s, 1);
    save(u"Twice"_s, 2);
    isPageLost = false;
    save(u"Again"_s, 3);
    QTRY_VERIFY(m_window->visibleText().contains(u"Again"_s)); // the page is there
    activate();
    select(name);
    toggle();
    QTRY_COMPARE(status(name), u"Disabled"_s);
    QVERIFY(!dialog());
    QCOMPARE(patches(), 4);
}

void RowChangesTest::whatIsDisabledAlreadyIsSaid()
{
    openAt(u"Credential 2"_s);
    changeBehindTheBack(u"Credential 2"_s, u"enabled"_s, false);
    toggle();
    QTRY_VERIFY(dialog());
    GuiProbe box(*dialog());
    QVERIFY2(box.visibleText().contains(u"disabled already"_s), qPrintable(box.visibleText()));
    QVERIFY(!box.has(QAccessible::PushButton, u"Disable anyway"_s));
    box.click(u"OK"_s);
    QTRY_COMPARE(status(u"Credential 2"_s), u"Disabled"_s);
    QCOMPARE(patches(), 0);
}

void RowChangesTest::aRefusalIsSaidAndTriedAgain_data()
{
    QTest::addColumn<int>("httpStatus");
    QTest::addColumn<QString>("words");
    QTest::newRow("no scope") << 403 << u"credential.patch"_s;
    QTest::newRow("refused") << 400 << u"It is not so."_s;
    QTest::newRow("too many") << 429 << u"Credential 2"_s;
}

void RowChangesTest::aRefusalIsSaidAndTriedAgain()
{
    QFETCH(int, httpStatus);
    QFETCH(QString, words);
    openAt(u"Credential 2"_s);
    answerPatch(FakeLosant::error(httpStatus, u"It is not so."_s));
    toggle();
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    const QString text = said(errorMessage);
    QVERIFY2(text.contains(words) && text.contains(u"was not disabled"_s), qPrintable(text));
    QCOMPARE(patches(), 1);
    QVERIFY(!m_window->has(QAccessible::StaticText, doneMessage));

    m_losant->setException({});
    m_window->click(u"Retry"_s);
    QTRY_COMPARE(status(u"Credential 2"_s), u"Disabled"_s);
    QVERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
    QCOMPARE(patches(), 2);
}

void RowChangesTest::whatIsGoneIsSaid()
{
    openAt(u"Credential 2"_s);
    QJsonArray rows = m_losant->credentials(FakeLosant::applicationId(1));
    rows.removeAt(1);
    m_losant->setCredentials(FakeLosant::applicationId(1), rows);
    toggle();
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–5 of 5"_s);
    QVERIFY(said(errorMessage).contains(u"deleted"_s));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Retry"_s));
    QCOMPARE(selected(), u"Credential 3"_s);
}

void RowChangesTest::aLostAnswerIsLookedUp()
{
    openAt(u"Credential 2"_s);
    // It is carried out, but its answer does not come.
    m_losant->setException([this](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.method != "PATCH")
            return std::nullopt;
        changeBehindTheBack(u"Credential 2"_s, u"enabled"_s, false);
        return ScriptedReply{.way = Way::CloseBefore};
    });
    toggle();
    QTRY_COMPARE(said(doneMessage), u"Disabled Credential 2"_s);
    QTRY_COMPARE(status(u"Credential 2"_s), u"Disabled"_s);
    QCOMPARE(patches(), 1);
}

void RowChangesTest::whatCannotBeFoundOutIsCheckedAgain()
{
    open();
    loseTrack();
    const QString text = said(errorMessage);
    QVERIFY2(text.startsWith(u"It may have been saved"_s) && text.contains(u"Credential 2"_s),
             qPrintable(text));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Retry"_s));

    m_losant->setException({});
    m_window->click(u"Check again"_s);
    QTRY_COMPARE(said(doneMessage), u"Disabled Credential 2"_s);
    QVERIFY(!m_window->has(QAccessible::StaticText, errorMessage));
    QCOMPARE(patches(), 1);
}

void RowChangesTest::whatTheServerDidNotTakeIsSaid()
{
    openAt(u"Credential 2"_s);
    const QJsonObject asItWas = m_losant->credentials(FakeLosant::applicationId(1))[1].toObject();
    answerPatch({.body = QJsonDocument(asItWas).toJson()});
    toggle();
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(said(errorMessage).contains(u"still enabled"_s));
    QVERIFY(!m_window->has(QAccessible::StaticText, doneMessage));
}

void RowChangesTest::theChangeCanBeStopped()
{
    openAt(u"Credential 2"_s);
    m_losant->setException([](const RecordedRequest &request) {
        return isOfOne(request) ? std::optional(ScriptedReply{.way = Way::Stall}) : std::nullopt;
    });
    toggle();
    QTRY_VERIFY(m_window->has(QAccessible::ProgressBar, u"Loading"_s));
    m_window->click(u"Stop"_s);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, errorMessage));
    QVERIFY(said(errorMessage).contains(u"before anything was sent"_s));
    QVERIFY(!m_window->has(QAccessible::ProgressBar, u"Loading"_s));
    QCOMPARE(patches(), 0);
}

void RowChangesTest::meanwhileNothingElseIsChanged()
{
    openAt(u"Credential 2"_s);
    answerPatch({.way = Way::Stall});
    toggle();
    QTRY_COMPARE(patches(), 1);
    toggle();
    m_window->key(Qt::Key_Delete);
    QVERIFY(!dialog());
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Edit"_s));
    VERIFY_HOLDS_FOR(50ms, patches() == 1);
}

void RowChangesTest::theWindowClosesOnceItIsKnown()
{
    openAt(u"Credential 2"_s);
    toggle();
    m_window->mainWindow().close();
    QVERIFY(m_window->mainWindow().isVisible());
    QTRY_VERIFY(!m_window->mainWindow().isVisible());
    QCOMPARE(patches(), 1);
}

void RowChangesTest::inProductionItIsAsked()
{
    openAt(u"Credential 2"_s, {.isProduction = true});
    toggle();
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->windowTitle(), u"Disable credential"_s);
    dialog()->accept();
    QTRY_COMPARE(status(u"Credential 2"_s), u"Disabled"_s);
    QCOMPARE(patches(), 1);

    activate();
    toggle();
    QTRY_VERIFY(dialog());
    GuiProbe box(*dialog());
    QVERIFY(box.visibleText().contains(u"production"_s));
    box.click(u"Cancel"_s);
    VERIFY_HOLDS_FOR(50ms, patches() == 1);
    activate();
    toggle();
    QTRY_VERIFY(dialog());
    GuiProbe(*dialog()).click(u"Enable in production"_s);
    QTRY_COMPARE(status(u"Credential 2"_s), u"Enabled"_s);
    QCOMPARE(patches(), 2);
}

void RowChangesTest::afterADeletionTheNextRowIsSelected()
{
    openAt(u"Credential 2"_s);
    m_window->key(Qt::Key_Delete);
    QTRY_VERIFY(dialog());
    GuiProbe(*dialog()).click(u"Delete"_s);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–5 of 5"_s);
    QCOMPARE(said(doneMessage), u"Deleted Credential 2"_s);
    QCOMPARE(selected(), u"Credential 3"_s);
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Undo"_s));
    QCOMPARE(m_losant->server().count("DELETE"), 1);
}

void RowChangesTest::deletingMayEndInDisabling()
{
    openAt(u"Credential 2"_s);
    m_window->key(Qt::Key_Delete);
    QTRY_VERIFY(dialog());
    GuiProbe(*dialog()).click(u"Disable instead"_s);
    QTRY_COMPARE(status(u"Credential 2"_s), u"Disabled"_s);
    QCOMPARE(m_losant->server().count("DELETE"), 0);
    QCOMPARE(patches(), 1);
}

QTEST_MAIN(RowChangesTest)
#include "rowchangestest.moc"

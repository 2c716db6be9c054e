// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialchanges.h"
#include "gui/rowscene.h"

#include <QAbstractButton>
#include <QJsonDocument>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

/// What a change from a row leaves open: while it is under way, in another application, and if nobody knows
/// what became of it.
class RowUndecidedTest : public RowScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void whileAChangeIsUnderWayNothingIsUndoneOrCreated();
    void whatIsOnlyAskedIsWithdrawnWithTheApplication();
    void whatEndsInAnotherApplicationIsSaidAndUndoneThere();
    void whatIsNotKnownStaysUntilItIsDecided();
    void theWindowClosesAlthoughItIsNotKnown();
    void whereTheTokenIsRefusedItIsNotKnown();
    void whoClosesTheMessageMayTryAgain();
    void whatWasStoppedOnceSentIsSaid();
    void whoMadeItSoIsSaid_data();
    void whoMadeItSoIsSaid();
    void anAnswerThatDoesNotShowItIsSaid();
    void inProductionDisablingInsteadIsAsked();
    void disablingInsteadBeforeTheUseIsKnownAsksForIt();
    void theSavedRowIsSoughtOnce();
    void aFailedLoadForgetsTheRowThatItWasToSelect();

private:
    void saved(const QString &name) const;
};

/// As after an edit.
void RowUndecidedTest::saved(const QString &name) const
{
    const QString applicationId = FakeLosant::applicationId(1);
    for (const QJsonValue &row : m_losant->credentials(applicationId)) {
        if (row[u"name"_s] == name)
            Q_EMIT m_window->mainWindow().findChild<CredentialChanges *>()->done(
                {DoneBanner::Done::Saved, applicationId, {.id = row[u"id"_s].toString(), .name = name}});
    }
}

void RowUndecidedTest::whileAChangeIsUnderWayNothingIsUndoneOrCreated()
{
    openAt(u"Credential 2"_s);
    toggle();
    QTRY_COMPARE(status(u"Credential 2"_s), u"Disabled"_s);
    QVERIFY(isOn(u"Undo"_s));
    select(u"Credential 3"_s);
    m_losant->setDelay(500ms);
    toggle();
    QVERIFY(offers(u"Undo"_s));
    QVERIFY(!isOn(u"Undo"_s));
    QVERIFY(!isOn(u"New credential"_s));
    QCOMPARE(m_window->button(u"New credential"_s)->toolTip(), u"Another change is under way"_s);
    m_window->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(said(doneMessage), u"Disabled Credential 2"_s);
    m_losant->setDelay(0ms);
    QTRY_COMPARE(said(doneMessage), u"Disabled Credential 3"_s);
    QVERIFY(isOn(u"Undo"_s));
    QVERIFY(isOn(u"New credential"_s));
    QCOMPARE(patches(), 2);
}

void RowUndecidedTest::whatIsOnlyAskedIsWithdrawnWithTheApplication()
{
    openAt(u"Credential 2"_s);
    int asked = 0;
    m_losant->setException([&asked](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (!request.path().endsWith("/linkedResources"))
            return std::nullopt;
        ++asked;
        return ScriptedReply{.status = 404, .delay = 500ms};
    });
    toggle();
    QTRY_VERIFY(asked > 0);
    openWarehouse();
    QVERIFY(isOn(u"New credential"_s));
    VERIFY_HOLDS_FOR(800ms, patches() == 0 && !dialog());
    m_losant->setException({});
}

void RowUndecidedTest::whatEndsInAnotherApplicationIsSaidAndUndoneThere()
{
    openAt(u"Credential 2"_s);
    m_losant->setException([this](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        if (request.method != "PATCH")
            return std::nullopt;
        changeBehindTheBack(u"Credential 2"_s, u"enabled"_s, false);
        const QJsonValue now = m_losant->credentials(FakeLosant::applicationId(1))[1];
        return ScriptedReply{.body = QJsonDocument(now.toObject()).toJson(), .delay = 2000ms};
    });
    toggle();
    QTRY_COMPARE(patches(), 1);
    openWarehouse();
    QCOMPARE(said(doneMessage), QString());
    m_losant->setException({});
    QTRY_COMPARE(said(doneMessage), u"Disabled Credential 2"_s);
    QCOMPARE(m_window->label(u"Page status"_s), u"1–2 of 2"_s);

    m_window->click(u"Undo"_s);
    QTRY_COMPARE(said(doneMessage), u"Enabled Credential 2"_s);
    QCOMPARE(patches(), 2);
    QCOMPARE(lastPatch().body, R"({"enabled":true})"_ba);
    QVERIFY(lastPatch().path().contains(FakeLosant::applicationId(1).toLatin1()));
}

void RowUndecidedTest::whatIsNotKnownStaysUntilItIsDecided()
{
    open();
    loseTrack();
    openWarehouse();
    QVERIFY(said(errorMessage).startsWith(u"It may have been saved"_s));
    select(u"Credential 1"_s);
    QVERIFY(!isOn(u"Edit"_s));
    QVERIFY(m_window->button(u"Edit"_s)->toolTip().contains(u"what became of the last change"_s));
    QVERIFY(isOn(u"New credential"_s));
    toggle();
    VERIFY_HOLDS_FOR(100ms, patches() == 1 && !dialog());

    m_window->mainWindow().close();
    QTRY_VERIFY(dialog());
    QVERIFY(GuiProbe(*dialog()).visibleText().contains(u"whether Credential 2 was disabled"_s));
    GuiProbe(*dialog()).click(u"Keep open"_s);
    QTRY_VERIFY(!dialog());
    QVERIFY(m_window->mainWindow().isVisible());

    activate();
    m_losant->setException({});
    m_window->click(u"Check again"_s);
    QTRY_COMPARE(said(doneMessage), u"Disabled Credential 2"_s);
    QCOMPARE(said(errorMessage), QString());
    QVERIFY(isOn(u"Edit"_s));
    QCOMPARE(patches(), 1);
}

void RowUndecidedTest::theWindowClosesAlthoughItIsNotKnown()
{
    open();
    loseTrack();
    m_window->mainWindow().close();
    QTRY_VERIFY(dialog());
    GuiProbe(*dialog()).click(u"Close"_s);
    QTRY_VERIFY(!m_window->mainWindow().isVisible());
}

void RowUndecidedTest::whereTheTokenIsRefusedItIsNotKnown()
{
    open();
    select(u"Credential 2"_s);
    answerPatch({.status = 401});
    toggle();
    QTRY_VERIFY(said(errorMessage).startsWith(u"It may have been saved"_s));
    QVERIFY(said(errorMessage).contains(u"Check again and sign in"_s));
    QVERIFY(!offers(u"Retry"_s));
    m_window->click(u"Check again"_s);
    QTRY_VERIFY_WITH_TIMEOUT(offers(u"Retry"_s), 20'000);
    QVERIFY(said(errorMessage).startsWith(u"Credential 2 was not disabled."_s));
    QVERIFY(said(errorMessage).contains(u"try again"_s));
    QCOMPARE(patches(), 1);
}

void RowUndecidedTest::whoClosesTheMessageMayTryAgain()
{
    open();
    loseTrack();
    changeBehindTheBack(u"Credential 2"_s, u"lastUpdatedById"_s, u"u9"_s);
    m_losant->setException({});
    m_losant->failPages(FakeLosant::error(400, u"No."_s));
    const int pages = m_losant->pageCount();
    m_window->click(u"Close"_s);
    QTRY_COMPARE(m_losant->pageCount(), pages + 1);
    QTRY_VERIFY(isOn(u"Edit"_s));
    QCOMPARE(status(u"Credential 2"_s), u"Enabled"_s);

    select(u"Credential 2"_s);
    toggle();
    QTRY_VERIFY(dialog());
    const QString text = GuiProbe(*dialog()).visibleText();
    QVERIFY2(text.contains(u"may have been your own change"_s) && !text.contains(u"omebody else"_s),
             qPrintable(text));
    QCOMPARE(patches(), 1);
}

void RowUndecidedTest::whatWasStoppedOnceSentIsSaid()
{
    openAt(u"Credential 2"_s);
    answerPatch({.way = Way::Stall});
    toggle();
    QTRY_COMPARE(patches(), 1);
    QTRY_VERIFY(m_window->has(QAccessible::ProgressBar, u"Loading"_s));
    m_window->click(u"Stop"_s);
    QTRY_COMPARE_WITH_TIMEOUT(
        said(errorMessage),
        u"Stopped. Credential 2 was not disabled: the server shows what was there before."_s, 20'000);
    QCOMPARE(patches(), 1);
}

void RowUndecidedTest::whoMadeItSoIsSaid_data()
{
    QTest::addColumn<QString>("userId");
    QTest::addColumn<bool>("isDisabled");
    QTest::addColumn<QString>("words");
    QTest::newRow("we did") << u"ours"_s << true << u"may have been your own change"_s;
    QTest::newRow("somebody did") << u"u9"_s << true << u"somebody else did that"_s;
    QTest::newRow("we changed it") << u"ours"_s << false << u"perhaps by yourself"_s;
    QTest::newRow("somebody changed it") << u"u9"_s << false << u"Somebody else has changed"_s;
}

void RowUndecidedTest::whoMadeItSoIsSaid()
{
    QFETCH(QString, userId);
    QFETCH(bool, isDisabled);
    QFETCH(QString, words);
    open();
    QTRY_VERIFY(m_window->session().account());
    select(u"Credential 2"_s);
    changeBehindTheBack(u"Credential 2"_s, u"enabled"_s, !isDisabled);
    changeBehindTheBack(u"Credential 2"_s, u"lastUpdatedById"_s,
                        userId == "ours"_L1 ? m_window->session().account()->id : userId);
    toggle();
    QTRY_VERIFY(dialog());
    const QString text = GuiProbe(*dialog()).visibleText();
    QVERIFY2(text.contains(words), qPrintable(text));
    QCOMPARE(patches(), 0);
}

void RowUndecidedTest::anAnswerThatDoesNotShowItIsSaid()
{
    openAt(u"Credential 2"_s);
    QJsonObject answer = m_losant->credentials(FakeLosant::applicationId(1))[1].toObject();
    answer.remove(u"enabled"_s);
    answerPatch({.body = QJsonDocument(answer).toJson()});
    toggle();
    QTRY_VERIFY(said(doneMessage).startsWith(u"Disabled Credential 2"_s));
    QVERIFY(said(doneMessage).contains(u"does not show it"_s));
    QCOMPARE(said(errorMessage), QString());
    m_window->click(u"Undo"_s);
    QTRY_COMPARE(patches(), 2);
    QCOMPARE(lastPatch().body, R"({"enabled":true})"_ba);
}

void RowUndecidedTest::inProductionDisablingInsteadIsAsked()
{
    openAt(u"Credential 2"_s, {.isProduction = true});
    m_window->key(Qt::Key_Delete);
    QTRY_VERIFY(dialog());
    GuiProbe(*dialog()).click(u"Disable instead"_s);
    QTRY_VERIFY(dialog() && dialog()->windowTitle() == "Disable credential"_L1);
    QCOMPARE(patches(), 0);
}

void RowUndecidedTest::disablingInsteadBeforeTheUseIsKnownAsksForIt()
{
    openAt(u"Credential 2"_s);
    const QByteArray none = R"({"items":[],"count":0,"totalCount":0})";
    const QByteArray links = R"({"flows":{"items":[{"id":"f1","name":"Nightly export"}],"count":1,)"
                             R"("totalCount":1},"flowVersions":)" +
                             none + ",\"integrations\":" + none + '}';
    m_losant->setException([links](const RecordedRequest &request) {
        return request.path().endsWith("/linkedResources")
                   ? std::optional(ScriptedReply{.body = links, .delay = 1500ms})
                   : std::nullopt;
    });
    m_window->key(Qt::Key_Delete);
    QTRY_VERIFY(dialog());
    GuiProbe(*dialog()).click(u"Disable instead"_s);
    QTRY_VERIFY(dialog() && dialog()->windowTitle() == "Disable credential"_L1);
    QCOMPARE(patches(), 0);
    m_losant->setException({});
}

void RowUndecidedTest::theSavedRowIsSoughtOnce()
{
    m_losant->setCredentials(FakeLosant::applicationId(1), FakeLosant::someCredentials(100));
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–100 of 100"_s);
    QScrollBar *bar = m_window->table(credentials)->verticalScrollBar();
    bar->setValue(bar->maximum());
    saved(u"Credential 1"_s);
    QTRY_COMPARE(selected(), u"Credential 1"_s);
    QCOMPARE(bar->value(), 0);

    bar->setValue(bar->maximum());
    QSignalSpy reset(m_window->table(credentials)->model(), &QAbstractItemModel::modelReset);
    m_window->click(u"Refresh"_s);
    QTRY_COMPARE(reset.count(), 1);
    VERIFY_HOLDS_FOR(100ms, bar->value() == bar->maximum());
}

void RowUndecidedTest::aFailedLoadForgetsTheRowThatItWasToSelect()
{
    openAt(u"Credential 2"_s);
    m_losant->failPages(FakeLosant::error(400, u"No."_s));
    saved(u"Credential 1"_s);
    QTRY_VERIFY(!said(errorMessage).isEmpty());
    select(u"Credential 5"_s);
    m_losant->failPages({});
    m_window->click(u"Refresh"_s);
    QTRY_COMPARE(said(errorMessage), QString());
    VERIFY_HOLDS_FOR(100ms, selected() == "Credential 5"_L1);
}

QTEST_MAIN(RowUndecidedTest)
#include "rowundecidedtest.moc"

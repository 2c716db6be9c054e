// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/deletescene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

/// What becomes of a deletion, and what the dialog makes of the server's answers and of none.
class DeleteOutcomeTest : public DeleteScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void aDeletionIsSentOnce();
    void whatIsGoneAlreadyIsDeleted();
    void aRefusalNamesTheScope();
    void aLostAnswerIsLookedUp();
    void anUnknownOutcomeCanBeCheckedAgain();
    void whereTheTokenIsRefusedItIsNotKnown();
    void whatIsUnknownIsNeverSentTwice();
    void whatWasNotDeletedCanBeTriedAgain();
    void stopEndsTheWaiting();
    void escapeEndsTheWaitingFirst();
    void whatIsUnderWayIsUnsavedWork();
    void aRefusalIsSaidToWhoWantedToClose();
    void whatIsUnknownAsksBeforeItIsGivenUp();
};

void DeleteOutcomeTest::aDeletionIsSentOnce()
{
    m_removal.delay = 100ms;
    deleteNow();
    QTest::mouseClick(m_probe->button(u"Delete"_s), Qt::LeftButton);
    QTRY_COMPARE(m_deleted->count(), 1);
    QCOMPARE(m_deleted->front().front().value<Credential>().name, u"S3 archive"_s);
    QTRY_VERIFY(!isOpen());
    QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
    VERIFY_HOLDS_FOR(300ms, deletions() == 1);
    QCOMPARE(m_server->request(m_server->requests().size() - 1).path(),
             "/applications/575e/credentials/c1"_ba);
}

void DeleteOutcomeTest::whatIsGoneAlreadyIsDeleted()
{
    m_removal = gone;
    m_look = gone;
    deleteNow();
    QTRY_COMPARE(m_deleted->count(), 1);
    QCOMPARE(deletions(), 1);
}

void DeleteOutcomeTest::aRefusalNamesTheScope()
{
    m_removal = refused;
    deleteNow();
    QTRY_VERIFY(error().contains(u"credential.delete"_s));
    QVERIFY(error().contains(u"all.Application"_s));
    QVERIFY(isOpen());
    QTRY_VERIFY(canDelete());
    QCOMPARE(m_deleted->count(), 0);
}

void DeleteOutcomeTest::aLostAnswerIsLookedUp()
{
    m_removal.way = Way::CloseBefore;
    m_look = gone;
    deleteNow();
    QTRY_COMPARE(m_deleted->count(), 1);
    QTRY_VERIFY(!isOpen());
}

void DeleteOutcomeTest::anUnknownOutcomeCanBeCheckedAgain()
{
    m_removal = {.status = 502};
    m_look = {.status = 500};
    deleteNow();
    QTRY_VERIFY_WITH_TIMEOUT(error().startsWith(u"It may have been deleted"_s), 30'000);
    QVERIFY(!m_probe->has(QAccessible::PushButton, u"Delete"_s));
    m_look = gone;
    m_probe->click(u"Check again"_s);
    QTRY_COMPARE(m_deleted->count(), 1);
    QCOMPARE(deletions(), 1);
}

void DeleteOutcomeTest::whereTheTokenIsRefusedItIsNotKnown()
{
    m_removal = {.status = 401};
    deleteNow();
    QTRY_VERIFY(error().startsWith(u"It may have been deleted: the API token was not accepted"_s));
    QVERIFY(error().contains(u"Check again and sign in"_s));
    QVERIFY(!m_probe->has(QAccessible::PushButton, u"Delete"_s));
    m_probe->click(u"Check again"_s); // with a token that is accepted
    QTRY_COMPARE_WITH_TIMEOUT(error(),
                              u"The credential was not deleted. The API token was not accepted when this was "
                              "sent, but one is by now: try again."_s,
                              20'000);
    QTRY_VERIFY(m_probe->has(QAccessible::PushButton, u"Delete"_s));
    QCOMPARE(deletions(), 1);
}

void DeleteOutcomeTest::whatIsUnknownIsNeverSentTwice()
{
    m_removal = {.status = 502};
    m_look = {.status = 500};
    deleteNow();
    QTRY_VERIFY_WITH_TIMEOUT(error().startsWith(u"It may have been deleted"_s), 30'000);
    QTRY_VERIFY(m_probe->button(u"Check again"_s)->hasFocus());
    m_probe->key(Qt::Key_Tab);
    QCOMPARE(m_outdated->count(), 0);
    m_probe->key(Qt::Key_Escape);
    QTRY_VERIFY(!isOpen());
    QCOMPARE(m_outdated->count(), 1);
    QCOMPARE(deletions(), 1);
    QCOMPARE(m_deleted->count(), 0);
}

void DeleteOutcomeTest::whatWasNotDeletedCanBeTriedAgain()
{
    m_removal = {.status = 502};
    deleteNow();
    QTRY_VERIFY_WITH_TIMEOUT(error().startsWith(u"The credential was not deleted."_s), 30'000);
    m_removal = success;
    m_probe->click(u"Delete"_s);
    QTRY_COMPARE(m_deleted->count(), 1);
    QCOMPARE(deletions(), 2); // as it was pressed twice
}

void DeleteOutcomeTest::stopEndsTheWaiting()
{
    m_removal.way = Way::Stall;
    m_look = gone;
    deleteNow();
    QTRY_VERIFY(m_probe->has(QAccessible::PushButton, u"Stop"_s));
    QVERIFY(m_probe->has(QAccessible::ProgressBar, u"Deleting"_s));
    QVERIFY(!canDelete());
    QTRY_VERIFY(m_probe->isEnabled(QAccessible::PushButton, u"Cancel"_s)); // the buttons have settled
    m_probe->click(u"Stop"_s);
    QTRY_COMPARE(m_deleted->count(), 1); // as it is gone
}

void DeleteOutcomeTest::escapeEndsTheWaitingFirst()
{
    m_removal.way = Way::Stall;
    m_look.way = Way::Stall;
    deleteNow();
    QTRY_VERIFY(m_probe->has(QAccessible::PushButton, u"Stop"_s));
    QTRY_VERIFY(m_probe->isEnabled(QAccessible::PushButton, u"Cancel"_s)); // the buttons have settled
    m_probe->key(Qt::Key_Escape);
    QTRY_VERIFY(m_probe->visibleText().contains(u"Cancelled. Looking whether it was deleted"_s));
    QVERIFY(isOpen());
    QTRY_VERIFY(m_probe->isEnabled(QAccessible::PushButton, u"Cancel"_s));
    m_probe->key(Qt::Key_Escape);
    QTRY_VERIFY(error().startsWith(u"It may have been deleted: you cancelled"_s));
    QVERIFY(isOpen());
}

void DeleteOutcomeTest::whatIsUnderWayIsUnsavedWork()
{
    m_removal.delay = 400ms;
    deleteNow();
    QVERIFY(isAnyWorkUnsaved());
    bool isGivenUp = false;
    afterUnsavedWork(this, [&] { isGivenUp = true; });
    QVERIFY(!isGivenUp);
    QTRY_VERIFY(isGivenUp);
    QCOMPARE(m_deleted->count(), 1);
    QVERIFY(!isAnyWorkUnsaved());
}

void DeleteOutcomeTest::aRefusalIsSaidToWhoWantedToClose()
{
    m_removal = refused;
    m_removal.delay = 200ms;
    deleteNow();
    bool isGivenUp = false;
    afterUnsavedWork(this, [&] { isGivenUp = true; });
    QTRY_VERIFY(error().contains(u"credential.delete"_s));
    VERIFY_HOLDS_FOR(200ms, isOpen() && !isGivenUp);
    QVERIFY(!isAnyWorkUnsaved());
}

void DeleteOutcomeTest::whatIsUnknownAsksBeforeItIsGivenUp()
{
    m_removal = {.status = 502};
    m_look = {.status = 500};
    deleteNow();
    QTRY_VERIFY_WITH_TIMEOUT(error().startsWith(u"It may have been deleted"_s), 30'000);
    bool isGivenUp = false;
    afterUnsavedWork(this, [&] { isGivenUp = true; });
    QTRY_VERIFY(QApplication::activeModalWidget() != m_dialog);
    const GuiProbe question(*QApplication::activeModalWidget());
    QVERIFY(question.visibleText().contains(u"although it may have been deleted"_s));
    question.click(u"Close"_s);
    QTRY_VERIFY(isGivenUp);
    QVERIFY(!isOpen());
}

QTEST_MAIN(DeleteOutcomeTest)
#include "deleteoutcometest.moc"

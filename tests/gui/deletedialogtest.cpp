// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/deletescene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

/// What is asked before a credential is deleted or disabled.
class DeleteDialogTest : public DeleteScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void whatIsUnusedNeedsNoName();
    void whatMayBeUsedHasToBeNamed_data();
    void whatMayBeUsedHasToBeNamed();
    void whatIsLookedForHasToBeNamedIfThatTakesLong();
    void whatTurnsOutToBeUnusedNeedsNoNameAnyMore();
    void productionHasToBeNamed();
    void onlyTheNameWillDo_data();
    void onlyTheNameWillDo();
    void whatHasNoNameIsNamedByItsId();
    void itIsAskedAnewAlthoughItIsCached();
    void disablingInsteadClosesTheDialog_data();
    void disablingInsteadClosesTheDialog();
    void whatIsDisabledIsNotDisabledInstead();
    void byKeyboardAlone();
    void enterAloneDeletesNothing();
    void disablingAsks_data();
    void disablingAsks();
    void disablingSaysWhatUsesIt();
    void enterAloneDisablesNothing();
};

void DeleteDialogTest::whatIsUnusedNeedsNoName()
{
    open();
    QCOMPARE(m_dialog->windowTitle(), u"Delete credential"_s);
    QVERIFY(m_probe->visibleText().contains(u"Delete “S3 archive”?"_s));
    QVERIFY(m_probe->visibleText().contains(u"Amazon Web Services · Plant floor"_s));
    QVERIFY(m_probe->visibleText().contains(u"can't be undone"_s));
    QTRY_VERIFY(canDelete());
    QVERIFY(!asksForName());
    QVERIFY(m_probe->label(status).contains(u"It may be used all the same"_s));
}

void DeleteDialogTest::whatMayBeUsedHasToBeNamed_data()
{
    QTest::addColumn<QString>("links");
    QTest::addColumn<bool>("isArchived");
    QTest::addColumn<QString>("why");
    QTest::newRow("used") << u"used"_s << false << u"It is in use."_s;
    QTest::newRow("by the archive") << u"unused"_s << true << u"It is in use."_s;
    QTest::newRow("incomplete") << u"incomplete"_s << false << u"could not be found out"_s;
    QTest::newRow("refused") << u"refused"_s << false << u"could not be found out"_s;
    QTest::newRow("failed") << u"failed"_s << false << u"could not be found out"_s;
}

void DeleteDialogTest::whatMayBeUsedHasToBeNamed()
{
    QFETCH(QString, links);
    QFETCH(bool, isArchived);
    QFETCH(QString, why);
    m_links = links == "used"_L1         ? used
              : links == "unused"_L1     ? unused
              : links == "incomplete"_L1 ? incomplete
              : links == "refused"_L1    ? refused
                                         : gone;
    if (isArchived)
        m_application.body = R"({"id":"575e","archiveConfig":{"credentialName":"S3 archive"}})";
    open();
    QTRY_VERIFY(asksForName() && m_probe->visibleText().contains(why));
    VERIFY_HOLDS_FOR(700ms, !canDelete());
    typeName(u"S3 archive"_s);
    QTRY_VERIFY(canDelete());
}

void DeleteDialogTest::whatIsLookedForHasToBeNamedIfThatTakesLong()
{
    m_links.way = Way::Stall;
    open();
    QVERIFY(!asksForName());
    QVERIFY(!canDelete());
    QTRY_VERIFY(asksForName());
    QVERIFY(m_probe->visibleText().contains(u"It is not known where it is used."_s));
    QVERIFY(!canDelete());
    typeName(u"S3 archive"_s);
    QTRY_VERIFY(canDelete());
}

void DeleteDialogTest::whatTurnsOutToBeUnusedNeedsNoNameAnyMore()
{
    m_links.delay = 900ms;
    open();
    QTRY_VERIFY(asksForName());
    m_probe->line(name)->setFocus();
    QTRY_VERIFY(!asksForName());
    QTRY_VERIFY(canDelete());
    QVERIFY(!m_probe->button(u"Delete"_s)->hasFocus());
}

void DeleteDialogTest::productionHasToBeNamed()
{
    open(true);
    QVERIFY(asksForName());
    QVERIFY(m_probe->line(name)->hasFocus());
    QVERIFY(m_probe->visibleText().contains(u"West is marked as production."_s));
    QTRY_VERIFY(m_probe->label(status).contains(u"Nothing was found"_s));
    QVERIFY(!canDelete());
    typeName(u"S3 archive"_s);
    QTRY_VERIFY(canDelete());
}

void DeleteDialogTest::onlyTheNameWillDo_data()
{
    QTest::addColumn<QString>("own");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("isEnough");
    QTest::newRow("the name") << u"S3 archive"_s << u"S3 archive"_s << true;
    QTest::newRow("a part") << u"S3 archive"_s << u"S3"_s << false;
    QTest::newRow("more") << u"S3 archive"_s << u"S3 archives"_s << false;
    QTest::newRow("in other letters") << u"S3 archive"_s << u"s3 archive"_s << false;
    QTest::newRow("nothing") << u"S3 archive"_s << QString() << false;
    QTest::newRow("blanks around it") << u"S3 archive"_s << u" S3 archive "_s << true;
    QTest::newRow("a name with a line break") << u"S3\narchive"_s << u"S3 archive"_s << true;
    QTest::newRow("accents composed otherwise") << u"e\u0301"_s << u"é"_s << true;
}

void DeleteDialogTest::onlyTheNameWillDo()
{
    QFETCH(QString, own);
    QFETCH(QString, typed);
    m_credential.name = own;
    m_links = used;
    open();
    QTRY_VERIFY(asksForName());
    typeName(typed);
    QTRY_VERIFY(m_probe->label(status).startsWith(u"Used by"_s));
    QTEST(canDelete(), "isEnough");
}

void DeleteDialogTest::whatHasNoNameIsNamedByItsId()
{
    m_credential.name.clear();
    m_links = used;
    open();
    QTRY_VERIFY(asksForName());
    QVERIFY(!canDelete());
    QVERIFY(m_probe->visibleText().contains(u"c1"_s));
    typeName(u"c1"_s);
    QTRY_VERIFY(canDelete());
}

void DeleteDialogTest::itIsAskedAnewAlthoughItIsCached()
{
    open();
    QTRY_VERIFY(canDelete());
    m_probe->click(u"Cancel"_s);
    m_links = used;
    auto *again = new DeleteDialog(*m_session, u"575e"_s, {}, m_credential, m_window.get());
    show(again);
    QTRY_VERIFY(asksForName());
}

void DeleteDialogTest::disablingInsteadClosesTheDialog_data()
{
    QTest::addColumn<QString>("links");
    QTest::addColumn<bool>("isUsageKnown");
    QTest::newRow("unused") << u"unused"_s << true;
    QTest::newRow("used") << u"used"_s << true;
    QTest::newRow("refused") << u"refused"_s << false;
    QTest::newRow("not known yet") << u"late"_s << false;
}

void DeleteDialogTest::disablingInsteadClosesTheDialog()
{
    QFETCH(QString, links);
    QFETCH(bool, isUsageKnown);
    m_links = links == "used"_L1 ? used : links == "refused"_L1 ? refused : unused;
    if (links == "late"_L1)
        m_links.way = Way::Stall;
    open();
    QTRY_COMPARE(m_probe->label(status) != u"Looking where it is used…"_s, links != "late"_L1);
    m_probe->click(u"Disable instead"_s);
    QCOMPARE(m_disableWanted->count(), 1);
    QCOMPARE(m_disableWanted->first().first().toBool(), isUsageKnown);
    QVERIFY(!isOpen());
    QCOMPARE(m_outdated->count(), 0);
    QCOMPARE(deletions(), 0);
}

void DeleteDialogTest::whatIsDisabledIsNotDisabledInstead()
{
    m_credential.enabled = false;
    open();
    QVERIFY(!m_probe->has(QAccessible::PushButton, u"Disable instead"_s));
}

void DeleteDialogTest::byKeyboardAlone()
{
    m_links = used;
    open();
    QTRY_VERIFY(asksForName());
    QTRY_VERIFY(m_probe->line(name)->hasFocus());
    m_probe->type(u"S3 archive"_s);
    QVERIFY(canDelete());
    m_probe->key(Qt::Key_Return);
    QTRY_COMPARE(m_deleted->count(), 1);
    QCOMPARE(deletions(), 1);
}

void DeleteDialogTest::enterAloneDeletesNothing()
{
    open();
    QTRY_VERIFY(canDelete());
    m_probe->key(Qt::Key_Return);
    QTRY_VERIFY(!isOpen());
    VERIFY_HOLDS_FOR(200ms, deletions() == 0);
}

void DeleteDialogTest::disablingAsks_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<int>("result");
    QTest::newRow("yes") << u"Disable"_s << int(QDialog::Accepted);
    QTest::newRow("no") << u"Cancel"_s << int(QDialog::Rejected);
}

void DeleteDialogTest::disablingAsks()
{
    QFETCH(QString, button);
    openDisabling();
    QCOMPARE(m_dialog->windowTitle(), u"Disable credential"_s);
    QVERIFY(m_probe->visibleText().contains(u"Every use of it fails until it is enabled again."_s));
    m_probe->click(button);
    QVERIFY(!isOpen());
    QTEST(m_dialog->result(), "result");
    VERIFY_HOLDS_FOR(200ms, m_server->count("PATCH") == 0);
}

void DeleteDialogTest::disablingSaysWhatUsesIt()
{
    m_links = used;
    openDisabling(true);
    QTRY_VERIFY(m_probe->has(QAccessible::List, u"Used by"_s));
    QVERIFY(m_probe->label(status).startsWith(u"Used by 1 workflow(s)."_s));
    QVERIFY(m_probe->visibleText().contains(u"West is marked as production."_s));
    m_probe->key(Qt::Key_Escape);
    QTRY_VERIFY(!isOpen());
}

void DeleteDialogTest::enterAloneDisablesNothing()
{
    openDisabling();
    m_probe->key(Qt::Key_Return);
    QTRY_VERIFY(!isOpen());
    QCOMPARE(m_dialog->result(), int(QDialog::Rejected));
}

QTEST_MAIN(DeleteDialogTest)
#include "deletedialogtest.moc"

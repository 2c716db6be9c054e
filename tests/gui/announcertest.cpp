// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/announcer.h"

#include "support/holdsfor.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto calm = 400ms; // longer than the announcer waits

QStringList heard;

/// What screen readers say at once.
void hear(QAccessibleEvent *event)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    if (event->type() == QAccessible::Announcement)
        heard += static_cast<QAccessibleAnnouncementEvent *>(event)->message();
#else
    QAccessibleInterface *part = event->accessibleInterface();
    if (event->type() == QAccessible::ObjectShow && part && part->role() == QAccessible::Notification)
        heard += part->text(QAccessible::Name);
#endif
}

struct Window : QWidget
{
    Window()
    {
        auto *column = new QVBoxLayout(this);
        column->addWidget(first);
        column->addWidget(second);
        resize(300, 200);
        show();
        heard.clear();
    }

    QLabel *first = new QLabel(u"one"_s);
    QLabel *second = new QLabel(u"two"_s);
};

} // namespace

class AnnouncerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QAccessible::installUpdateHandler(hear); }
    void init();

    void whatComesTogetherIsHeardInItsOrder();
    void onlyTheLastTextOfAPartIsHeard();
    void theSameIsHeardAgainOnlyAfterItWasGone();
    void whatIsNotSeenIsNotHeard();
    void aSentenceWithinAnotherIsNotHeardTwice();
    void whatChangesAsOneTypesIsHeardOnce();
    void aLongTextIsCut();
    void nothingIsSeenOfIt();
    void nothingIsMadeWhileNobodyListens();
};

void AnnouncerTest::init()
{
    const bool needsListener = qstrcmp(QTest::currentTestFunction(), "nothingIsMadeWhileNobodyListens") != 0;
    const bool hasBus = qEnvironmentVariableIsSet("QT_LINUX_ACCESSIBILITY_ALWAYS_ON");
    if (hasBus)
        QTRY_VERIFY(QAccessible::isActive());
    if (needsListener != hasBus)
        QSKIP(hasBus ? "Somebody listens."
                     : "Needs an accessibility bus: announcerheardtest runs it on one.");
}

void AnnouncerTest::whatComesTogetherIsHeardInItsOrder()
{
    Window window;
    Announcer::announce(window.second, u"Created x"_s);
    Announcer::announce(window.first, u"1–100 of 250"_s);
    QTRY_COMPARE(heard, (QStringList{u"Created x"_s, u"1–100 of 250"_s}));
}

void AnnouncerTest::onlyTheLastTextOfAPartIsHeard()
{
    Window window;
    for (const auto &text : {u"1–100 of 250"_s, u"101–200 of 250"_s, u"201–250 of 250"_s})
        Announcer::announce(window.first, text);
    QTRY_COMPARE(heard, QStringList{u"201–250 of 250"_s});
    VERIFY_HOLDS_FOR(calm, heard.size() == 1);
}

void AnnouncerTest::theSameIsHeardAgainOnlyAfterItWasGone()
{
    Window window;
    Announcer::announce(window.first, u"No answer."_s);
    QTRY_COMPARE(heard, QStringList{u"No answer."_s});
    Announcer::announce(window.first, u"No answer."_s);
    VERIFY_HOLDS_FOR(calm, heard.size() == 1);
    Announcer::announce(window.first, {});
    Announcer::announce(window.first, u"No answer."_s);
    QTRY_COMPARE(heard, (QStringList{u"No answer."_s, u"No answer."_s}));
    VERIFY_HOLDS_FOR(calm, heard.size() == 2);
}

void AnnouncerTest::whatIsNotSeenIsNotHeard()
{
    Window window;
    Announcer::announce(window.first, u"hidden"_s);
    Announcer::announce(window.second, u"withdrawn"_s);
    window.first->hide();
    Announcer::announce(window.second, {});
    VERIFY_HOLDS_FOR(calm, heard.empty());
}

void AnnouncerTest::aSentenceWithinAnotherIsNotHeardTwice()
{
    Window window;
    Announcer::announce(window.first, u"No answer."_s);
    Announcer::announce(window.second, u"No applications. No answer."_s);
    QTRY_COMPARE(heard, QStringList{u"No applications. No answer."_s});
    VERIFY_HOLDS_FOR(calm, heard.size() == 1);
}

void AnnouncerTest::whatChangesAsOneTypesIsHeardOnce()
{
    Window window;
    for (const auto &text : {u"2 too many"_s, u"3 too many"_s, u"4 too many"_s}) {
        Announcer::announceFirst(window.first, text);
        QTRY_COMPARE(heard, QStringList{u"2 too many"_s});
        VERIFY_HOLDS_FOR(calm, heard.size() == 1);
    }
}

void AnnouncerTest::aLongTextIsCut()
{
    Window window;
    Announcer::announce(window.first, QString(1'000'000, u'x'));
    QTRY_COMPARE(heard.size(), 1);
    QVERIFY(heard.first().size() <= 500);
}

void AnnouncerTest::nothingIsSeenOfIt()
{
    Window window;
    window.first->setFocus();
    const QImage before = window.grab().toImage();
    Announcer::announce(window.first, u"Created x"_s);
    QTRY_COMPARE(heard.size(), 1);
    QCOMPARE(window.grab().toImage(), before);
    QCOMPARE(window.childAt(0, 0), nullptr);
}

void AnnouncerTest::nothingIsMadeWhileNobodyListens()
{
    Window window;
    const qsizetype parts = window.findChildren<QObject *>().size();
    Announcer::announce(window.first, u"Created x"_s);
    VERIFY_HOLDS_FOR(calm, window.findChildren<QObject *>().size() == parts && heard.empty());
}

QTEST_MAIN(AnnouncerTest)
#include "announcertest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"
#include "support/heldkey.h"
#include "support/holdsfor.h"

#include <QElapsedTimer>
#include <QPushButton>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray createdBody =
    R"({"id":"600000000000000000000001","name":"S3 archive","type":"aws","snowflakeConfig":{"publicKey":"k"}})";

/// A press of Create, by whatever key and with the focus where it is.
struct Way
{
    const char *name;
    const char *focus;
    Qt::Key key;
    Qt::KeyboardModifiers modifiers = {};
};

const std::array ways{Way{"Enter in a field", "Region", Qt::Key_Return},
                      Way{"Enter on Create", "Create", Qt::Key_Return},
                      Way{"Space on Create", "Create", Qt::Key_Space},
                      Way{"Ctrl+Enter", "Secret access key", Qt::Key_Return, Qt::ControlModifier}};

} // namespace

/// Keys that are held or pressed too often, and clicks that come too soon, create once and cancel nothing.
class CreateKeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_driver = std::make_unique<CreateDialogDriver>();
        m_driver->fillIn();
    }
    void cleanup() { m_driver.reset(); }

    void aKeyThatIsHeldCreatesOnce_data() { addWays(); }
    void aKeyThatIsHeldCreatesOnce();
    void aKeyThatIsPressedThreeTimesCreatesOnce_data() { addWays(); }
    void aKeyThatIsPressedThreeTimesCreatesOnce();
    void aKeyThatIsHeldPostsOnceWhatIsRefused_data() { addWays(); }
    void aKeyThatIsHeldPostsOnceWhatIsRefused();
    void aDoubleClickCreatesOnce();
    void clicksRightAfterEachOtherCreateOnce();

    void cancelCanBePressedAfterHalfASecond();
    void escapeCancelsAfterHalfASecond();
    void theFocusIsNotOnCancelByItself();
    void afterARefusalCreateCanBePressedAfterHalfASecond();
    void enterWhereItMayHaveBeenCreatedChecksAgain();
    void aHeldKeyAnswersNoQuestion();
    void aPublicKeyIsNotClosedByTheKeyThatCreatedIt();

private:
    void addWays() const
    {
        QTest::addColumn<Way>("way");
        for (const Way &way : ways)
            QTest::newRow(way.name) << way;
    }

    void takeOneSecond() { m_driver->server.otherwise({.status = 201, .body = createdBody, .delay = 1s}); }

    QPushButton *button(const QString &name) { return m_driver->part<QPushButton>(name); }

    std::unique_ptr<CreateDialogDriver> m_driver;
};

void CreateKeysTest::aKeyThatIsHeldCreatesOnce()
{
    QFETCH(Way, way);
    takeOneSecond();
    m_driver->part(QString::fromLatin1(way.focus))->setFocus();
    HeldKey held(way.key, way.modifiers);
    if (way.key == Qt::Key_Space) // which presses as it comes up
        pressKey(way.key);
    held.repeat(1500);
    QTRY_COMPARE(m_driver->created.count(), 1);
    QCOMPARE(m_driver->server.count("POST"), 1);
    QCOMPARE(m_driver->server.count("GET"), 0); // nothing was cancelled
}

void CreateKeysTest::aKeyThatIsPressedThreeTimesCreatesOnce()
{
    QFETCH(Way, way);
    takeOneSecond();
    m_driver->part(QString::fromLatin1(way.focus))->setFocus();
    for (int times = 0; times < 3; ++times) {
        pressKey(way.key, way.modifiers);
        QTest::qWait(90);
    }
    QTRY_COMPARE(m_driver->created.count(), 1);
    QCOMPARE(m_driver->server.count("POST"), 1);
    QCOMPARE(m_driver->server.count("GET"), 0);
}

void CreateKeysTest::aKeyThatIsHeldPostsOnceWhatIsRefused()
{
    QFETCH(Way, way);
    m_driver->server.otherwise({.status = 400, .body = R"({"message":"No."})"});
    m_driver->part(QString::fromLatin1(way.focus))->setFocus();
    HeldKey held(way.key, way.modifiers);
    if (way.key == Qt::Key_Space)
        pressKey(way.key);
    held.repeat(1500);
    QVERIFY(m_driver->errorMessage().contains("No."_L1));
    QCOMPARE(m_driver->server.count("POST"), 1);
}

void CreateKeysTest::aDoubleClickCreatesOnce()
{
    takeOneSecond();
    QTest::mouseClick(button(u"Create"_s), Qt::LeftButton);
    QTest::mouseDClick(button(u"Create"_s), Qt::LeftButton);
    QTRY_COMPARE(m_driver->created.count(), 1);
    QCOMPARE(m_driver->server.requests().size(), 1u);
}

void CreateKeysTest::clicksRightAfterEachOtherCreateOnce()
{
    takeOneSecond();
    m_driver->part(u"Region"_s)->setFocus();
    QElapsedTimer timer;
    timer.start();
    pressKey(Qt::Key_Return);
    while (timer.elapsed() < 450) { // as somebody does who sees nothing happen
        for (const QString &name : {u"Cancel"_s, u"Create"_s})
            QTest::mouseClick(button(name), Qt::LeftButton);
        pressKey(Qt::Key_Return);
        pressKey(Qt::Key_Space);
        QTest::qWait(20);
    }
    QTRY_COMPARE(m_driver->created.count(), 1);
    QCOMPARE(m_driver->server.requests().size(), 1u);
}

void CreateKeysTest::cancelCanBePressedAfterHalfASecond()
{
    m_driver->server.otherwise({.way = ScriptedReply::Way::Stall});
    pressKey(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_driver->server.count("POST"), 1);
    QVERIFY(!button(u"Cancel"_s)->isEnabled());
    QTRY_VERIFY(button(u"Cancel"_s)->isEnabled());
    QVERIFY(!button(u"Create"_s)->isEnabled());

    QTest::mouseClick(button(u"Cancel"_s), Qt::LeftButton);

    QVERIFY(!button(u"Cancel"_s)->isEnabled()); // it means something else now
    QTRY_COMPARE(m_driver->server.count("GET"), 1);
    QCOMPARE(m_driver->server.count("POST"), 1);
}

void CreateKeysTest::escapeCancelsAfterHalfASecond()
{
    m_driver->server.otherwise({.way = ScriptedReply::Way::Stall});
    pressKey(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_driver->server.count("POST"), 1);
    {
        HeldKey held(Qt::Key_Escape);
        held.repeat(700);
        QVERIFY(button(u"Cancel"_s)->isEnabled());
    }
    QCOMPARE(m_driver->server.count("GET"), 0);

    pressKey(Qt::Key_Escape);

    QTRY_COMPARE(m_driver->server.count("GET"), 1);
    QVERIFY(m_driver->dialog.isVisible());
}

void CreateKeysTest::theFocusIsNotOnCancelByItself()
{
    m_driver->server.otherwise({.way = ScriptedReply::Way::Stall});
    m_driver->part(u"Region"_s)->setFocus();
    pressKey(Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget(), &m_driver->dialog);
    QTRY_VERIFY(button(u"Cancel"_s)->isEnabled());
    QCOMPARE(QApplication::focusWidget(), &m_driver->dialog);
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Space})
        pressKey(key);
    VERIFY_HOLDS_FOR(50ms, m_driver->server.count("GET") == 0);

    pressKey(Qt::Key_Tab);
    QVERIFY(button(u"Stop"_s)->hasFocus());
    pressKey(Qt::Key_Tab);

    QVERIFY(button(u"Cancel"_s)->hasFocus());
    pressKey(Qt::Key_Return);
    QTRY_COMPARE(m_driver->server.count("GET"), 1);
}

void CreateKeysTest::afterARefusalCreateCanBePressedAfterHalfASecond()
{
    m_driver->server.otherwise({.status = 400, .body = R"({"message":"No."})"});
    pressKey(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!m_driver->errorMessage().isEmpty());
    QVERIFY(!button(u"Create"_s)->isEnabled() && !button(u"Cancel"_s)->isEnabled());
    QTest::mouseClick(button(u"Create"_s), Qt::LeftButton);
    pressKey(Qt::Key_Escape);
    QVERIFY(m_driver->dialog.isVisible());
    QTRY_VERIFY(button(u"Create"_s)->hasFocus());
    QCOMPARE(m_driver->server.count("POST"), 1);
    pressKey(Qt::Key_Return);
    QTRY_COMPARE(m_driver->server.count("POST"), 2);
}

void CreateKeysTest::enterWhereItMayHaveBeenCreatedChecksAgain()
{
    m_driver->server.otherwise({.way = ScriptedReply::Way::Stall});
    pressKey(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_driver->server.count("POST"), 1);
    QTRY_VERIFY(m_driver->server.request(0).isWhole);
    m_driver->click(u"Cancel"_s);
    QTRY_COMPARE(m_driver->server.count("GET"), 1);
    m_driver->click(u"Cancel"_s);
    QTRY_VERIFY(m_driver->find(u"Check again"_s));
    QVERIFY(!button(u"Check again"_s)->isEnabled() && !button(u"Create"_s)->isEnabled());
    QTRY_VERIFY(button(u"Check again"_s)->hasFocus());

    m_driver->part(u"Region"_s)->setFocus();
    pressKey(Qt::Key_Return);

    QTRY_COMPARE(m_driver->server.count("GET"), 2);
    QCOMPARE(m_driver->server.count("POST"), 1);
}

void CreateKeysTest::aHeldKeyAnswersNoQuestion()
{
    m_driver->acceptWhatIsPosted();
    m_driver->dialog.confirmBeforeSending(u"Plant"_s);
    m_driver->part(u"Region"_s)->setFocus();
    {
        HeldKey held(Qt::Key_Return);
        held.repeat(900);
    }
    QVERIFY(m_driver->find(u"Create in production"_s)); // it is still there
    QVERIFY(button(u"Create in production"_s)->isEnabled());
    QVERIFY(button(u"Keep editing"_s)->hasFocus());
    QCOMPARE(m_driver->server.count("POST"), 0);
    m_driver->click(u"Create in production"_s);
    QTRY_COMPARE(m_driver->created.count(), 1);
    QCOMPARE(m_driver->server.count("POST"), 1);
}

void CreateKeysTest::aPublicKeyIsNotClosedByTheKeyThatCreatedIt()
{
    m_driver->acceptWhatIsPosted("ssh-ed25519 AAAA");
    m_driver->chooseType(u"Git"_s);
    m_driver->type(u"Name"_s, u"Flow history"_s);
    m_driver->type(u"Clone URL"_s, u"git@example.com:a/b.git"_s);
    m_driver->toggle(u"Generate a private key"_s);
    m_driver->part(u"Name"_s)->setFocus();
    {
        HeldKey held(Qt::Key_Return);
        held.repeat(900);
        QVERIFY(m_driver->find(u"Public key"_s));
    }
    QVERIFY(m_driver->dialog.isVisible());
    QVERIFY(button(u"Done"_s)->hasFocus());
    pressKey(Qt::Key_Return);
    QTRY_VERIFY(!m_driver->dialog.isVisible());
}

QTEST_MAIN(CreateKeysTest)
#include "createkeystest.moc"

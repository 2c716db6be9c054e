// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/buttonguard.h"

#include "support/heldkey.h"

#include <QApplication>
#include <QDialog>
#include <QElapsedTimer>
#include <QImage>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

/// A dialog that counts what its buttons are told.
struct Scene
{
    Scene()
    {
        auto *column = new QVBoxLayout(&dialog);
        for (QWidget *part : {static_cast<QWidget *>(line), static_cast<QWidget *>(text),
                              static_cast<QWidget *>(act), static_cast<QWidget *>(leave)})
            column->addWidget(part);
        act->setDefault(true);
        QObject::connect(act, &QPushButton::clicked, &dialog, [this] { ++acted; });
        QObject::connect(leave, &QPushButton::clicked, &dialog, [this] { ++left; });
        QObject::connect(&dialog, &QDialog::rejected, &dialog, [this] { ++rejected; });
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), &dialog);
        QObject::connect(shortcut, &QShortcut::activated, act, &QPushButton::click);
        open();
    }

    void open()
    {
        dialog.show();
        dialog.activateWindow();
        if (!QTest::qWaitForWindowActive(&dialog))
            qFatal("The dialog does not become active");
    }

    QDialog dialog;
    QLineEdit *line = new QLineEdit;
    QPlainTextEdit *text = new QPlainTextEdit;
    QPushButton *act = new QPushButton(u"Act"_s);
    QPushButton *leave = new QPushButton(u"Leave"_s);
    ButtonGuard *guard = new ButtonGuard(&dialog);
    int acted = 0;
    int left = 0;
    int rejected = 0;
};

/// As a display sends it that has no flag for keys that repeat.
void sendKey(QWidget *widget, QEvent::Type type, Qt::Key key, quint64 timestamp)
{
    QKeyEvent event(type, key, Qt::NoModifier, u"\r"_s);
    event.setTimestamp(timestamp);
    QCoreApplication::sendEvent(widget, &event);
}

} // namespace

/// What presses the buttons of a dialog, and what does not.
class ButtonGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_scene = std::make_unique<Scene>(); }
    void cleanup() { m_scene.reset(); }

    void aFreshKeyPresses_data();
    void aFreshKeyPresses();
    void aKeyThatWasDownBeforePressesNothing_data();
    void aKeyThatWasDownBeforePressesNothing();
    void aKeyPressesOnceHoweverLongItIsHeld_data();
    void aKeyPressesOnceHoweverLongItIsHeld();
    void aReleaseAtTheTimeOfTheNextPressIsNone();
    void aPressWithoutAReleaseBeforeIsARepetition();
    void aReleaseThatWasMissedIsForgottenWithTheWindow();
    void aReleaseWhosePressWentElsewherePressesNothing();
    void aKeyThatRepeatsStillTypes();

    void buttonsThatChangeCanNotBePressedForHalfASecond();
    void theyAreSeenToBeDisabled();
    void whatIsEnabledMeanwhileIsSoAfterwards();
    void escapeWaitsAsLong();
    void theFocusIsNotLostMeanwhile();
    void theFocusComesAfterwardsUnlessItIsElsewhere();

private:
    std::unique_ptr<Scene> m_scene;
};

void ButtonGuardTest::aFreshKeyPresses_data()
{
    QTest::addColumn<int>("focus"); // 0 a line, 1 the button that acts, 2 the one that leaves, 3 a text
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    const Qt::KeyboardModifiers none;
    QTest::newRow("Enter in a line") << 0 << Qt::Key_Return << none;
    QTest::newRow("Enter of the keypad in a line")
        << 0 << Qt::Key_Enter << Qt::KeyboardModifiers(Qt::KeypadModifier);
    QTest::newRow("Enter on the button") << 1 << Qt::Key_Return << none;
    QTest::newRow("Space on the button") << 1 << Qt::Key_Space << none;
    QTest::newRow("Enter on another button") << 2 << Qt::Key_Return << none;
    QTest::newRow("Ctrl+Enter in a text")
        << 3 << Qt::Key_Return << Qt::KeyboardModifiers(Qt::ControlModifier);
    QTest::newRow("Escape") << 0 << Qt::Key_Escape << none;
}

void ButtonGuardTest::aFreshKeyPresses()
{
    QFETCH(int, focus);
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    Scene &scene = *m_scene;
    for (int times = 1; times <= 3; ++times) {
        if (!scene.dialog.isVisible())
            scene.open();
        std::array<QWidget *, 4>{scene.line, scene.act, scene.leave, scene.text}[std::size_t(focus)]
            ->setFocus();
        pressKey(key, modifiers);
        QTest::qWait(5);
        QCOMPARE(scene.acted, key == Qt::Key_Escape || focus == 2 ? 0 : times);
        QCOMPARE(scene.left, focus == 2 ? times : 0);
        QCOMPARE(scene.rejected, key == Qt::Key_Escape ? times : 0);
    }
}

void ButtonGuardTest::aKeyThatWasDownBeforePressesNothing_data()
{
    aFreshKeyPresses_data();
}

void ButtonGuardTest::aKeyThatWasDownBeforePressesNothing()
{
    QFETCH(int, focus);
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    Scene &scene = *m_scene;
    scene.dialog.hide();
    QWidget before;
    before.show();
    before.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&before));
    {
        HeldKey held(key, modifiers);
        held.repeat(60);
        scene.open();
        std::array<QWidget *, 4>{scene.line, scene.act, scene.leave, scene.text}[std::size_t(focus)]
            ->setFocus();
        held.repeat(300);
    }
    QCOMPARE(scene.acted + scene.left + scene.rejected, 0);
}

void ButtonGuardTest::aKeyPressesOnceHoweverLongItIsHeld_data()
{
    aFreshKeyPresses_data();
}

void ButtonGuardTest::aKeyPressesOnceHoweverLongItIsHeld()
{
    QFETCH(int, focus);
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    Scene &scene = *m_scene;
    std::array<QWidget *, 4>{scene.line, scene.act, scene.leave, scene.text}[std::size_t(focus)]->setFocus();
    HeldKey(key, modifiers).repeat(300);
    QCOMPARE(scene.acted + scene.left + scene.rejected, 1);
}

void ButtonGuardTest::aReleaseAtTheTimeOfTheNextPressIsNone()
{
    Scene &scene = *m_scene;
    for (quint64 time = 1000; time < 2000; time += 40) {
        sendKey(scene.act, QEvent::KeyPress, Qt::Key_Return, time);
        sendKey(scene.act, QEvent::KeyRelease, Qt::Key_Return, time + 40);
    }
    QCOMPARE(scene.acted, 1);
    sendKey(scene.act, QEvent::KeyPress, Qt::Key_Return, 3000);
    QCOMPARE(scene.acted, 2);
}

void ButtonGuardTest::aPressWithoutAReleaseBeforeIsARepetition()
{
    Scene &scene = *m_scene;
    scene.line->setFocus();
    for (int times = 0; times < 5; ++times) {
        QTest::keyPress(scene.line, Qt::Key_Return);
        QTest::qWait(10);
    }
    QCOMPARE(scene.acted, 1);
    QTest::keyRelease(scene.line, Qt::Key_Return);
    QTest::keyClick(scene.line, Qt::Key_Return);
    QCOMPARE(scene.acted, 2);
}

void ButtonGuardTest::aReleaseThatWasMissedIsForgottenWithTheWindow()
{
    Scene &scene = *m_scene;
    QTest::keyPress(scene.line, Qt::Key_Return);
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    scene.open();
    QTest::keyClick(scene.line, Qt::Key_Return);
    QCOMPARE(scene.acted, 2);
}

void ButtonGuardTest::aReleaseWhosePressWentElsewherePressesNothing()
{
    Scene &scene = *m_scene;
    for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Return, Qt::Key_Escape}) {
        scene.act->setFocus();
        QTest::keyRelease(scene.act, key);
    }
    QCOMPARE(scene.acted + scene.left + scene.rejected, 0);
}

void ButtonGuardTest::aKeyThatRepeatsStillTypes()
{
    Scene &scene = *m_scene;
    scene.text->setFocus();
    HeldKey(Qt::Key_Return).repeat(200);
    QVERIFY(scene.text->toPlainText().count(u'\n') > 2);
    scene.line->setFocus();
    HeldKey(Qt::Key_Space).repeat(200);
    QVERIFY(scene.line->text().size() > 2);
    QCOMPARE(scene.acted, 0);
}

void ButtonGuardTest::buttonsThatChangeCanNotBePressedForHalfASecond()
{
    Scene &scene = *m_scene;
    QElapsedTimer timer;
    qint64 actedAfter = -1;
    connect(scene.act, &QPushButton::clicked, &scene.dialog, [&] { actedAfter = timer.elapsed(); });
    timer.start();
    scene.guard->settle({scene.act});
    scene.line->setFocus();
    while (scene.acted == 0 && timer.elapsed() < 2000) {
        QVERIFY(scene.leave->isEnabled());
        for (const Qt::KeyboardModifiers modifiers : {Qt::NoModifier, Qt::ControlModifier}) {
            if (scene.acted == 0)
                pressKey(Qt::Key_Return, modifiers);
        }
        if (scene.acted == 0)
            QTest::mouseClick(scene.act, Qt::LeftButton);
    }
    QVERIFY2(actedAfter >= 500 && actedAfter < 800, qPrintable(QString::number(actedAfter)));
}

void ButtonGuardTest::theyAreSeenToBeDisabled()
{
    Scene &scene = *m_scene;
    scene.line->setFocus();
    const QImage before = scene.act->grab().toImage();
    scene.guard->settle({scene.act});
    const QImage during = scene.act->grab().toImage();
    QVERIFY(before != during);
    QTRY_VERIFY(scene.act->isEnabled());
    QCOMPARE(scene.act->grab().toImage(), before);
}

void ButtonGuardTest::whatIsEnabledMeanwhileIsSoAfterwards()
{
    Scene &scene = *m_scene;
    scene.leave->setEnabled(false);
    scene.guard->settle({scene.act, scene.leave});
    scene.guard->setEnabled(scene.act, false);
    scene.guard->setEnabled(scene.leave, true);
    QVERIFY(!scene.leave->isEnabled());
    scene.guard->settle({scene.leave}); // longer, and as before
    QTRY_VERIFY(scene.leave->isEnabled());
    QVERIFY(!scene.act->isEnabled());
    scene.guard->setEnabled(scene.act, true);
    QVERIFY(scene.act->isEnabled());
}

void ButtonGuardTest::escapeWaitsAsLong()
{
    Scene &scene = *m_scene;
    scene.guard->settle({scene.act});
    for (QWidget *focus : {static_cast<QWidget *>(scene.line), static_cast<QWidget *>(&scene.dialog)}) {
        focus->setFocus();
        pressKey(Qt::Key_Escape);
    }
    QCOMPARE(scene.rejected, 0);
    QTRY_VERIFY(scene.act->isEnabled());
    pressKey(Qt::Key_Escape);
    QCOMPARE(scene.rejected, 1);
}

void ButtonGuardTest::theFocusIsNotLostMeanwhile()
{
    Scene &scene = *m_scene;
    scene.act->setFocus();
    scene.guard->settle({scene.act, scene.leave});
    QCOMPARE(QApplication::focusWidget(), &scene.dialog);
    pressKey(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), scene.line);
    scene.dialog.setFocus();
    QTRY_VERIFY(scene.act->isEnabled());
    QCOMPARE(QApplication::focusWidget(), &scene.dialog); // and on no button by itself
    pressKey(Qt::Key_Backtab);
    QCOMPARE(QApplication::focusWidget(), scene.leave);
}

void ButtonGuardTest::theFocusComesAfterwardsUnlessItIsElsewhere()
{
    Scene &scene = *m_scene;
    scene.act->setFocus();
    scene.guard->settle({scene.act, scene.leave});
    scene.guard->setFocus(scene.leave);
    QCOMPARE(QApplication::focusWidget(), &scene.dialog);
    QTRY_VERIFY(scene.leave->isEnabled());
    QCOMPARE(QApplication::focusWidget(), scene.leave);

    scene.guard->settle({scene.act, scene.leave});
    scene.guard->setFocus(scene.leave);
    scene.line->setFocus();
    QTRY_VERIFY(scene.leave->isEnabled());
    QCOMPARE(QApplication::focusWidget(), scene.line);

    scene.guard->setFocus(scene.leave); // at once, as it has settled
    QCOMPARE(QApplication::focusWidget(), scene.leave);
}

QTEST_MAIN(ButtonGuardTest)
#include "buttonguardtest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogscene.h"
#include "gui/filledform.h"
#include "support/heldkey.h"
#include "support/holdsfor.h"

#include <QAction>
#include <QPushButton>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString credentials = u"Credentials"_s;

/// Does one thing to what is in front, as a person who waits until it can be done.
void act(const QString &step)
{
    const QString what = step.section(u':', 1);
    if (step.startsWith("type:"_L1)) {
        QTest::keyClicks(QApplication::focusWidget(), what);
    } else if (step == "Escape"_L1) {
        pressKey(Qt::Key_Escape);
    } else if (step == "close"_L1) {
        QApplication::activeModalWidget()->close();
    } else {
        QWidget *front = QApplication::activeModalWidget();
        QVERIFY(front && DialogScene::waitForKeys(front));
        GuiProbe(*front).click(step);
    }
    QTest::qWait(20);
}

bool waitUntilItCanBeAnswered(const QWidget *box)
{
    return QTest::qWaitFor(
        [box] { return std::ranges::all_of(box->findChildren<QPushButton *>(), &QWidget::isEnabled); }, 2000);
}

} // namespace

/// Where the keys go once a dialog has closed.
class DialogFocusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_scene = std::make_unique<DialogScene>(); }
    void cleanup() { m_scene.reset(); }

    void theFocusIsWhereItWasInTheWindow_data();
    void theFocusIsWhereItWasInTheWindow();
    void afterCreatingItIsWhereItWas();
    void afterAboutItIsWhereItWas();
    void itIsWhereItWasInADialog_data();
    void itIsWhereItWasInADialog();
    void whatAnAnswerFocusesHasTheFocus();

private:
    void focusTheTable();
    void keysMoveInTheTable();

    std::unique_ptr<DialogScene> m_scene;
};

void DialogFocusTest::focusTheTable()
{
    m_scene->window->clickCell(credentials, u"Credential 2"_s);
    QVERIFY(m_scene->window->table(credentials)->hasFocus());
}

void DialogFocusTest::keysMoveInTheTable()
{
    QTableView *table = m_scene->window->table(credentials);
    QTRY_COMPARE(QApplication::focusWidget(), table);
    QTRY_COMPARE(QGuiApplication::focusWindow(), m_scene->window->window().windowHandle());
    const int row = table->currentIndex().row();
    pressKey(Qt::Key_Down);
    QCOMPARE(table->currentIndex().row(), row + 1);
}

void DialogFocusTest::theFocusIsWhereItWasInTheWindow_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("steps");
    const auto add = [](const QString &name, const QStringList &steps) {
        QTest::addRow("%s: %s", qUtf8Printable(name), qUtf8Printable(steps.join(u", "_s))) << name << steps;
    };
    for (const QString &name : DialogScene::names()) {
        if (name != "Message"_L1)
            add(name, {u"Escape"_s});
        add(name, {u"close"_s});
        add(name, {name == "Message"_L1 ? u"OK"_s : u"Cancel"_s});
    }
    for (const QString &name : {u"New credential"_s, u"Edit credential"_s, u"Rotate secret"_s, u"Sign in"_s,
                                u"Sign in again"_s, u"Profile settings"_s}) {
        for (const QString &way : {u"Escape"_s, u"close"_s, u"Cancel"_s})
            add(name, {u"type:a"_s, way, u"Discard"_s});
        add(name, {u"type:a"_s, u"Escape"_s, u"Keep editing"_s, u"Escape"_s, u"Discard"_s});
    }
    add(u"Message"_s, {u"Go on"_s});
    add(u"Sign in"_s, {u"type:a"_s, u"Sign in"_s});
    add(u"Sign in again"_s, {u"type:a"_s, u"Sign in"_s});
    add(u"Profile settings"_s, {u"type:a"_s, u"Save"_s});
    add(u"Application ID"_s, {u"type:575ec8687ae143cd83dc4a97"_s, u"Open"_s});
}

void DialogFocusTest::theFocusIsWhereItWasInTheWindow()
{
    QFETCH(QString, name);
    QFETCH(QStringList, steps);
    focusTheTable();
    const QPointer<QDialog> dialog = m_scene->open(name);
    if (name == "New credential"_L1 && steps.size() > 1) { // a name can be typed once there is a type
        QTest::keyClicks(QApplication::focusWidget(), u"sendgrid"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    }
    for (const QString &step : steps)
        act(step);
    QTRY_VERIFY(!dialog);
    keysMoveInTheTable();
}

void DialogFocusTest::afterCreatingItIsWhereItWas()
{
    focusTheTable();
    const QPointer<QWidget> form = openFilledForm(*m_scene->window);
    GuiProbe(*form).click(u"Create"_s);
    QTRY_VERIFY(!form);
    QTRY_COMPARE(m_scene->window->label(u"Page status"_s), u"1–6 of 6"_s);
    keysMoveInTheTable();
}

void DialogFocusTest::afterAboutItIsWhereItWas()
{
    focusTheTable();
    for (QAction *action : m_scene->window->window().findChildren<QAction *>()) {
        if (action->text().remove(u'&') == "About Credenza"_L1)
            action->trigger();
    }
    const QPointer<QWidget> about = QApplication::activeModalWidget();
    QVERIFY(about && DialogScene::waitForKeys(about) && waitUntilItCanBeAnswered(about));
    act(u"Escape"_s);
    QTRY_VERIFY(!about);
    keysMoveInTheTable();
}

void DialogFocusTest::itIsWhereItWasInADialog_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("over");
    for (const QString &over : {u"New credential"_s, u"Sign in"_s, u"Profile settings"_s}) {
        for (const QString &name :
             {u"Message"_s, u"Profile settings"_s, u"Sign in again"_s, u"File to be saved"_s})
            QTest::addRow("%s over %s", qUtf8Printable(name), qUtf8Printable(over)) << name << over;
    }
}

void DialogFocusTest::itIsWhereItWasInADialog()
{
    QFETCH(QString, name);
    QFETCH(QString, over);
    QDialog *lower = m_scene->open(over);
    const CloseAtEnd closes(*lower);
    QTest::keyClick(lower->focusWidget(), Qt::Key_Tab);
    const QPointer<QWidget> focus = lower->focusWidget();
    const QPointer<QDialog> upper = m_scene->open(name, lower);
    if (name == "Message"_L1)
        QVERIFY(waitUntilItCanBeAnswered(upper));
    act(u"Escape"_s);
    QTRY_VERIFY(!upper);
    QTRY_COMPARE(QApplication::focusWidget(), focus);
    QTRY_COMPARE(QGuiApplication::focusWindow(), lower->windowHandle());
}

void DialogFocusTest::whatAnAnswerFocusesHasTheFocus()
{
    QDialog *lower = m_scene->open(u"Application ID"_s);
    const CloseAtEnd closes(*lower);
    QWidget *cancel = GuiProbe(*lower).button(u"Cancel"_s);
    auto *box = new MessageBox(QStyle::SP_MessageBoxQuestion, u"Where to?"_s, {}, lower);
    box->addButton(u"To Cancel"_s, QDialogButtonBox::AcceptRole, [cancel] { cancel->setFocus(); });
    box->open();
    QVERIFY(DialogScene::waitForKeys(box));
    act(u"To Cancel"_s);
    QTRY_COMPARE(QApplication::focusWidget(), cancel);
    VERIFY_HOLDS_FOR(50ms, QApplication::focusWidget() == cancel);
}

QTEST_MAIN(DialogFocusTest)
#include "dialogfocustest.moc"

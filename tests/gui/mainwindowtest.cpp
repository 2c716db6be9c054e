// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QTimer>
#include <QTreeView>
#include <QWindow>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString credentials = u"Credentials"_s;
const QString status = u"Page status"_s;

} // namespace

/// The window as a whole: its title, what it remembers, and what follows a credential that was created.
class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theTitleNamesTheApplication();
    void theSandboxSaysThatNothingIsKept();
    void anAccountIsNotSaidToBeASandbox();
    void theAccountAndItsServerAreNamed();
    void theAccountsMenuOpensWithoutKeepingAnybodyWaiting_data();
    void theAccountsMenuOpensWithoutKeepingAnybodyWaiting();
    void anotherPressClosesTheAccountsMenu();
    void theLastApplicationIsOpenedAgain();
    void theLastApplicationIsRememberedForEachServer();
    void theApplicationThatWasAskedForComesFirst();
    void anApplicationThatIsGoneGivesWayToTheFirst();
    void aLongAddressDoesNotWidenTheWindow();
    void theListOfApplicationsFoldsAwayAndStaysAway();
    void aMenuThatClosesSelectsNoCredential();
    void aPageSaysHowManyCredentialsThereAreByNow();
    void noTokenIsInTheSettings();
    void theKeyboardReachesEveryPart();
    void creatingPostsOnceAndSelectsTheNewRow();
    void aNewRowThatIsNotOnThisPageIsOfferedToBeShown();
    void aNewRowIsNotOfferedInAnotherApplication();
    void whatWasCreatedIsSaidIfItsPageDoesNotCome_data();
    void whatWasCreatedIsSaidIfItsPageDoesNotCome();
    void showItFindsTheNewRow();
    void creatingCountsOneMore();
    void anApplicationOpenedMeanwhileIsLeftAlone();

private:
    void open(const FakeLosant &losant, const QString &applicationId = {},
              Session::Kind kind = Session::Kind::Account);
    void create(const QString &name);
    QString currentName() const;

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void MainWindowTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(250));
    m_losant->setCredentials(m_losant->addApplication(u"Warehouse"_s), FakeLosant::someCredentials(3));
}

void MainWindowTest::cleanup()
{
    m_window.reset();
}

void MainWindowTest::open(const FakeLosant &losant, const QString &applicationId, Session::Kind kind)
{
    m_window.reset();
    m_window = std::make_unique<OpenWindow>(losant.url(), m_settings->settings, applicationId, kind);
}

/// A Loggly credential, by Ctrl+N and the dialog.
void MainWindowTest::create(const QString &name)
{
    m_window->key(Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(QApplication::activeModalWidget());
    const QPointer<QWidget> form = QApplication::activeModalWidget(); // deletes itself when it closes
    const GuiProbe dialog(*form);
    QCOMPARE(form->windowTitle(), u"New credential"_s);
    QTRY_VERIFY(dialog.hasFocus());
    dialog.type(u"loggly"_s);
    dialog.key(Qt::Key_Return);
    QTRY_VERIFY(dialog.has(QAccessible::EditableText, u"Customer token"_s));
    dialog.line(u"Name"_s)->setFocus();
    dialog.type(name);
    dialog.part(QAccessible::EditableText, u"Customer token"_s)->setFocus();
    dialog.type(u"0f1e2d3c"_s);
    dialog.click(u"Create"_s);
    QTRY_VERIFY(!form);
    QVERIFY(!QApplication::activeModalWidget());
    m_window->window().activateWindow(); // nobody else does on the offscreen platform
    QTRY_VERIFY(m_window->hasFocus());
}

QString MainWindowTest::currentName() const
{
    return m_window->table(credentials)->currentIndex().siblingAtColumn(0).data().toString();
}

void MainWindowTest::theTitleNamesTheApplication()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant floor"_s);
}

void MainWindowTest::theSandboxSaysThatNothingIsKept()
{
    open(*m_losant, {}, Session::Kind::Sandbox);
    QVERIFY(m_window->visibleText().contains(u"nothing is kept"_s));
}

void MainWindowTest::anAccountIsNotSaidToBeASandbox()
{
    open(*m_losant);
    QTRY_VERIFY(m_window->has(QAccessible::Table, credentials));
    QVERIFY(!m_window->visibleText().contains(u"nothing is kept"_s));
}

void MainWindowTest::theAccountAndItsServerAreNamed()
{
    open(*m_losant);
    QTRY_VERIFY(m_window->has(QAccessible::ButtonMenu, u"Account: ada@example.com · 127.0.0.1"_s));
}

void MainWindowTest::theAccountsMenuOpensWithoutKeepingAnybodyWaiting_data()
{
    QTest::addColumn<std::function<void(QWidget &)>>("open");
    const auto row = [](const char *name, std::function<void(QWidget &)> open) {
        QTest::newRow(name) << std::move(open);
    };
    row("assistive technology", [](QWidget &button) {
        QAccessible::queryAccessibleInterface(&button)->actionInterface()->doAction(
            QAccessibleActionInterface::pressAction());
    });
    row("mouse", [](QWidget &button) { QTest::mousePress(&button, Qt::LeftButton); });
    row("keyboard", [](QWidget &button) { QTest::keyPress(&button, Qt::Key_Space); });
    row("shortcut", [](QWidget &button) { QTest::keyClick(&button, Qt::Key_M, Qt::AltModifier); });
}

void MainWindowTest::theAccountsMenuOpensWithoutKeepingAnybodyWaiting()
{
    QFETCH(std::function<void(QWidget &)>, open);
    this->open(*m_losant);
    const QString name = u"Account: ada@example.com · 127.0.0.1"_s;
    QTRY_VERIFY(m_window->has(QAccessible::ButtonMenu, name));
    // In case the menu has an event loop of its own.
    QTimer guard;
    guard.setSingleShot(true);
    connect(&guard, &QTimer::timeout, this, [] {
        if (QWidget *menu = QApplication::activePopupWidget())
            menu->close();
    });
    guard.start(10s);

    QElapsedTimer timer;
    timer.start();
    open(*m_window->part(QAccessible::ButtonMenu, name));

    QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
    const auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QVERIFY(menu->actions().size() > 5);
    QTest::qWait(800); // longer than a press that Qt opens the menu of a button for
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
    QVERIFY(!QApplication::activePopupWidget());
}

void MainWindowTest::anotherPressClosesTheAccountsMenu()
{
    open(*m_losant);
    const QString name = u"Account: ada@example.com · 127.0.0.1"_s;
    QTRY_VERIFY(m_window->has(QAccessible::ButtonMenu, name));
    QWidget *button = m_window->part(QAccessible::ButtonMenu, name);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(QApplication::activePopupWidget());
    QTest::mouseClick(m_window->window().windowHandle(), Qt::LeftButton, {},
                      button->mapTo(&m_window->window(), button->rect().center()));
    VERIFY_HOLDS_FOR(50ms, !QApplication::activePopupWidget()); // Qt would send the press once more
}

void MainWindowTest::theLastApplicationIsOpenedAgain()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);
    QTRY_COMPARE(m_window->label(status), u"1–3 of 3"_s);
    QCOMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);
    m_losant->server().forget();

    open(*m_losant);

    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);
    QTRY_COMPARE(m_window->label(status), u"1–3 of 3"_s);
    QCOMPARE(m_losant->pageCount(), 1);
}

void MainWindowTest::theLastApplicationIsRememberedForEachServer()
{
    open(*m_losant, FakeLosant::applicationId(2));
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);
    FakeLosant other;
    other.addApplication(u"Elsewhere"_s);
    other.addApplication(u"Elsewhere too"_s);

    open(other);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Elsewhere"_s);
    open(*m_losant);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);
    m_window.reset();
}

void MainWindowTest::theApplicationThatWasAskedForComesFirst()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant floor"_s);
    open(*m_losant, FakeLosant::applicationId(2));
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);
}

void MainWindowTest::anApplicationThatIsGoneGivesWayToTheFirst()
{
    open(*m_losant, FakeLosant::applicationId(2));
    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Warehouse"_s);
    m_window.reset();
    const QString key = m_settings->settings.allKeys().filter(u"lastApplication"_s).value(0);
    QVERIFY(!key.isEmpty());
    m_settings->settings.setValue(key, FakeLosant::applicationId(99));

    open(*m_losant);

    QTRY_COMPARE(m_window->window().windowTitle(), u"Credenza – Plant floor"_s);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"Back"_s));
}

void MainWindowTest::aLongAddressDoesNotWidenTheWindow()
{
    const auto leastWidthWith = [this](const QByteArray &address) {
        m_window.reset();
        m_losant->setException([address](const RecordedRequest &request) -> std::optional<ScriptedReply> {
            if (request.path() != "/me")
                return std::nullopt;
            return ScriptedReply{.body = R"({"id":"1","email":")" + address + R"("})"};
        });
        open(*m_losant);
        const bool isThere = QTest::qWaitFor(
            [this] { return m_window->session().account() && m_window->label(status) == u"1–100 of 250"_s; });
        const auto parts = m_window->window().findChildren<QWidget *>();
        const auto row = std::ranges::find(parts, u"Actions"_s, &QWidget::accessibleName);
        return isThere && row != parts.end() ? (*row)->minimumSizeHint().width() : -1;
    };
    const int least = leastWidthWith("a@acme.example");
    QVERIFY(least > 0);

    QCOMPARE(leastWidthWith("somebody.with.a.very.long.name@plant.acme.example"), least);
}

void MainWindowTest::theListOfApplicationsFoldsAwayAndStaysAway()
{
    open(*m_losant);
    QVERIFY(m_window->has(QAccessible::Tree, u"Applications"_s));
    m_window->key(Qt::Key_F8);
    QVERIFY(!m_window->has(QAccessible::Tree, u"Applications"_s));
    open(*m_losant);
    QVERIFY(!m_window->has(QAccessible::Tree, u"Applications"_s));
    m_window->key(Qt::Key_F8);
    QVERIFY(m_window->has(QAccessible::Tree, u"Applications"_s));
    m_window->key(Qt::Key_F8);
    m_window->key(Qt::Key_K, Qt::ControlModifier); // searches in it
    QVERIFY(m_window->has(QAccessible::Tree, u"Applications"_s));
    QVERIFY(m_window->line(u"Search applications"_s)->hasFocus());
}

void MainWindowTest::aMenuThatClosesSelectsNoCredential()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    QTableView *table = m_window->table(credentials);
    for (const Qt::FocusReason reason : {Qt::PopupFocusReason, Qt::ActiveWindowFocusReason}) {
        QFocusEvent event(QEvent::FocusIn, reason);
        QApplication::sendEvent(table, &event);
        QVERIFY(!table->selectionModel()->hasSelection());
        QVERIFY(!table->currentIndex().isValid());
    }
    QFocusEvent event(QEvent::FocusIn, Qt::TabFocusReason);
    QApplication::sendEvent(table, &event);
    QVERIFY(table->selectionModel()->isRowSelected(0));
}

void MainWindowTest::aPageSaysHowManyCredentialsThereAreByNow()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    const auto count = [this] {
        const QAbstractItemModel *list = m_window->tree(u"Applications"_s)->model();
        return list->index(0, ApplicationTreeModel::CredentialCount, list->index(1, 0)).data().toString();
    };
    QTRY_COMPARE(count(), u"250"_s);
    m_losant->setCredentials(FakeLosant::applicationId(1), FakeLosant::someCredentials(180));

    m_window->key(Qt::Key_F5);

    QTRY_COMPARE(m_window->label(status), u"1–100 of 180"_s);
    QTRY_COMPARE(count(), u"180"_s);
}

void MainWindowTest::noTokenIsInTheSettings()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    create(u"Logs"_s);
    m_window.reset();
    m_settings->settings.sync();
    QFile file(m_settings->settings.fileName());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    QVERIFY(content.contains("lastApplication"));
    QVERIFY(!content.contains("token"));
    QVERIFY(!content.contains("0f1e2d3c"));
}

void MainWindowTest::theKeyboardReachesEveryPart()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    m_window->clickCell(credentials, u"Credential 2"_s);
    QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Copy ID"_s));
    QStringList reached;
    for (int i = 0; i < 60; ++i) {
        m_window->key(Qt::Key_Tab);
        reached += QApplication::focusWidget()->accessibleName();
    }
    for (const QString &part : {u"New credential"_s, u"Refresh"_s, u"Search applications"_s,
                                u"Applications"_s, u"Filter credentials"_s, u"Credentials"_s, u"Next page"_s,
                                u"Last page"_s, u"Page number"_s, u"Copy ID"_s})
        QVERIFY2(reached.contains(part), qPrintable(part + u" is not in "_s + reached.join(u", "_s)));
}

void MainWindowTest::creatingPostsOnceAndSelectsTheNewRow()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);

    create(u"Logs"_s);

    QTRY_COMPARE(m_window->label(status), u"1–100 of 251"_s);
    QCOMPARE(m_losant->server().count("POST"), 1);
    QCOMPARE(currentName(), u"Logs"_s);
    QVERIFY(m_window->table(credentials)->selectionModel()->isRowSelected(0));
    QCOMPARE(m_window->label(u"Done message"_s), u"Created Logs"_s);
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Show it"_s));
}

void MainWindowTest::aNewRowThatIsNotOnThisPageIsOfferedToBeShown()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_window->label(status), u"201–250 of 250"_s);

    create(u"Logs <b>"_s);

    QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Show it"_s));
    QVERIFY(m_window->shows(u"Created Logs <b>"_s));
    QCOMPARE(m_window->label(status), u"201–251 of 251"_s);

    m_window->click(u"First page"_s); // where it is
    QTRY_COMPARE(m_window->label(status), u"1–100 of 251"_s);
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Show it"_s));
}

void MainWindowTest::whatWasCreatedIsSaidIfItsPageDoesNotCome_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::newRow("it fails") << false;
    QTest::newRow("it is stopped") << true;
}

void MainWindowTest::whatWasCreatedIsSaidIfItsPageDoesNotCome()
{
    QFETCH(bool, isStopped);
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    const QByteArray plant = "/applications/" + FakeLosant::applicationId(1).toUtf8() + "/credentials";
    m_losant->setException([plant, isStopped](const RecordedRequest &request) {
        ScriptedReply reply;
        reply.status = 400;
        reply.way = isStopped ? ScriptedReply::Way::Stall : ScriptedReply::Way::Whole;
        const bool isPage = request.method == "GET" && request.path() == plant;
        return isPage ? std::optional(reply) : std::nullopt;
    });
    create(u"Logs"_s);
    if (isStopped) {
        QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Stop"_s));
        m_window->click(u"Stop"_s);
    }

    QTRY_VERIFY(
        m_window->has(QAccessible::PushButton, u"Show it"_s)); // once it is clear that the page does not come
    QVERIFY(m_window->shows(u"Created Logs"_s));
    QCOMPARE(m_losant->server().count("POST"), 1);
}

void MainWindowTest::aNewRowIsNotOfferedInAnotherApplication()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    const QByteArray plant = "/applications/" + FakeLosant::applicationId(1).toUtf8() + "/credentials";
    m_losant->setException([plant](const RecordedRequest &request) {
        const bool isPage = request.method == "GET" && request.path() == plant;
        return isPage ? std::optional(ScriptedReply{.way = ScriptedReply::Way::Stall}) : std::nullopt;
    });
    create(u"Logs"_s); // and the page with it does not come

    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);

    QTRY_COMPARE(m_window->label(status), u"1–3 of 3"_s);
    QVERIFY(!m_window->shows(u"Created Logs"_s));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Show it"_s));
}

void MainWindowTest::showItFindsTheNewRow()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    m_window->line(u"Filter credentials"_s)->setFocus();
    m_window->type(u"Credential 2*"_s);
    m_window->key(Qt::Key_Return);
    QTRY_COMPARE(m_window->label(status), u"1–62 of 62"_s);
    create(u"Logs"_s);
    QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Show it"_s));

    m_window->click(u"Show it"_s);

    QTRY_COMPARE(m_window->label(status), u"1–100 of 251"_s);
    QCOMPARE(currentName(), u"Logs"_s);
    QCOMPARE(m_losant->asked(u"sortField"_s), u"creationDate"_s);
    QCOMPARE(m_losant->asked(u"sortDirection"_s), u"desc"_s);
    QVERIFY(!m_losant->pageRequests().back().hasParameter(u"filter"_s));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Show it"_s));
    QCOMPARE(m_window->line(u"Filter credentials"_s)->text(), QString());
}

void MainWindowTest::creatingCountsOneMore()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    create(u"Logs"_s);
    const QTreeView *tree = m_window->tree(u"Applications"_s);
    QTRY_COMPARE(tree->currentIndex().siblingAtColumn(1).data().toString(), u"251"_s);
}

void MainWindowTest::anApplicationOpenedMeanwhileIsLeftAlone()
{
    open(*m_losant);
    QTRY_COMPARE(m_window->label(status), u"1–100 of 250"_s);
    m_window->click(u"Last page"_s);
    QTRY_COMPARE(m_window->label(status), u"201–250 of 250"_s);
    create(u"Logs"_s);
    QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Show it"_s));

    m_window->tree(u"Applications"_s)->setFocus();
    m_window->key(Qt::Key_Down);

    QTRY_COMPARE(m_window->label(status), u"1–3 of 3"_s);
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Show it"_s));
}

QTEST_MAIN(MainWindowTest)
#include "mainwindowtest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/applicationiddialog.h"
#include "edit/publickeypage.h"
#include "gui/createdialogdriver.h"
#include "gui/shownmarkup.h"
#include "signin/profiledialog.h"
#include "widgets/messagebox.h"
#include "widgets/plainlabel.h"
#include "widgets/texttools.h"

#include <QErrorMessage>
#include <QFileDialog>
#include <QGroupBox>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTextBrowser>
#include <QToolButton>
#include <QToolTip>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace {

const QString errorMessage = u"Error message"_s;
using MakeWidget = std::function<std::unique_ptr<QWidget>()>;

template<typename Widget>
void row(const char *name, void (*setUp)(Widget &))
{
    QTest::newRow(name) << MakeWidget([setUp]() -> std::unique_ptr<QWidget> {
        auto widget = std::make_unique<Widget>();
        setUp(*widget);
        return widget;
    });
}

} // namespace

/// Whatever comes from outside is shown literally, wherever the program repeats it.
class OddTextsTest : public QObject, private OddScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void markupIsFound_data()
    {
        QTest::addColumn<MakeWidget>("make");
        row<QLabel>("a label", [](QLabel &label) { label.setText(odd); });
        row<QLabel>("a label of other HTML", [](QLabel &label) { label.setText(u"<b>bold</b>"_s); });
        row<QLabel>("a label of Markdown", [](QLabel &label) {
            label.setTextFormat(Qt::MarkdownText);
            label.setText(odd);
        });
        row<PlainLabel>("a format that was filled in", [](PlainLabel &label) { label.setText(odd.arg(7)); });
        row<PlainLabel>("a label of a field", [](PlainLabel &label) {
            label.setText(odd);
            label.setBuddy(&label);
        });
        row<QWidget>("a tool tip", [](QWidget &widget) {
            widget.setToolTip(odd);
            widget.setAccessibleDescription(odd);
        });
        row<QWidget>("a tool tip that is heard as HTML",
                     [](QWidget &widget) { widget.setToolTip(literalToolTip(odd)); });
        row<QWidget>("a tool tip that shows", [](QWidget &) { QToolTip::showText({}, odd); });
        row<QWidget>("a help text", [](QWidget &widget) { widget.setWhatsThis(odd); });
        row<QPushButton>("a button", [](QPushButton &button) { button.setText(odd); });
        row<QToolButton>("a button of an action with a tool tip", [](QToolButton &button) {
            button.setDefaultAction(new QAction(&button));
            button.defaultAction()->setToolTip(odd);
        });
        row<QMenu>("an entry of a menu", [](QMenu &menu) { menu.addAction(odd); });
        row<QMenu>("a menu", [](QMenu &menu) { menu.setTitle(odd); });
        row<QGroupBox>("a group", [](QGroupBox &box) { box.setTitle(odd); });
        row<QWidget>("a title", [](QWidget &widget) { widget.setWindowTitle(odd); });
        row<QTextBrowser>("a text", [](QTextBrowser &browser) { browser.setHtml(odd); });
        row<QMessageBox>("a message box of Qt's", [](QMessageBox &) {});
        row<QErrorMessage>("an error message of Qt's", [](QErrorMessage &) {});
        row<QInputDialog>("an input dialog of Qt's", [](QInputDialog &) {});
    }

    void markupIsFound()
    {
        QFETCH(MakeWidget, make);
        QCOMPARE(shownMarkup(odd), QStringList());
        const std::unique_ptr<QWidget> widget = make(); // hidden
        QVERIFY(!shownMarkup(odd).isEmpty());
    }

    void literalTextIsNotTakenForMarkup_data()
    {
        QTest::addColumn<MakeWidget>("make");
        row<PlainLabel>("a label", [](PlainLabel &label) { label.setText(u"Created "_s + odd); });
        row<PlainLabel>("a label that is cut", [](PlainLabel &label) { label.setText(singleLine(odd, 20)); });
        row<PlainLabel>("a label of a field", [](PlainLabel &label) {
            label.setText(withoutMnemonic(odd));
            label.setBuddy(&label);
        });
        row<QPushButton>("a button with a tool tip", [](QPushButton &button) {
            button.setText(withoutMnemonic(odd));
            button.setToolTip(literalToolTip(odd));
            button.setAccessibleDescription(odd);
        });
        row<QToolButton>("a button of an action", [](QToolButton &button) {
            button.setDefaultAction(new QAction(withoutMnemonic(odd), &button));
            button.defaultAction()->setToolTip(u"a"_s);
        });
        row<QMenu>("an entry of a menu", [](QMenu &menu) { menu.addAction(withoutMnemonic(odd)); });
        row<QWidget>("a title", [](QWidget &widget) { widget.setWindowTitle(withoutPlaceholder(odd)); });
        row<QPlainTextEdit>("a text", [](QPlainTextEdit &edit) { edit.setPlainText(odd); });
    }

    void literalTextIsNotTakenForMarkup()
    {
        QFETCH(MakeWidget, make);
        const std::unique_ptr<QWidget> widget = make();
        QCOMPARE(placesShowing(odd), 0);
        widget->show();
        QCOMPARE(shownMarkup(odd), QStringList());
        QCOMPARE(placesShowing(odd), 1);
    }

    void theBrowserIsLiteral()
    {
        QJsonObject unknown = oddRow();
        unknown[odd + u"Config"_s] = QJsonObject{{odd, odd}, {u"deep"_s, QJsonObject{{odd, odd}}}};
        QJsonObject aws = FakeLosant::credential(odd, 2, u"aws"_s);
        aws[u"awsConfig"_s] = QJsonObject{{u"region"_s, odd}, {u"accessKeyId"_s, odd}, {odd, odd}};
        m_losant->setCredentials(FakeLosant::applicationId(1), {unknown, aws});
        open();
        QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–2 of 2"_s);
        for (int row = 0; row < 2; ++row) {
            m_window->table(u"Credentials"_s)->selectRow(row);
            QTRY_VERIFY(m_window->visibleText().contains(row == 0 ? u"deep."_s + odd : u"Region"_s));
            QVERIFY_LITERAL(odd);
            QVERIFY(placesShowing(odd) >= (row == 0 ? 11 : 7));
        }
    }

    void theToolTipsOfItemsAreLiteral()
    {
        m_losant->setCredentials(FakeLosant::applicationId(1), {oddRow()});
        open();
        QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–1 of 1"_s);
        const int elsewhere = placesShowing(odd);
        QTableView *table = m_window->table(u"Credentials"_s);
        for (const QString &column : {u"Name"_s, u"Type"_s, u"Description"_s, u"Created by"_s}) {
            const QModelIndex index = table->model()->index(0, GuiProbe::columnOf(*table, column));
            table->setColumnHidden(index.column(), false);
            table->setColumnWidth(index.column(), 60);
            table->scrollTo(index);
            hover(*table, index);
            QVERIFY_LITERAL(odd);
            QCOMPARE(placesShowing(odd), elsewhere + 1);
        }
        const QTreeView *tree = m_window->tree(u"Applications"_s);
        const QModelIndex group = tree->model()->index(1, 0);
        for (const QModelIndex &index : {group, tree->model()->index(0, 0, group)}) {
            hover(*tree, index);
            QVERIFY_LITERAL(odd);
            QCOMPARE(placesShowing(odd), elsewhere + 1);
        }
    }

    void theMenusAreLiteral()
    {
        open(saveProfiles());
        const auto buttons = m_window->window().findChildren<QToolButton *>();
        const auto account = std::ranges::find_if(buttons, [](const QToolButton *b) { return b->menu(); });
        QVERIFY(account != buttons.end());
        const int before = placesShowing(odd);
        QTest::mouseClick(*account, Qt::LeftButton);
        QTRY_VERIFY((*account)->menu()->isVisible());
        QVERIFY_LITERAL(odd);
        for (const QAction *action : (*account)->menu()->actions()) {
            if (QMenu *menu = action->menu()) { // profiles, order and columns
                menu->popup({100, 100});
                QTRY_VERIFY(menu->isVisible());
                QVERIFY_LITERAL(odd);
                QCOMPARE(placesShowing(odd), before + (action->text() == "&Profiles"_L1 ? 2 : 0));
                menu->close();
            }
        }
    }

    void aPageThatFailsIsLiteral_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("it is refused") << 400;
        QTest::newRow("it is not permitted") << 403;
        QTest::newRow("the server fails") << 500;
        QTest::newRow("the answer is unexpected") << 418;
    }

    void aPageThatFailsIsLiteral()
    {
        QFETCH(int, status);
        for (const bool hadRows : {false, true}) {
            m_losant->failPages(hadRows ? std::nullopt : std::optional(FakeLosant::error(status, odd)));
            open();
            if (hadRows) {
                QTRY_VERIFY(m_window->shows(u"No credentials yet"_s));
                m_losant->failPages(FakeLosant::error(status, odd));
                m_window->key(Qt::Key_F5);
            }
            QTRY_VERIFY_WITH_TIMEOUT(m_window->has(QAccessible::StaticText, errorMessage), 20'000);
            QVERIFY(m_window->label(errorMessage).contains(odd));
            QVERIFY_LITERAL(odd);
            m_window.reset();
        }
    }

    void applicationsThatFailAreLiteral()
    {
        answer("/applications", FakeLosant::error(400, odd));
        open();
        QTRY_VERIFY(m_window->visibleText().count(u"“"_s + odd + u"”"_s) == 2); // in the list and beside it
        QVERIFY_LITERAL(odd);
    }

    void aSearchWithoutAMatchIsLiteral()
    {
        open();
        QTRY_VERIFY(m_window->tree(u"Applications"_s)->model()->rowCount() > 0);
        m_window->line(u"Search applications"_s)->setText(u"? "_s + odd);
        QTRY_VERIFY(m_window->shows(u"No application has “? "_s + odd + u"” in its name."_s));
        QVERIFY_LITERAL(odd);
    }

    void theProductionBannerIsLiteral()
    {
        for (const bool isReadOnly : {false, true}) {
            Profile shown = production();
            shown.isReadOnly = isReadOnly;
            open(shown);
            QVERIFY(m_window->label(u"Profile"_s).startsWith(u"Production: "_s + odd));
            QVERIFY_LITERAL(odd);
        }
    }

    void aNewRowIsLiteral()
    {
        openForm();
        form().click(u"Create"_s);
        QTRY_VERIFY(!m_form && m_window->has(QAccessible::Table, u"Credentials"_s) &&
                    m_window->column(u"Credentials"_s, u"Name"_s) == QStringList{odd});
        QTRY_VERIFY(m_window->has(QAccessible::EditableText, u"Name"_s));
        QVERIFY_LITERAL(odd);
    }

    void aNewRowOfAnotherPageIsLiteral()
    {
        m_losant->setCredentials(FakeLosant::applicationId(1), FakeLosant::someCredentials(150));
        open();
        QTRY_VERIFY(m_window->isEnabled(QAccessible::PushButton, u"Last page"_s));
        m_window->click(u"Last page"_s);
        QTRY_COMPARE(m_window->label(u"Page status"_s), u"101–150 of 150"_s);
        openForm();
        form().click(u"Create"_s);
        QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Show it"_s));
        QVERIFY(m_window->shows(u"Created "_s + odd));
        QVERIFY_LITERAL(odd);
    }

    void aRefusedCreateIsLiteral_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QStringList>("fields");
        QTest::newRow("of fields that are known")
            << 400 << QStringList{u"name"_s, u"sendgridConfig.apiKey"_s};
        QTest::newRow("of a field that is not known") << 400 << QStringList{odd};
        QTest::newRow("of no field") << 409 << QStringList();
        QTest::newRow("of an odd status") << 422 << QStringList();
    }

    void aRefusedCreateIsLiteral()
    {
        QFETCH(int, status);
        QFETCH(QStringList, fields);
        QJsonArray problems;
        for (const QString &field : fields)
            problems.append(QJsonObject{{u"name"_s, field}, {u"message"_s, odd}});
        answer("POST", json({{u"message"_s, odd}, {u"validationErrors"_s, problems}}, status));
        openForm();
        form().click(u"Create"_s);
        const QString part = fields.contains(u"name"_s) ? u"Name problem"_s : errorMessage;
        QTRY_VERIFY(form().has(QAccessible::StaticText, part));
        QVERIFY(form().label(part).contains(fields == QStringList{odd} ? odd + u": "_s + odd : odd));
        QVERIFY_LITERAL(odd);
    }

    void aCreateWithoutAnAnswerIsLiteral_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("the server has failed") << 500;
        QTest::newRow("its answer is unexpected") << 423;
    }

    void aCreateWithoutAnAnswerIsLiteral()
    {
        QFETCH(int, status);
        answer("POST", FakeLosant::error(status, odd));
        open(production());
        openForm();
        form().click(u"Create"_s);
        boxOver(m_form).click(u"Create in production"_s);
        QTRY_VERIFY(form().shows(u"The answer was lost. Looking whether it was created…"_s));
        QVERIFY_LITERAL(odd);
        form().click(u"Cancel"_s); // the looking
        QTRY_VERIFY(form().has(QAccessible::StaticText, errorMessage));
        QVERIFY(form().label(errorMessage).startsWith(u"It may have been created"_s));
        QVERIFY(form().label(errorMessage).contains(odd));
        QVERIFY_LITERAL(odd);
        form().click(u"Create"_s);
        QVERIFY(boxOver(m_form).visibleText().contains(odd + u" is marked as production."_s));
        QVERIFY_LITERAL(odd);
    }

    void theQuestionsOfTheFormAreLiteral()
    {
        open(production());
        openForm();
        form().click(u"Create"_s);
        QVERIFY(boxOver(m_form).shows(u"Create "_s + odd + u" in production?"_s));
        QVERIFY(
            boxOver(m_form).visibleText().contains(odd + u" is marked as production. Workflows of "_s + odd));
        QVERIFY_LITERAL(odd);
        boxOver(m_form).click(u"Keep editing"_s);
        form().click(u"Cancel"_s);
        QVERIFY(boxOver(m_form).visibleText().contains(u"Discard what you typed?"_s));
        QVERIFY_LITERAL(odd);
    }

    void thePublicKeyIsLiteral()
    {
        for (const QString &type : {u"git"_s, u"snowflake"_s}) {
            PublicKeyPage page;
            page.showKey(odd, *findCredentialType(type), odd);
            page.show();
            QTRY_COMPARE(placesShowing(odd), 2);
            QVERIFY_LITERAL(odd);
        }
    }

    void aFileThatCanNotBeReadIsLiteral_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("it is not there") << QByteArray();
        QTest::newRow("it is no text") << QByteArray("\xff\xfe\x00", 3);
    }

    void aFileThatCanNotBeReadIsLiteral()
    {
        QFETCH(QByteArray, content);
        CreateDialogDriver driver;
        QFile file(driver.folder.filePath(oddFile));
        if (!content.isEmpty())
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush());
        driver.chooseType(u"Google Cloud Platform"_s);
        driver.click(u"Open file"_s);
        QPointer<QFileDialog> chooser = driver.dialog.findChild<QFileDialog *>();
        QVERIFY(chooser);
        Q_EMIT chooser->fileSelected(file.fileName());
        chooser->close();
        QTRY_VERIFY(!chooser);
        const QString words = content.isEmpty() ? u"” does not exist"_s : u"” is not a text file"_s;
        QVERIFY(driver.problem(u"Service account key"_s).startsWith(u"“"_s + oddFile + words));
        QVERIFY_LITERAL(oddFile);
    }

    void theProfilesToSignInToAreLiteral()
    {
        const OpenSignIn signIn(m_settings->settings, saveProfiles());
        QCOMPARE(signIn.probe.combo(u"Profile"_s)->currentText(), odd);
        QVERIFY_LITERAL(odd);
        signIn.probe.click(u"Forget"_s);
        QVERIFY(boxOver(&signIn.probe.window()).shows(u"Forget "_s + odd + u"?"_s));
        QVERIFY_LITERAL(odd);
        boxOver(&signIn.probe.window()).click(u"Cancel"_s);
    }

    void aServerUrlThatIsRefusedIsLiteral()
    {
        const OpenSignIn signIn(m_settings->settings, profile());
        signIn.probe.line(u"Server URL"_s)->setText(odd);
        signIn.probe.click(u"Sign in"_s);
        QVERIFY(signIn.probe.label(errorMessage).startsWith(u"“"_s + odd + u"” can't be used"_s));
        QVERIFY_LITERAL(odd);
    }

    void anEmailThatIsRefusedIsLiteral_data()
    {
        QTest::addColumn<QString>("email");
        QTest::addColumn<QString>("problem");
        QTest::newRow("it is none") << odd << u"“"_s + odd + u"” is not an email address."_s;
        QTest::newRow("it needs single sign-on") << oddEmail << oddEmail + u" signs in by single sign-on"_s;
    }

    void anEmailThatIsRefusedIsLiteral()
    {
        QFETCH(QString, email);
        QFETCH(QString, problem);
        answer("/auth/ssoDomain", json({{u"ssoType"_s, u"saml"_s}}));
        const OpenSignIn signIn(m_settings->settings, profile());
        signIn.probe.line(u"Email"_s)->setText(email);
        signIn.probe.click(u"Sign in"_s);
        QTRY_VERIFY(signIn.probe.has(QAccessible::StaticText, errorMessage));
        QVERIFY(signIn.probe.label(errorMessage).startsWith(problem));
        QVERIFY_LITERAL(odd);
    }

    void aRefusedSignInIsLiteral()
    {
        for (const int status : {400, 401, 404}) {
            answer("/me", FakeLosant::error(status, odd));
            const OpenSignIn signIn(m_settings->settings, profile());
            enterToken(signIn.probe, u"token"_s);
            QTRY_VERIFY(signIn.probe.has(QAccessible::StaticText, errorMessage));
            QVERIFY(signIn.probe.label(errorMessage).contains(odd));
            QVERIFY_LITERAL(odd);
        }
    }

    void theTokenOfAnotherUserIsLiteral()
    {
        expire("token");
        enterToken(again(), u"of-another"_s);
        QTRY_VERIFY(again().has(QAccessible::StaticText, errorMessage));
        QCOMPARE(again().label(errorMessage).count(oddEmail), 3);
        QVERIFY_LITERAL(odd);
    }

    void theTokenOfNobodyIsLiteral()
    {
        expire("token");
        enterToken(again(), u"of-nobody"_s);
        QVERIFY(boxOver(m_again).visibleText().contains(u"What is shown is what "_s + oddEmail));
        QVERIFY_LITERAL(odd);
        boxOver(m_again).click(u"Enter another"_s);
    }

    void aUserInPlaceOfNobodyIsLiteral()
    {
        expire("of-nobody");
        enterToken(again(), u"of-another"_s);
        QVERIFY(boxOver(m_again).shows(u"Go on as "_s + oddEmail + u"?"_s));
        QVERIFY_LITERAL(odd);
        boxOver(m_again).click(u"Enter another"_s);
    }

    void profileSettingsAreLiteral()
    {
        Profile edited{.name = odd, .account = oddEmail, .connection = {.server = m_losant->url()}};
        edited.connection.losantDomain = odd;
        edited.connection.authorityFile = m_settings->folder.filePath(oddFile);
        edited.connection.proxy = {Connection::Proxy::Kind::Http, odd, 3128, odd};
        ProfileDialog dialog(edited, odd);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QVERIFY_LITERAL(odd);
        const GuiProbe probe(dialog);
        probe.line(u"Losant domain"_s)->clear();
        probe.click(u"Save"_s);
        QVERIFY(probe.label(errorMessage).contains(oddFile + u"” does not exist"_s));
        QVERIFY_LITERAL(oddFile);
    }

    void messagesAreLiteral()
    {
        QWidget window;
        window.setWindowTitle(withoutPlaceholder(odd));
        auto *box = new MessageBox(QStyle::SP_MessageBoxWarning, odd, odd, &window);
        box->addButton(u"OK"_s, QDialogButtonBox::RejectRole);
        box->open();
        QTRY_COMPARE(placesShowing(odd), 3); // its title, its text and its details
        QVERIFY_LITERAL(odd);
    }

    void anApplicationIdIsLiteral()
    {
        ApplicationIdDialog dialog;
        dialog.open();
        const GuiProbe probe(dialog);
        probe.line(u"Application ID"_s)->setText(odd);
        probe.click(u"Open"_s);
        QVERIFY(!probe.label(errorMessage).isEmpty());
        QVERIFY_LITERAL(odd);
    }
};

QTEST_MAIN(OddTextsTest)
#include "oddtextstest.moc"

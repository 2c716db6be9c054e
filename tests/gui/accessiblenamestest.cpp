// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"

#include "services/tokenstore.h"
#include "signin/signindialog.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTableView>
#include <QTimer>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace {

struct Part
{
    QAccessible::Role role;
    const char *name;
};

} // namespace

/// Every part of the window is found by role and name, as a screen reader does.
class AccessibleNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theMainWindowsParts_data();
    void theMainWindowsParts();
    void theFilterByTypeIsFoundByItsLabel();
    void theButtonsInTheSearchHaveNames();
    void theColumnHeadersAreInTheirOrder();
    void theBannersParts();
    void theProgressHasAName();
    void theRowsTellWhatTheyShow();
    void anApplicationsItemIsItsName();
    void everyButtonHasANameAndATip();
    void noNameHasAnEllipsis();
    void everyComboBoxHasALabel();
    void aPartThatIsNoLongerThereIsNoCrash();
    void theCreateDialogsParts();
    void theSignInDialogsParts();

private:
    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void AccessibleNamesTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->setCredentials(m_losant->addApplication(u"Plant floor"_s), FakeLosant::someCredentials(250));
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–100 of 250"_s);
}

void AccessibleNamesTest::cleanup()
{
    m_window.reset();
}

void AccessibleNamesTest::theMainWindowsParts_data()
{
    QTest::addColumn<QAccessible::Role>("role");
    QTest::addColumn<QString>("name");
    const auto row = [](QAccessible::Role role, const char *name) {
        QTest::newRow(name) << role << QString::fromLatin1(name);
    };
    row(QAccessible::Tree, "Applications");
    row(QAccessible::EditableText, "Search applications");
    row(QAccessible::Table, "Credentials");
    row(QAccessible::ComboBox, "Filter by");
    row(QAccessible::EditableText, "Filter credentials");
    row(QAccessible::PushButton, "First page");
    row(QAccessible::PushButton, "Previous page");
    row(QAccessible::PushButton, "Next page");
    row(QAccessible::PushButton, "Last page");
    row(QAccessible::ComboBox, "Rows per page");
    row(QAccessible::StaticText, "Page status");
    row(QAccessible::PushButton, "New credential");
    row(QAccessible::PushButton, "Refresh");
    row(QAccessible::PushButton, "Back");
    row(QAccessible::PushButton, "Forward");
    row(QAccessible::SpinBox, "Page number");
    row(QAccessible::Grouping, "Credential details");
}

void AccessibleNamesTest::theMainWindowsParts()
{
    QFETCH(QAccessible::Role, role);
    QFETCH(QString, name);
    QVERIFY(m_window->has(role, name));
}

void AccessibleNamesTest::theFilterByTypeIsFoundByItsLabel()
{
    m_window->choose(u"Filter by"_s, u"Type"_s);
    QVERIFY(m_window->has(QAccessible::ComboBox, u"Filter credentials"_s));
    const QLineEdit *line = m_window->combo(u"Filter credentials"_s)->lineEdit();
    QCOMPARE(line->accessibleName(), u"Filter credentials"_s);
    m_window->choose(u"Filter credentials"_s, u"HTTP"_s);
    QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Clear filter"_s));
}

void AccessibleNamesTest::theButtonsInTheSearchHaveNames()
{
    m_window->click(u"Go to the search"_s);
    QLineEdit *search = m_window->line(u"Search applications"_s);
    QVERIFY(search->hasFocus());
    m_window->type(u"x"_s);
    QTRY_VERIFY(m_window->has(QAccessible::PushButton, u"Clear search"_s));
    m_window->click(u"Clear search"_s);
    QCOMPARE(search->text(), QString());
}

void AccessibleNamesTest::theColumnHeadersAreInTheirOrder()
{
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_window->table(u"Credentials"_s));
    QStringList headers;
    for (int i = 0; i < table->childCount(); ++i) {
        QAccessibleInterface *child = table->child(i);
        if (child && child->role() == QAccessible::ColumnHeader)
            headers += child->text(QAccessible::Name);
    }
    QCOMPARE(headers.mid(0, 5),
             (QStringList{u"Name"_s, u"Type"_s, u"Status"_s, u"Created"_s, u"Last updated"_s}));
}

void AccessibleNamesTest::theBannersParts()
{
    m_losant->failPages(FakeLosant::error(400, u"no"_s));
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_window->has(QAccessible::StaticText, u"Error message"_s));
    QVERIFY(!m_window->label(u"Error message"_s).isEmpty());
    QVERIFY(m_window->has(QAccessible::PushButton, u"Retry"_s));
}

void AccessibleNamesTest::theProgressHasAName()
{
    m_losant->setDelay(std::chrono::milliseconds(700));
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_window->has(QAccessible::ProgressBar, u"Loading"_s));
}

void AccessibleNamesTest::theRowsTellWhatTheyShow()
{
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_window->table(u"Credentials"_s));
    QCOMPARE(table->tableInterface()->cellAt(3, 0)->text(QAccessible::Name), u"Credential 4"_s);
    QCOMPARE(table->tableInterface()->cellAt(3, 1)->text(QAccessible::Name), u"Amazon Web Services"_s);
    QCOMPARE(table->tableInterface()->cellAt(3, 2)->text(QAccessible::Name), u"Disabled"_s);
}

void AccessibleNamesTest::anApplicationsItemIsItsName()
{
    QAccessibleInterface *tree = QAccessible::queryAccessibleInterface(m_window->tree(u"Applications"_s));
    QStringList names;
    for (int i = 0; i < tree->childCount(); ++i)
        names += tree->child(i)->text(QAccessible::Name);
    QVERIFY2(names.contains(u"Plant floor"_s), qPrintable(names.join(u", "_s)));
}

void AccessibleNamesTest::everyButtonHasANameAndATip()
{
    for (const QAbstractButton *button : m_window->window().findChildren<QAbstractButton *>()) {
        if (!button->isVisible() || button->objectName().startsWith(u"qt_"_s))
            continue;
        const QString name = QAccessible::queryAccessibleInterface(const_cast<QAbstractButton *>(button))
                                 ->text(QAccessible::Name);
        QVERIFY2(!name.isEmpty(),
                 qPrintable(button->toolTip() + QString::fromLatin1(button->metaObject()->className())));
        if (button->text().isEmpty())
            QVERIFY2(!button->toolTip().isEmpty(), qPrintable(name));
    }
}

void AccessibleNamesTest::noNameHasAnEllipsis()
{
    for (const QWidget *part : m_window->window().findChildren<QWidget *>())
        QVERIFY2(!part->accessibleName().contains(u'…') && !part->accessibleName().contains(u"..."_s),
                 qPrintable(part->accessibleName()));
}

void AccessibleNamesTest::everyComboBoxHasALabel()
{
    for (QComboBox *box : m_window->window().findChildren<QComboBox *>()) {
        if (!box->isVisible())
            continue;
        const auto relations = QAccessible::queryAccessibleInterface(box)->relations(QAccessible::Label);
        QVERIFY2(!relations.isEmpty(), qPrintable(box->currentText()));
        const auto *label = qobject_cast<QLabel *>(relations.first().first->object());
        QVERIFY(label);
        QVERIFY(label->isVisible());
    }
}

void AccessibleNamesTest::aPartThatIsNoLongerThereIsNoCrash()
{
    for (QWidget *widget : m_window->window().findChildren<QWidget *>()) {
        if (qobject_cast<QAbstractItemView *>(widget))
            continue; // its parts are its rows
        if (QAccessibleInterface *part = QAccessible::queryAccessibleInterface(widget))
            QVERIFY2(!part->child(part->childCount() + 3), widget->metaObject()->className());
    }
}

void AccessibleNamesTest::theCreateDialogsParts()
{
    bool isLookedAt = false;
    QTimer::singleShot(0, this, [&] {
        QTRY_VERIFY(QApplication::activeModalWidget());
        const GuiProbe dialog(*QApplication::activeModalWidget());
        const CloseAtEnd close{dialog.window()};
        QTRY_VERIFY(dialog.hasFocus());
        QCOMPARE(QAccessible::queryAccessibleInterface(&dialog.window())->role(), QAccessible::Dialog);
        QCOMPARE(dialog.window().windowTitle(), u"New credential"_s);
        const auto *types = qobject_cast<QListView *>(dialog.part(QAccessible::List, u"Credential type"_s));
        QVERIFY(types);
        QCOMPARE(types->model()->rowCount(), 16);
        dialog.type(u"sql"_s);
        dialog.key(Qt::Key_Return);
        for (const Part &part :
             {Part{QAccessible::EditableText, "Name"}, Part{QAccessible::EditableText, "Description"},
              Part{QAccessible::CheckBox, "Enabled"}, Part{QAccessible::EditableText, "Host"},
              Part{QAccessible::SpinBox, "Port"}, Part{QAccessible::EditableText, "Username"},
              Part{QAccessible::EditableText, "Password"}, Part{QAccessible::CheckBox, "Secure connection"},
              Part{QAccessible::EditableText, "CA certificate"},
              Part{QAccessible::CheckBox, "Disable SSL verification"}, Part{QAccessible::ComboBox, "System"},
              Part{QAccessible::PushButton, "Create"}, Part{QAccessible::PushButton, "Cancel"}})
            QTRY_VERIFY2(dialog.has(part.role, QString::fromLatin1(part.name)), part.name);
        dialog.click(u"Create"_s);
        QTRY_VERIFY(dialog.has(QAccessible::StaticText, u"Host problem"_s));
        QVERIFY(!dialog.label(u"Host problem"_s).isEmpty());
        QVERIFY(dialog.has(QAccessible::StaticText, u"Error message"_s));
        isLookedAt = true;
    });
    m_window->click(u"New credential"_s);
    QTRY_VERIFY(isLookedAt);
    QTRY_VERIFY(!QApplication::activeModalWidget());
}

void AccessibleNamesTest::theSignInDialogsParts()
{
    TestSettings settings;
    ProfileStore profiles(settings.settings);
    TokenStore tokens(u"io.github.credenza.Test"_s);
    SignInDialog dialog(profiles, tokens, {.connection = {.server = m_losant->url()}}, false);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    const GuiProbe probe(dialog);
    QCOMPARE(QAccessible::queryAccessibleInterface(&dialog)->role(), QAccessible::Dialog);
    QCOMPARE(dialog.windowTitle(), u"Sign in"_s);
    QVERIFY(probe.has(QAccessible::EditableText, u"Server URL"_s));
    QVERIFY(probe.has(QAccessible::EditableText, u"API token"_s));
    QVERIFY(probe.has(QAccessible::EditableText, u"Email"_s));
    QVERIFY(probe.has(QAccessible::EditableText, u"Password"_s));
    QVERIFY(QAccessible::queryAccessibleInterface(probe.part(QAccessible::EditableText, u"Password"_s))
                ->state()
                .passwordEdit);
    QVERIFY(probe.has(QAccessible::PushButton, u"Sign in"_s));
    QVERIFY(probe.has(QAccessible::PushButton, u"Open the sandbox"_s));
}

QTEST_MAIN(AccessibleNamesTest)
#include "accessiblenamestest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

/// What a profile makes of the window: production, read only, and the way to another.
class ProfileWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aProductionProfileSaysSoAllTheTime();
    void anOrdinaryProfileHasNoBanner();
    void creatingInProductionAsksOnceMore();
    void aReadOnlyProfileOffersNothingThatWrites();
    void theMenuLeadsToTheOtherProfiles();
    void signingOutIsOffered();

private:
    void open(const Profile &profile);
    Profile profile() const { return {.name = u"West"_s, .connection = {.server = m_losant->url()}}; }
    QAction *action(const QString &text) const;

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
    QString m_plant;
};

void ProfileWindowTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_plant = m_losant->addApplication(u"Plant floor"_s);
    m_losant->setCredentials(m_plant, FakeLosant::someCredentials(3));
    m_settings = std::make_unique<TestSettings>();
}

void ProfileWindowTest::cleanup()
{
    m_window.reset();
}

void ProfileWindowTest::open(const Profile &profile)
{
    m_window = std::make_unique<OpenWindow>(profile, m_settings->settings);
    QTRY_COMPARE(m_window->label(u"Page status"_s).section(u" of "_s, 0, 0), u"1–3"_s);
}

QAction *ProfileWindowTest::action(const QString &text) const
{
    for (QAction *action : m_window->window().findChildren<QAction *>()) {
        if (action->text().remove(u'&') == text)
            return action;
    }
    qFatal("There is no action %s", qUtf8Printable(text));
}

void ProfileWindowTest::aProductionProfileSaysSoAllTheTime()
{
    Profile production = profile();
    production.isProduction = true;
    open(production);
    QVERIFY(m_window->label(u"Profile"_s).contains(u"Production: West"_s));
}

void ProfileWindowTest::anOrdinaryProfileHasNoBanner()
{
    open(profile());
    QVERIFY(!m_window->has(QAccessible::StaticText, u"Profile"_s));
}

void ProfileWindowTest::creatingInProductionAsksOnceMore()
{
    Profile production = profile();
    production.isProduction = true;
    open(production);
    m_window->click(u"New credential"_s);
    QWidget *dialog = QApplication::activeModalWidget();
    QVERIFY(dialog);
    const CloseAtEnd closes(*dialog);
    const GuiProbe form(*dialog);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    auto *types = qobject_cast<QListView *>(form.part(QAccessible::List, u"Credential type"_s));
    const auto found = types->model()->match(types->model()->index(0, 0), Qt::DisplayRole, u"Snowflake"_s);
    types->scrollTo(found.value(0));
    QTest::mouseClick(types->viewport(), Qt::LeftButton, {}, types->visualRect(found.value(0)).center());
    form.line(u"Name"_s)->setText(u"Lake"_s);
    form.line(u"Host"_s)->setText(u"abc.snowflakecomputing.com"_s);
    form.line(u"Username"_s)->setText(u"LOSANT"_s);
    qobject_cast<QAbstractButton *>(form.part(QAccessible::CheckBox, u"Generate a private key"_s))->click();

    form.click(u"Create"_s);
    QTRY_VERIFY(QApplication::activeModalWidget() != dialog);
    GuiProbe(*QApplication::activeModalWidget()).click(u"Keep editing"_s);
    QTRY_COMPARE(QApplication::activeModalWidget(), dialog);
    QCOMPARE(m_losant->server().count("POST"), 0);

    form.click(u"Create"_s);
    QTRY_VERIFY(QApplication::activeModalWidget() != dialog);
    GuiProbe(*QApplication::activeModalWidget()).click(u"Create in production"_s);
    QTRY_COMPARE(m_losant->server().count("POST"), 1);
}

void ProfileWindowTest::aReadOnlyProfileOffersNothingThatWrites()
{
    Profile readOnly = profile();
    readOnly.isReadOnly = true;
    open(readOnly);
    QVERIFY(!m_window->isEnabled(QAccessible::PushButton, u"New credential"_s));
    QVERIFY(m_window->button(u"New credential"_s)->toolTip().contains(u"read only"_s));
    m_window->key(Qt::Key_N, Qt::ControlModifier);
    QVERIFY(!QApplication::activeModalWidget());

    m_losant->setCredentials(m_plant, {});
    m_window->key(Qt::Key_F5);
    QTRY_VERIFY(m_window->shows(u"No credentials yet"_s));
    QVERIFY(!m_window->visibleText().contains(u"New credential"_s) ||
            !m_window->isEnabled(QAccessible::PushButton, u"New credential"_s));
}

void ProfileWindowTest::theMenuLeadsToTheOtherProfiles()
{
    ProfileStore store(m_settings->settings);
    Profile west = profile();
    Profile east{.name = u"East & co"_s, .connection = {.server = QUrl(u"https://east.example.com"_s)}};
    store.save(west);
    store.save(east);
    open(west);
    QSignalSpy chosen(&m_window->mainWindow(), &MainWindow::profileChosen);

    Q_EMIT action(u"Profiles"_s)->menu()->aboutToShow();
    QVERIFY(action(u"West"_s)->isChecked());
    for (QAction *other : action(u"Profiles"_s)->menu()->actions()) {
        if (other->text() == u"East && co"_s)
            other->trigger();
    }
    QCOMPARE(chosen.value(0).value(0).toString(), east.id);
}

void ProfileWindowTest::signingOutIsOffered()
{
    open(profile());
    QSignalSpy asked(&m_window->mainWindow(), &MainWindow::signOutRequested);
    action(u"Sign out"_s)->trigger();
    QCOMPARE(asked.size(), 1);
}

QTEST_MAIN(ProfileWindowTest)
#include "profilewindowtest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "accountmenu.h"
#include "browse/applicationsidebar.h"
#include "browse/credentialspage.h"
#include "browse/credentialtableview.h"
#include "browse/rememberedquery.h"
#include "pagestack.h"
#include "perflog.h"
#include "services/session.h"
#include "services/settingskeys.h"
#include "widgets/focusreturn.h"
#include "widgets/menubutton.h"
#include "widgets/messagebanner.h"
#include "widgets/messagebox.h"
#include "widgets/plainlabel.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMenu>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr QEvent::Type wasPainted = QEvent::User;

/// The first page comes before what only matters once the network changes.
constexpr std::chrono::seconds networkWatchDelay{2};

} // namespace

MainWindow::MainWindow(Session &session, const ProfileStore &profiles, QSettings &settings,
                       const QString &applicationId, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_profiles(profiles)
    , m_settings(settings)
    , m_remembered(applicationId.isEmpty() ? rememberedApplication(settings, session) : QString())
    , m_applications(session.applications())
    , m_sidebar(new ApplicationSidebar(m_applications))
    , m_pages(new PageStack(session, m_applications, settings,
                            !applicationId.isEmpty()                                ? applicationId
                            : m_remembered != ApplicationTreeModel::allApplications ? m_remembered
                                                                                    : QString()))
    , m_page(&m_pages->page())
    , m_banner(new MessageBanner(tr("Profile"), QStyle::SP_MessageBoxWarning, MessageBanner::Tone::Attention))
    , m_splitter(new QSplitter)
    , m_account(new MenuButton)
{
    new FocusReturn(this);
    const QString &first = m_page->query().applicationId;
    m_applications.setOwnApplication(first);
    m_applications.setListsAll(true);
    m_listComesLater = !first.isEmpty(); // its first page comes first
    if (!m_listComesLater)
        m_applications.load();

    m_splitter->addWidget(m_sidebar);
    m_splitter->addWidget(m_pages);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(8);
    m_sidebar->setMinimumWidth(160);
    auto *central = new QWidget;
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(6, 6, 6, 6);
    column->addWidget(toolRow());
    column->addWidget(m_banner);
    column->addWidget(m_splitter, 1);
    setCentralWidget(central);
    makeBanner();
    makeMenu();
    connectParts();
    restoreState();
    showAccount();
    if (m_remembered == ApplicationTreeModel::allApplications)
        m_pages->openAll();
    else
        applicationShown(m_page->query().applicationId);
}

MainWindow::~MainWindow() = default;

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (isAnyWorkUnsaved()) {
        event->ignore();
        afterUnsavedWork(this, [this] { close(); });
        return;
    }
    saveState();
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

void MainWindow::saveState()
{
    m_pages->saveState();
    m_settings.setValue(SettingsKeys::windowGeometry, saveGeometry());
    m_settings.setValue(SettingsKeys::windowSplitter, m_splitter->saveState());
}

bool MainWindow::hasUnsavedWork() const
{
    return m_pages->hasUnsavedWork();
}

void MainWindow::giveUpWork(std::function<void()> then)
{
    m_pages->giveUpWork(std::move(then));
}

void MainWindow::showProblem(const QString &name, const QString &problem)
{
    auto *banner = new MessageBanner(name, QStyle::SP_MessageBoxWarning, MessageBanner::Tone::Attention);
    banner->addCloseButton();
    auto *column = static_cast<QVBoxLayout *>(centralWidget()->layout());
    column->insertWidget(column->indexOf(m_banner) + 1, banner);
    banner->showMessage(problem);
}

bool MainWindow::event(QEvent *event)
{
    const bool isHandled = QMainWindow::event(event);
    if (event->type() == QEvent::Paint && !m_wasPainted) {
        m_wasPainted = true;
        // The children are painted in the same go; then this comes before anything that waits already.
        QCoreApplication::postEvent(this, new QEvent(wasPainted), Qt::HighEventPriority);
    } else if (event->type() == wasPainted) {
        logPerf("window-painted");
        QTimer::singleShot(networkWatchDelay, &m_session, &Session::watchNetwork);
        if (m_listComesLater)
            m_applications.load(); // and the account
        else
            m_session.loadAccount();
        Q_EMIT painted();
    }
    return isHandled;
}

/// No QToolBar: making one searches for image plugins, and Fusion has a pool of threads paint its edges,
/// which together takes longer than the first page does to be read and shown.
QWidget *MainWindow::toolRow()
{
    auto *tools = new QWidget;
    tools->setAccessibleName(tr("Actions"));
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    const int iconSize = style()->pixelMetric(QStyle::PM_ToolBarIconSize);
    const PageActions &actions = m_page->actions();
    for (QAction *action : {actions.create, actions.refresh, actions.back, actions.forward}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setIconSize(QSize(iconSize, iconSize));
        button->setAutoRaise(true);
        button->setAccessibleName(action->text());
        button->setFocusPolicy(Qt::TabFocus);
        if (action == actions.create)
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        row->addWidget(button);
    }
    row->addStretch();
    if (m_session.isSandbox()) {
        auto *icon = new PlainLabel;
        icon->setPixmap(symbolicIcon(u"info"_s).pixmap(QSize(16, 16), devicePixelRatioF()));
        auto *notice = new PlainLabel(tr("Sandbox: sample data, nothing is kept"));
        notice->setToolTip(tr("What you create or change here is gone when you quit."));
        notice->setContentsMargins(4, 0, 12, 0);
        row->addWidget(icon);
        row->addWidget(notice);
    }
    m_account->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_account->setIcon(symbolicIcon(u"account"_s));
    m_account->setFocusPolicy(Qt::TabFocus);
    m_account->setToolTip(tr("Account, view and help (Alt+M)"));
    m_account->setAutoRaise(true);
    m_account->setIconSize(QSize(iconSize, iconSize));
    // A long address is cut, the window not widened.
    m_account->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_account->setMinimumWidth(4 * iconSize);
    row->addWidget(m_account);
    connect(new QShortcut(QKeySequence(u"Alt+M"_s), this), &QShortcut::activated, m_account,
            &MenuButton::openMenu);
    return tools;
}

void MainWindow::makeBanner()
{
    const Profile &profile = m_session.profile();
    const QString title = quoted(profile.title(), 80);
    if (profile.isProduction && profile.isReadOnly)
        m_banner->showMessage(tr("Production: %1. This profile is read only.").arg(title));
    else if (profile.isProduction)
        m_banner->showMessage(
            tr("Production: %1. What you create, change or delete here is real.").arg(title));
}

void MainWindow::makeMenu()
{
    auto *menu = new AccountMenu(m_session, m_profiles, this);
    connect(menu, &AccountMenu::profileChosen, this, &MainWindow::profileChosen);
    connect(menu, &AccountMenu::profileSettingsRequested, this, &MainWindow::profileSettingsRequested);
    connect(menu, &AccountMenu::signInRequested, this, &MainWindow::signInRequested);
    connect(menu, &AccountMenu::signOutRequested, this, &MainWindow::signOutRequested);
    menu->addSeparator();

    QAction *sidebar = menu->addAction(tr("&Applications"));
    sidebar->setCheckable(true);
    sidebar->setShortcut(Qt::Key_F8);
    sidebar->setChecked(m_settings.value(SettingsKeys::sidebarShown, true).toBool());
    m_sidebar->setVisible(sidebar->isChecked());
    connect(sidebar, &QAction::toggled, this, [this](bool isShown) {
        m_sidebar->setVisible(isShown);
        m_settings.setValue(SettingsKeys::sidebarShown, isShown);
    });
    addAction(sidebar);
    connect(new QShortcut(QKeySequence(u"Ctrl+K"_s), this), &QShortcut::activated, this, [this, sidebar] {
        sidebar->setChecked(true);
        m_sidebar->focusSearch();
    });
    menu->addAction(m_page->actions().showDetails);
    addAction(m_page->actions().showDetails);
    QMenu *sort = menu->addMenu(tr("Sor&t by"));
    for (const PageActions::Sort &by : m_page->actions().sorts)
        sort->addAction(by.action);
    QMenu *columns = menu->addMenu(tr("&Columns"));
    connect(columns, &QMenu::aboutToShow, this, [this, columns] {
        columns->clear();
        m_pages->table()->fillColumnMenu(columns, -1);
    });
    menu->addSeparator();
    connect(menu->addAction(tr("A&bout Credenza")), &QAction::triggered, this, &MainWindow::showAbout);
    QAction *quit = menu->addAction(tr("&Quit"));
    quit->setShortcut(QKeySequence(u"Ctrl+Q"_s));
    connect(quit, &QAction::triggered, this, &QWidget::close);
    addAction(quit);
    m_account->setMenu(menu);
}

void MainWindow::connectParts()
{
    connect(m_sidebar, &ApplicationSidebar::applicationChosen, m_page, &CredentialsPage::openApplication);
    connect(m_sidebar, &ApplicationSidebar::allChosen, m_pages, &PageStack::openAll);
    connect(m_sidebar, &ApplicationSidebar::applicationHovered, m_page,
            &CredentialsPage::prefetchApplication);
    connect(m_page, &CredentialsPage::applicationIdEntered, this, &MainWindow::openById);
    connect(m_page, &CredentialsPage::applicationsWanted, m_sidebar, &ApplicationSidebar::reload);
    connect(m_pages, &PageStack::stopRequested, m_sidebar, &ApplicationSidebar::stopLoading);
    connect(m_pages, &PageStack::signInWanted, this, &MainWindow::signInAgainRequested);
    connect(m_pages, &PageStack::applicationShown, this, &MainWindow::applicationShown);
    connect(m_page, &CredentialsPage::rowsShown, this, [this] { m_remembered.clear(); });
    connect(m_page, &CredentialsPage::loadRefused, this, &MainWindow::leaveRemembered);
    connect(&m_session.credentials(), &CredentialService::credentialsChanged, &m_applications,
            &ApplicationTreeModel::addToCount);
    connect(m_page, &CredentialsPage::credentialsCounted, &m_applications,
            &ApplicationTreeModel::setCredentialCount);
    connect(&m_applications, &ApplicationTreeModel::loadStarted, this, [this] {
        if (!m_session.account())
            m_session.loadAccount();
    });
    connect(&m_applications, &ApplicationTreeModel::pageLoaded, this, &MainWindow::applicationsLoaded);
    connect(&m_session, &Session::accountChanged, this, &MainWindow::showAccount);
    connect(&m_session, &Session::tokenChanged, m_sidebar, &ApplicationSidebar::tokenChanged);
    connect(&m_session, &Session::networkChanged, m_sidebar, &ApplicationSidebar::retrySoon);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_pages, &PageStack::focusFilter);
    connect(new QShortcut(QKeySequence(u"Ctrl+0"_s), this), &QShortcut::activated, this,
            &MainWindow::openAll);
    connect(&m_applications, &ApplicationTreeModel::loadFailed, this, &MainWindow::leaveRemembered);
}

void MainWindow::restoreState()
{
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(4, 40))); // of the frame
    restoreGeometry(m_settings.value(SettingsKeys::windowGeometry).toByteArray());
    m_splitter->setSizes({190, 1090});
    m_splitter->restoreState(m_settings.value(SettingsKeys::windowSplitter).toByteArray());
}

void MainWindow::applicationShown(const QString &applicationId)
{
    const bool isAll = applicationId == ApplicationTreeModel::allApplications;
    const Application *application = m_applications.find(applicationId);
    const QString name = isAll ? tr("All applications") : application ? application->name : QString();
    setWindowTitle(name.isEmpty() ? u"Credenza"_s
                                  : withoutPlaceholder(u"Credenza – %1"_s.arg(quoted(name, 100))));
    m_sidebar->showApplication(applicationId);
    if (applicationId != m_remembered)
        m_remembered.clear();
    if (!applicationId.isEmpty())
        rememberApplication(applicationId, m_settings, m_session);
}

void MainWindow::applicationsLoaded()
{
    leaveRemembered();
    if (m_pages->showsAll()) {
        applicationShown(ApplicationTreeModel::allApplications);
        return;
    }
    if (m_page->query().applicationId.isEmpty())
        m_page->openApplication(m_applications.firstApplicationId());
    applicationShown(m_page->query().applicationId);
}

/// For the first of the list, if the application that was open the last time is not there for this token.
void MainWindow::leaveRemembered()
{
    if (m_remembered == ApplicationTreeModel::allApplications && !m_applications.maySeeAll())
        m_pages->leaveAll();
    if (m_remembered.isEmpty() || !m_page->isRefused() || !m_applications.isComplete() ||
        m_applications.find(m_remembered) || m_applications.applicationCount() == 0)
        return;
    m_remembered.clear();
    m_page->openInstead(m_applications.firstApplicationId());
}

void MainWindow::openAll()
{
    if (!m_applications.maySeeAll())
        return;
    m_pages->openAll();
    m_pages->focusFilter();
}

void MainWindow::openById(const QString &applicationId)
{
    m_remembered.clear();
    m_applications.setOwnApplication(applicationId);
    m_page->openApplication(applicationId);
    m_sidebar->reload();
}

void MainWindow::showAccount()
{
    const QString server = m_session.isSandbox() ? tr("sandbox") : m_session.server().host();
    const auto &account = m_session.account();
    const QString who = !account ? QString() : account->email.isEmpty() ? account->fullName : account->email;
    const QString where = quoted(server, 40);
    const QString text = who.isEmpty() ? where : quoted(who, 40) + u" · "_s + where;
    m_account->setText(withoutMnemonic(text));
    m_account->setAccessibleName(tr("Account: %1").arg(text));
}

void MainWindow::showAbout()
{
    auto *about = new MessageBox(
        QStyle::SP_MessageBoxInformation, tr("Credenza %1").arg(QCoreApplication::applicationVersion()),
        tr("Browse and manage service credentials on the Losant IoT platform.\n\nFree software "
           "under the GNU General Public License, version 3 or later. Not affiliated with Losant."),
        this);
    about->setWindowTitle(tr("About Credenza"));
    about->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    about->open();
}

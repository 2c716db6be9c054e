// SPDX-License-Identifier: GPL-3.0-or-later
#include "accountmenu.h"

#include "services/profilestore.h"
#include "services/session.h"
#include "widgets/texttools.h"

AccountMenu::AccountMenu(const Session &session, const ProfileStore &profiles, QWidget *parent)
    : QMenu(parent), m_session(session), m_profiles(profiles)
{
    QAction *server =
        addAction(session.isSandbox() ? tr("The sandbox on this computer")
                                      : withoutMnemonic(singleLine(session.server().toDisplayString(), 80)));
    server->setEnabled(false);
    QMenu *others = addMenu(tr("&Profiles"));
    others->menuAction()->setVisible(!profiles.profiles().empty());
    connect(others, &QMenu::aboutToShow, this, [this, others] { fillProfiles(others); });
    QAction *settings = addAction(tr("Profile s&ettings…"));
    settings->setVisible(!session.profile().id.isEmpty());
    connect(settings, &QAction::triggered, this, &AccountMenu::profileSettingsRequested);
    connect(addAction(tr("&Sign in differently…")), &QAction::triggered, this, &AccountMenu::signInRequested);
    connect(addAction(session.isSandbox() ? tr("&Leave the sandbox") : tr("Sign &out")), &QAction::triggered,
            this, &AccountMenu::signOutRequested);
}

void AccountMenu::fillProfiles(QMenu *menu)
{
    menu->clear();
    for (const Profile &profile : m_profiles.profiles()) {
        QAction *action = menu->addAction(withoutMnemonic(singleLine(profile.title(), 80)));
        action->setCheckable(true);
        const bool isOpen = profile.id == m_session.profile().id;
        action->setChecked(isOpen);
        action->setEnabled(!isOpen);
        connect(action, &QAction::triggered, this, [this, id = profile.id] { Q_EMIT profileChosen(id); });
    }
}

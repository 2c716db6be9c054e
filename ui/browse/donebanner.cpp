// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/donebanner.h"

#include "widgets/announcer.h"
#include "widgets/texttools.h"

#include <QAction>
#include <QHideEvent>

using namespace Qt::StringLiterals;

DoneBanner::DoneBanner()
    : MessageBanner(tr("Done message"), QStyle::SP_MessageBoxInformation)
    , m_showIt(addButton(tr("Show it")))
    , m_undo(addButton(tr("Undo")))
    , m_undoAction(new QAction(this))
{
    m_undoAction->setShortcut(QKeySequence::Undo);
    m_undoAction->setShortcutContext(Qt::WidgetShortcut);
    updateUndo();
    m_showIt->setToolTip(tr("Show the new credential, the newest first"));
    connect(m_undoAction, &QAction::triggered, m_undo, &QPushButton::click);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT undoTriggered(m_change);
    });
    connect(m_showIt, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT showItClicked();
    });
    addCloseButton();
}

void DoneBanner::showDone(const Change &change)
{
    m_change = change;
    const Done done = change.what;
    m_showIt->hide();
    m_undo->setVisible(done == Done::Disabled || done == Done::Enabled);
    const QString name = quoted(change.credential.name);
    QString text = done == Done::Created    ? tr("Created %1").arg(name)
                   : done == Done::Saved    ? tr("Saved %1").arg(name)
                   : done == Done::Disabled ? tr("Disabled %1").arg(name)
                   : done == Done::Enabled  ? tr("Enabled %1").arg(name)
                                            : tr("Deleted %1").arg(name);
    if (!change.applicationName.isEmpty())
        text = tr("%1 in %2", "what was done to a credential, and in which application")
                   .arg(text, quoted(change.applicationName, 80));
    Announcer::announce(this, {}); // the same may be done once more
    showMessage(change.note.isEmpty() ? text : text + u'\n' + change.note);
    updateUndo();
}

void DoneBanner::setObstacle(const QString &obstacle)
{
    m_obstacle = obstacle;
    updateUndo();
}

void DoneBanner::setOnPage(bool isOnPage)
{
    if (isVisibleTo(parentWidget()))
        m_showIt->setVisible(m_change.what == Done::Created && !isOnPage);
}

void DoneBanner::hideEvent(QHideEvent *event)
{
    MessageBanner::hideEvent(event);
    updateUndo();
}

void DoneBanner::updateUndo()
{
    const QString keys = m_undoAction->shortcut().toString(QKeySequence::NativeText);
    m_undo->setToolTip(m_obstacle.isEmpty() ? tr("Undo this (%1)").arg(keys) : m_obstacle);
    m_undo->setEnabled(m_obstacle.isEmpty());
    m_undoAction->setEnabled(m_obstacle.isEmpty() && !isHidden() && !m_undo->isHidden());
}

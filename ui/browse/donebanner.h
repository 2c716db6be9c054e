// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"
#include "widgets/messagebanner.h"

class QAction;

/// Says what was done to a credential, offers to undo what can be undone, and to show a new one whose row is
/// not on the page.
class DoneBanner : public MessageBanner
{
    Q_OBJECT

public:
    enum class Done { Created, Saved, Disabled, Enabled, Deleted };

    struct Change
    {
        Done what = Done::Created;
        QString applicationId;
        Credential credential;        ///< as the server had it when that was done
        QString note = {};            ///< is said behind it
        QString applicationName = {}; ///< where that has to be said
    };

    DoneBanner();

    void showDone(const Change &change);
    /// Why nothing can be undone just now, empty if it can.
    void setObstacle(const QString &obstacle);
    /// Whether the row of the credential is there, now that a page was loaded, or was not.
    void setOnPage(bool isOnPage);

    /// The last one.
    const Change &change() const { return m_change; }
    /// Presses `Undo` where that is offered.
    QAction *undoAction() { return m_undoAction; }

Q_SIGNALS:
    void showItClicked();
    /// By which a credential was disabled or enabled.
    void undoTriggered(const DoneBanner::Change &change);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void updateUndo();

    Change m_change;
    QString m_obstacle;
    QPushButton *m_showIt;
    QPushButton *m_undo;
    QAction *m_undoAction;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"

#include <QAction>

#include <functional>

class CredentialRows;
class CredentialTableView;
class QMenu;

/// What can be done to the credentials that are selected in a table: the actions, their keys, and the menu of
/// a row.
class CredentialActions : public QObject
{
    Q_OBJECT

public:
    /// The table, which shows the model, owns the actions; their keys work while it has the focus.
    CredentialActions(CredentialTableView &table, const CredentialRows &model, bool isReadOnly);

    QAction *edit() { return &m_edit; }
    QAction *rotate() { return &m_rotate; }
    /// Adds what the two buttons for edit() and rotate() leave.
    void addOthers(QMenu &menu);
    /// Has the menus offer this, too, which must outlive them; before they are opened.
    void addOwn(QAction *action);

    /// Why nothing can be changed just now, empty if it can.
    void setObstacle(const QString &obstacle);
    /// To be called when the selected credentials are others, or have changed.
    void update();

Q_SIGNALS:
    void editTriggered(const QString &applicationId, const Credential &credential);
    void rotateTriggered(const QString &applicationId, const Credential &credential);
    void enableTriggered(const QString &applicationId, const Credential &credential, bool isEnabled);
    void removeTriggered(const QString &applicationId, const Credential &credential);
    /// A menu that is open would act on what it was not opened for.
    void othersSelected();

private:
    void set(QAction &action, const QString &tip, const QString &obstacle);
    void openMenu(const QPoint &position);
    /// Of each selected row, as a line.
    void copy(const std::function<QString(int row)> &text) const;

    CredentialTableView &m_table;
    const CredentialRows &m_model;
    const bool m_isReadOnly;
    QString m_obstacle;
    QStringList m_selectedIds;
    QMenu *m_menu = nullptr; ///< once it was opened
    QAction *m_own = nullptr;

    QAction m_edit;
    QAction m_rotate;
    QAction m_enable; ///< or disable
    QAction m_remove;
    QAction m_copyCell;
    QAction m_copyName;
    QAction m_copyId;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/autoretry.h"

#include <QTimer>
#include <QWidget>

class ApplicationTreeModel;
class LoadingBar;
class PlainLabel;
class QLineEdit;
class QModelIndex;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

/// The applications at the left of the window, grouped by owner, and the search that narrows them.
class ApplicationSidebar : public QWidget
{
    Q_OBJECT

public:
    /// The model must outlive the sidebar.
    explicit ApplicationSidebar(ApplicationTreeModel &model, QWidget *parent = nullptr);

    /// Marks the application that is open, or ApplicationTreeModel::allApplications; does nothing as long as
    /// it is not in the list.
    void showApplication(const QString &applicationId);
    void focusSearch();
    /// Asks for the whole list again.
    void reload();
    /// Ends a load that has shown itself to take time.
    void stopLoading();
    /// Asks again for what failed for want of a token.
    void tokenChanged();
    /// Asks again at once for what failed, if it were asked for again by itself.
    void retrySoon() { m_autoRetry.hurry(); }

Q_SIGNALS:
    void applicationChosen(const QString &applicationId);
    void allChosen(); ///< all at once
    /// It may be chosen next: the pointer rests on it, or Enter in the search would choose it.
    void applicationHovered(const QString &applicationId);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void search(const QString &text);
    void beginHover(const QModelIndex &index);
    QModelIndex firstMatch() const;
    void showState();
    bool isTokenRefused() const;
    QString stateText() const;

    ApplicationTreeModel &m_model;
    QSortFilterProxyModel *m_proxy;
    QLineEdit *m_search;
    LoadingBar *m_progress;
    QTreeView *m_tree;
    PlainLabel *m_state;
    QPushButton *m_retry;
    AutoRetry m_autoRetry;
    QString m_current;
    QString m_hovered; ///< for as long as m_hoverTimer runs
    QTimer m_hoverTimer;
    bool m_isFiltering = false; ///< the current row moves without anybody having chosen it
};

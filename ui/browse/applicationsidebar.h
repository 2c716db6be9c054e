// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/autoretry.h"

#include <QTimer>
#include <QWidget>

class ApplicationListModel;
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
    explicit ApplicationSidebar(ApplicationListModel &model, QWidget *parent = nullptr);

    /// Marks the application that is open; does nothing as long as it is not in the list.
    void showApplication(const QString &applicationId);
    void focusSearch();
    /// Asks for the whole list again.
    void reload();
    /// Asks again at once for what failed, if it were asked for again by itself.
    void retrySoon() { m_autoRetry.hurry(); }

Q_SIGNALS:
    void applicationChosen(const QString &applicationId);
    /// It may be chosen next: the pointer rests on it, or Enter in the search would choose it.
    void applicationRestedOn(const QString &applicationId);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void search(const QString &text);
    void beginRest(const QModelIndex &index);
    QModelIndex firstMatch() const;
    void showState();

    ApplicationListModel &m_model;
    QSortFilterProxyModel *m_proxy;
    QLineEdit *m_search;
    QTreeView *m_tree;
    PlainLabel *m_state;
    QPushButton *m_retry;
    AutoRetry m_autoRetry;
    QString m_current;
    QString m_restedOn; ///< once the timer says so
    QTimer m_rest;
    bool m_isFiltering = false; ///< the current row moves without anybody having chosen it
};

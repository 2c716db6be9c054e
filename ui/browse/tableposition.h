// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pagequery.h"

#include <QObject>
#include <QPoint>
#include <QSet>

#include <optional>

class CredentialTableModel;
class CredentialTableView;

/// Keeps the selected rows, the current cell and the scroll position of the table while a page replaces the
/// rows.
class TablePosition : public QObject
{
    Q_OBJECT

public:
    /// Belongs to the table, which shows the model.
    TablePosition(CredentialTableView &table, const CredentialTableModel &model);

    /// The credential to select, and to scroll to, once its row is there.
    void selectNext(const QString &credentialId);
    /// The page that was to have it does not come.
    void forgetNext();
    /// Keeps the row in sight that is the first now, on a page of another size. Returns it, or -1.
    int keepTop();
    /// To be called once the page is loaded: selects what was selected, or what took its place, and scrolls
    /// to where it makes sense.
    void restore();

private:
    void save();

    CredentialTableView &m_table;
    const CredentialTableModel &m_model;
    std::optional<PageQuery> m_restoredQuery; ///< whose rows the table shows
    QSet<QString> m_selectedIds;
    QString m_currentId;
    int m_currentRow = -1; ///< if it was selected
    QString m_soughtId;    ///< was given to selectNext(), and is not restored yet
    QString m_topId;
    int m_currentColumn = 0;
    QPoint m_scrollPosition;
};

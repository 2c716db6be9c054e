// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/credentialtablelayout.h"
#include "models/credentialrows.h"

#include <QTableView>

#include <vector>

class QMenu;
class QSettings;

/// A table of credentials: columns that can be shown, moved, fitted and are remembered, and a header that
/// can be clicked for another order.
class CredentialTableView : public QTableView
{
    Q_OBJECT

public:
    /// Model and settings must outlive the view.
    CredentialTableView(CredentialRows &model, CredentialTableLayout layout, QSettings &settings);

    /// Shows the arrow of this order.
    void showOrder(int column, Qt::SortOrder order);
    /// Fills a menu with what can be done to the columns; `column` is the one it was opened on, or -1.
    void fillColumnMenu(QMenu *menu, int column);
    void saveColumns();

    /// The width in which the usual columns are all in view.
    int usualWidth() const;

    /// From the top.
    QList<int> selectedRows() const;
    /// In their order from left to right.
    std::vector<int> shownColumns() const;
    /// Makes it the only selected one, too.
    void setCurrentRow(int row, int column);
    /// Selects these rows and no others; the current one may be any.
    void selectRows(const QList<int> &rows, int currentRow, int column);

Q_SIGNALS:
    /// The arrow may be wrong until showOrder().
    void headerClicked(int column);
    void selectedRowsChanged();
    /// Something is to be done with the row that is the current one.
    void rowDoubleClicked();
    /// At this place of the screen, for the selected rows.
    void menuRequested(const QPoint &position);
    /// After the first paint since the rows were replaced.
    void pagePainted(int rows);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index,
                                                         const QEvent *event) const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    virtual void cellDoubleClicked(const QModelIndex &cell);

private:
    int columnCount() const { return int(m_layout.usualCharacters.size()); }
    bool isHiddenAtFirst(int column) const { return column >= m_layout.shownColumns; }
    QString titleOf(int column) const;
    void requestMenu();
    void resetColumns();
    void restoreColumns();
    int usualWidth(int column) const;
    void fitColumn(int column);
    void fillWidth();

    CredentialRows &m_model;
    const CredentialTableLayout m_layout;
    QSettings &m_settings;
    mutable std::vector<int> m_usualWidths; ///< 0: not measured yet
    bool m_areUsual = true;   ///< the columns are as they are at first, so they follow the width of the table
    bool m_isFilling = false; ///< widths change, but nobody changed them
    bool m_isFresh = false;   ///< rows were replaced and not painted yet
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/credentialtablemodel.h"

#include <QTableView>

#include <array>

class QMenu;
class QSettings;

/// The table of credentials: columns that can be shown, moved, fitted and are remembered, and a header that
/// asks for another order where the server can sort.
class CredentialTableView : public QTableView
{
    Q_OBJECT

public:
    /// Model and settings must outlive the view.
    CredentialTableView(CredentialTableModel &model, QSettings &settings, QWidget *parent = nullptr);

    /// Shows the arrow of the query's order.
    void showOrder(const PageQuery &query);
    /// Fills a menu with what can be done to the columns; `column` is the one it was opened on, or -1.
    void fillColumnMenu(QMenu *menu, int column);
    void saveColumns();

    /// The width in which the usual columns are all in view.
    int usualWidth() const;

    /// From the top.
    QList<int> selectedRows() const;
    /// Makes it the only selected one, too.
    void setCurrentRow(int row, int column);
    /// Selects these rows and no others; the current one may be any.
    void selectRows(const QList<int> &rows, int currentRow, int column);

Q_SIGNALS:
    void sortRequested(PageQuery::SortField field);
    void selectedRowsChanged();
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

private:
    void requestMenu();
    void resetColumns();
    void restoreColumns();
    int usualWidth(int column) const;
    void fitColumn(int column);
    void fillWidth();

    CredentialTableModel &m_model;
    QSettings &m_settings;
    mutable std::array<int, CredentialColumns::Count> m_usualWidths{}; ///< 0: not measured yet
    bool m_areUsual = true;   ///< the columns are as they are at first, so they follow the width of the table
    bool m_isFilling = false; ///< widths change, but nobody changed them
    bool m_isFresh = false;   ///< rows were replaced and not painted yet
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/credentialtableview.h"

#include <QPersistentModelIndex>

class InventoryModel;

/// The table of all applications' credentials. While rows come in, those in view stay where they are.
class InventoryTableView : public CredentialTableView
{
    Q_OBJECT

public:
    /// Model and settings must outlive the view.
    InventoryTableView(InventoryModel &model, QSettings &settings);

    /// Scrolls to the current row if it is selected, else to the top: what is shown is something else now.
    void showFromStart();

Q_SIGNALS:
    /// An application is to be opened, at this row.
    void applicationDoubleClicked(int row);

protected:
    void cellDoubleClicked(const QModelIndex &cell) override;
    void updateGeometries() override;

private:
    void keepTop();
    void paintFirstRows(const QModelIndex &parent, int first, int last);

    QPersistentModelIndex m_top; ///< the first row in view, until the view has been laid out again
};

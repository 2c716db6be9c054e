// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/inventorymodel.h"

#include <QWidget>

class Inventory;
class NamedList;
class TonedLabel;

/// Lists where else the key of a credential is, and apart from those where only the account is known to be
/// the same. Shows nothing as long as the inventory that it knows that from has not been loaded.
class SameKeyView : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive the view.
    SameKeyView(const Inventory &inventory, const InventoryModel &model, QWidget *parent = nullptr);

    void showElsewhere(const QString &applicationId, const QString &credentialId);

Q_SIGNALS:
    void chosen(const QString &applicationId, const Credential &credential);

private:
    struct Part
    {
        TonedLabel *caption = nullptr;
        NamedList *list = nullptr;
        TonedLabel *rest = nullptr; ///< how many are not listed
        InventoryModel::Places places;
    };

    Part makePart(const QString &name);
    void update();
    void fill(Part &part, InventoryModel::Places places);

    const Inventory &m_inventory;
    const InventoryModel &m_model;
    QString m_applicationId;
    QString m_credentialId;
    Part m_keys;
    Part m_accounts;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"

#include <QGroupBox>
#include <QPointer>

#include <functional>

class CredentialActions;
class CredentialRows;
struct ConfigRows;
struct Expiry;
class Inventory;
class InventoryModel;
class PlainTextView;
class PlainLabel;
class QMenu;
class QScrollArea;
class QToolButton;
class QVBoxLayout;
class SameKeyView;
class SecretClipboard;
class UsageCache;
class UsedByView;

/// What is known of the selected credential, from its row, where it is used, and what can be done to it.
/// Never a secret.
class CredentialDetails : public QGroupBox
{
    Q_OBJECT

public:
    /// All of them must outlive the pane.
    CredentialDetails(const CredentialRows &model, CredentialActions &actions, SecretClipboard &clipboard,
                      UsageCache &usages, QWidget *parent = nullptr);

    /// From now on it is said where else a credential's key is, too. Both must outlive the pane.
    void setInventory(const Inventory &inventory, const InventoryModel &model);

    /// The credential in this row of the model; of none, or of several, how many there are. Where rows have
    /// no configuration, showRest() is to follow.
    void showRows(const QList<int> &rows);
    /// What the row does not have of the credential that is shown.
    void showRest(const Credential &whole);
    /// Why that can't be shown.
    void showRestMissing(const QString &why);
    /// Withdraws the question where it is used, if that is seen to take long.
    void stopLooking();

Q_SIGNALS:
    /// One that has the same key, or account, there.
    void elsewhereChosen(const QString &applicationId, const Credential &credential);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeButtons();
    void placeButtons();
    void clear();
    void showCredential(const QString &applicationId, const Credential &credential);
    void showHint(const QString &text);
    void addHeading(const Credential &credential);
    void addExpiry(const Credential &credential);
    void addExpiryRow(const std::optional<Expiry> &expiry);
    template<typename Work, typename Show>
    void addRead(bool isLong, Work work, Show show);
    void addConfig(const Credential &credential);
    void addConfigRows(const Credential &credential, const ConfigRows &config);
    void addField(const QString &label, const QString &text);
    void addCopyableField(const QString &label, const QString &text, bool isCode = false);
    void addSensitiveField(const QString &label, const QString &text, bool isCode);
    QToolButton *addValue(const QString &label, PlainTextView *value);
    QString fill(PlainTextView *view, const QString &text);
    void addCutNote(const QString &note, const QString &text);
    void addSaving(const QString &what, const QString &fileName, std::function<QByteArray()> content);
    void addDate(const QString &label, std::optional<qint64> date);
    void addNote();
    void addDescription(const QString &description);
    void addUsage(const QString &applicationId, const Credential &credential);
    void addApplication(const QString &applicationId);
    void addSameKey(const QString &applicationId, const Credential &credential);
    QVBoxLayout *addPlace();
    void emptyPlaces();
    QWidget *labelFor(const QString &label);

    /// Of the credential that is shown, if its row has no configuration: where the rest of it comes.
    struct Places
    {
        QPointer<QVBoxLayout> expiry;
        QPointer<QVBoxLayout> config;
        QPointer<QVBoxLayout> description;
    };

    const CredentialRows &m_model;
    CredentialActions &m_actions;
    SecretClipboard &m_clipboard;
    UsageCache &m_usages;
    const Inventory *m_inventory = nullptr;
    const InventoryModel *m_inventoryModel = nullptr;
    QWidget *m_heading = nullptr; ///< above the buttons
    QWidget *m_buttons = nullptr; ///< once a row was selected; stay, so that the focus does
    QScrollArea *m_scroll;
    QVBoxLayout *m_layout = nullptr;
    Places m_places;
    qsizetype m_room = 0; ///< for more text, in characters
    QPointer<UsedByView> m_usedBy;
    QPointer<PlainLabel> m_hint; ///< as long as no credential is shown
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"

#include <QGroupBox>
#include <QPointer>

#include <functional>

class CredentialActions;
class CredentialTableModel;
struct ConfigRows;
struct Expiry;
class PlainTextView;
class PlainLabel;
class QMenu;
class QScrollArea;
class QToolButton;
class QVBoxLayout;
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
    CredentialDetails(const CredentialTableModel &model, CredentialActions &actions,
                      SecretClipboard &clipboard, UsageCache &usages, QWidget *parent = nullptr);

    /// The credential in this row of the model; of none, or of several, how many there are.
    void showRows(const QList<int> &rows);
    /// Withdraws the question where it is used, if that is seen to take long.
    void stopLooking();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeButtons();
    void placeButtons();
    void clear();
    void showCredential(const Credential &credential);
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
    void addUsage(const Credential &credential);
    QWidget *labelFor(const QString &label);

    const CredentialTableModel &m_model;
    CredentialActions &m_actions;
    SecretClipboard &m_clipboard;
    UsageCache &m_usages;
    QWidget *m_heading = nullptr; ///< above the buttons
    QWidget *m_buttons = nullptr; ///< once a row was selected; stay, so that the focus does
    QScrollArea *m_scroll;
    QVBoxLayout *m_layout = nullptr;
    qsizetype m_room = 0; ///< for more text, in characters
    QPointer<UsedByView> m_usedBy;
    QPointer<PlainLabel> m_hint; ///< as long as no credential is shown
};

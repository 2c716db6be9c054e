// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"

#include <QGroupBox>
#include <QPointer>

#include <functional>

class CredentialTableModel;
struct ConfigLines;
class PlainTextView;
class PlainLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;
class SecretClipboard;

/// What is known of the selected credential, from its row alone. Never a secret.
class CredentialDetails : public QGroupBox
{
    Q_OBJECT

public:
    /// Model and clipboard must outlive the pane.
    CredentialDetails(const CredentialTableModel &model, SecretClipboard &clipboard,
                      QWidget *parent = nullptr);

    /// The credential in this row of the model, or nothing if it is -1.
    void showRow(int row);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void clear();
    void showNothing();
    void addHeading(const Credential &credential);
    void addConfig(const Credential &credential);
    void addConfigLines(const Credential &credential, const ConfigLines &config);
    void addField(const QString &label, const QString &text);
    void addCopyableField(const QString &label, const QString &text, bool isCode = false);
    void addSensitiveField(const QString &label, const QString &text, bool isCode);
    QToolButton *addValue(const QString &label, PlainTextView *value);
    QString fill(PlainTextView *view, const QString &text);
    void addCutNote(const QString &note, const QString &text);
    void addSaving(const QString &what, const QString &fileName, std::function<QByteArray()> content);
    void addDate(const QString &label, std::optional<qint64> date);
    void addNote();
    QWidget *labelFor(const QString &label);

    const CredentialTableModel &m_model;
    SecretClipboard &m_clipboard;
    QScrollArea *m_scroll;
    QVBoxLayout *m_layout = nullptr;
    qsizetype m_room = 0;        ///< for more text, in characters
    QPointer<PlainLabel> m_hint; ///< as long as nothing is shown
};

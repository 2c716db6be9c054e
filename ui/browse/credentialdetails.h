// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"

#include <QGroupBox>

class CredentialTableModel;
class QScrollArea;
class QVBoxLayout;

/// What is known of the selected credential, from its row alone. Never a secret.
class CredentialDetails : public QGroupBox
{
    Q_OBJECT

public:
    /// The model must outlive the pane.
    explicit CredentialDetails(const CredentialTableModel &model, QWidget *parent = nullptr);

    /// The credential in this row of the model, or nothing if it is -1.
    void showRow(int row);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void clear();
    void showNothing();
    void addHeading(const Credential &credential);
    void addConfig(const Credential &credential);
    void addField(const QString &label, const QString &text, bool isCode = false);
    void addCopyableField(const QString &label, const QString &text);
    void addDate(const QString &label, std::optional<qint64> date);
    void addNote();
    QWidget *labelFor(const QString &label);

    const CredentialTableModel &m_model;
    QScrollArea *m_scroll;
    QVBoxLayout *m_layout = nullptr;
};

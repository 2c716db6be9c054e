// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class PlainLabel;
class TonedLabel;
struct Credential;

/// The head of a dialog about a credential: the icon of its type, and in words what the dialog is for.
class CredentialHeader : public QWidget
{
    Q_OBJECT

public:
    /// `applicationName` may be empty, and any text.
    explicit CredentialHeader(const QString &applicationName, QWidget *parent = nullptr);

    /// Of a credential that is not there yet. `key` is that of the type.
    void showType(const QString &key);
    void showCredential(const Credential &of);
    /// What is asked about the credential.
    void showQuestion(const QString &question, const Credential &of);
    /// Explains the mark of required fields, which stand below.
    void addLegend();
    void setLegendVisible(bool isVisible);

private:
    void fill(const QString &type, const QString &title, const QString &place);

    const QString m_applicationName;
    QHBoxLayout *m_row;
    PlainLabel *m_icon;
    PlainLabel *m_title;
    TonedLabel *m_place;
    TonedLabel *m_legend = nullptr;
};

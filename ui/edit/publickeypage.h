// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class PlainTextView;
class PlainLabel;
class TonedLabel;
struct CredentialType;

/// Shows the public key that the server has made, to be copied to where it belongs.
class PublicKeyPage : public QWidget
{
    Q_OBJECT

public:
    explicit PublicKeyPage(QWidget *parent = nullptr);

    /// `title` says what was done.
    void showKey(const QString &title, const CredentialType &type, const QString &publicKey);

private:
    PlainLabel *m_title;
    TonedLabel *m_hint;
    PlainTextView *m_key;
};

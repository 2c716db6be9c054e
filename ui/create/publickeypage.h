// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class PlainTextView;
class PlainLabel;
class TonedLabel;

/// Shows the public key that the server has made, to be copied to where it belongs.
class PublicKeyPage : public QWidget
{
    Q_OBJECT

public:
    explicit PublicKeyPage(QWidget *parent = nullptr);

    /// `type` is the raw key of the credential's type, which says where the key belongs.
    void showKey(const QString &name, const QString &type, const QString &publicKey);

private:
    PlainLabel *m_title;
    TonedLabel *m_hint;
    PlainTextView *m_key;
};

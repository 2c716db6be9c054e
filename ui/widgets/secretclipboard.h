// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tonedlabel.h"

#include <QClipboard>
#include <QDeadlineTimer>
#include <QMimeData>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>

/// A text on its way to the clipboard that clipboard managers are asked to keep no history of.
class SecretMimeData : public QMimeData
{
    Q_OBJECT

public:
    /// Once it is on the clipboard, `note` says for how long.
    SecretMimeData(const QString &text, TonedLabel *note);

    TonedLabel *note() const { return m_note; }

private:
    const QPointer<TonedLabel> m_note;
};

/// Takes back from the clipboard what Credenza shows of a credential's configuration, such as an access key
/// ID, a user name or a host, which may help somebody to get in. Names, IDs and public keys are there to be
/// passed on and stay, and secrets can't be copied at all.
///
/// What was put there as SecretMimeData goes after a while and with this object, unless somebody else has
/// copied something since.
class SecretClipboard : public QObject
{
    Q_OBJECT

public:
    explicit SecretClipboard(std::chrono::milliseconds keeps = std::chrono::seconds(30),
                             QObject *parent = nullptr);
    ~SecretClipboard() override;

    /// `note` belongs to where the copy was made. It is shown, and counts down, as long as this is the last
    /// copy.
    void copy(const QString &text, TonedLabel *note);

private:
    void changed(QClipboard::Mode mode);
    void countDown();
    void clear();

    const std::chrono::milliseconds m_keeps;
    QDeadlineTimer m_deadline;
    QTimer m_tick;
    QPointer<TonedLabel> m_note;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

struct SandboxOptions
{
    quint16 port = 0;                      ///< 0: a free one
    QByteArray token;                      ///< empty: a random one
    QByteArray password;                   ///< of the accounts; empty: a random one
    int applications = 12;                 ///< how many there are
    int credentials = 2500;                ///< of the largest application
    std::optional<int> credentialsInAll{}; ///< as many in each application, and together these
    std::chrono::milliseconds latency{0};  ///< how long each answer is held back
};

/// A Losant API server on 127.0.0.1 that runs in a thread of its own for as long as this object lives.
///
/// It begins with sample data and keeps nothing of what is done to it. Secrets that it is sent are checked
/// and thrown away. SandboxAuth says who may sign in. A request is answered if its `Host` is this machine
/// itself, and a connection that sends more than a request may have is closed.
class SandboxServer
{
public:
    /// Returns once it listens, or can't.
    explicit SandboxServer(SandboxOptions options = {});
    ~SandboxServer();
    Q_DISABLE_COPY_MOVE(SandboxServer)

    bool isListening() const;
    QString errorString() const; ///< why it does not listen
    QUrl url() const;            ///< `http://127.0.0.1:PORT`
    QByteArray token() const;
    QByteArray password() const; ///< of every account that has one

private:
    class Thread;
    std::unique_ptr<Thread> m_thread;
};

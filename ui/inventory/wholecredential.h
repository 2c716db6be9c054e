// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"
#include "domain/credential.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

struct ApiError;
class CredentialService;

/// Reads the selected credential whole, of which an inventory keeps no configuration: once it has stayed
/// selected for a while, or at once if something is to be done with it.
class WholeCredential : public QObject
{
    Q_OBJECT

public:
    /// Who passes a credential over does not ask for it.
    static constexpr std::chrono::milliseconds selectionDelay{300};

    using Then = std::function<void(const Credential &whole)>;

    /// The service must outlive it.
    explicit WholeCredential(CredentialService &service);
    ~WholeCredential() override;

    /// `row` is what is known of it. One that was read already is read() at once.
    void select(const QString &applicationId, const Credential &row);
    void clear();
    const Credential &row() const { return m_row; }
    bool isSelected(const QString &applicationId, const Credential &row) const;

    /// Calls `then` once the selected one has been read; not if that fails, or is given up.
    void await(Then then);
    bool isAwaited() const { return m_then != nullptr; }
    void stopAwaiting();

Q_SIGNALS:
    void read(const Credential &whole);
    void failed(const ApiError &error, bool wasAwaited);
    void awaitedChanged();

private:
    void ask();
    void answered(Result<Credential> answer);

    CredentialService &m_service;
    QString m_applicationId;
    Credential m_row; ///< without an ID if none is selected
    std::optional<Credential> m_whole;
    Then m_then;
    QTimer m_delay;
    PendingCall m_call;
};

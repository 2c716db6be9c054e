// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory/wholecredential.h"

#include "services/credentialservice.h"

#include <utility>

WholeCredential::WholeCredential(CredentialService &service) : m_service(service)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(selectionDelay);
    connect(&m_delay, &QTimer::timeout, this, &WholeCredential::ask);
}

WholeCredential::~WholeCredential() = default;

void WholeCredential::select(const QString &applicationId, const Credential &row)
{
    if (!isSelected(applicationId, row)) {
        clear();
        m_applicationId = applicationId;
        m_row = row;
        if (!row.id.isEmpty())
            m_delay.start();
    } else if (m_whole) {
        Q_EMIT read(Credential(*m_whole));
    }
}

void WholeCredential::clear()
{
    stopAwaiting();
    m_delay.stop();
    m_call.reset();
    m_whole.reset();
    m_row = {};
}

bool WholeCredential::isSelected(const QString &applicationId, const Credential &row) const
{
    return m_applicationId == applicationId && m_row == row;
}

void WholeCredential::await(Then then)
{
    if (m_whole) {
        then(Credential(*m_whole));
        return;
    }
    m_then = std::move(then);
    if (!m_call)
        ask();
    Q_EMIT awaitedChanged();
}

void WholeCredential::stopAwaiting()
{
    if (std::exchange(m_then, nullptr))
        Q_EMIT awaitedChanged();
}

void WholeCredential::ask()
{
    m_delay.stop();
    m_call = m_service.get(m_applicationId, m_row.id,
                           [this](Result<Credential> answer) { answered(std::move(answer)); });
}

void WholeCredential::answered(Result<Credential> answer)
{
    m_call.reset();
    const Then then = std::exchange(m_then, nullptr);
    if (then)
        Q_EMIT awaitedChanged();
    if (!answer) {
        Q_EMIT failed(answer.error(), then != nullptr);
        return;
    }
    m_whole = std::move(*answer);
    Q_EMIT read(Credential(*m_whole));
    if (then && m_whole)
        then(Credential(*m_whole));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory/inventorymessages.h"

#include "browse/autoretry.h"
#include "errortext.h"
#include "models/datetext.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;
using Action = StateMessage::Action;
using Kind = ApiError::Kind;

bool InventoryMessages::isPartial() const
{
    return m_status.load.isStopped && m_status.rowCount < m_status.expectedCount;
}

QString InventoryMessages::countText() const
{
    const QLocale locale;
    const QString there = locale.toString(m_status.rowCount);
    const QString expected = locale.toString(m_status.expectedCount);
    if (m_status.load.isLoading)
        return tr("%1 of %2 credentials").arg(locale.toString(m_status.readCount), expected);
    if (isPartial())
        return tr("Stopped: %1 of %2 credentials").arg(there, expected);
    return tr("%1 in %2")
        .arg(tr("%Ln credential(s)", nullptr, m_status.rowCount),
             tr("%Ln application(s)", nullptr, m_status.applicationCount - m_status.unreadCount));
}

QString InventoryMessages::statusText() const
{
    if (!m_status.hasList)
        return {};
    QStringList texts{countText()};
    if (m_status.isFiltered)
        texts += tr("%1 found").arg(QLocale().toString(m_status.shownCount));
    if (m_status.isThrottled)
        texts += tr("the server asks to wait");
    if (m_status.unreadCount > 0 && !m_status.load.isLoading)
        texts += tr("%Ln application(s) could not be read", nullptr, m_status.unreadCount);
    if (m_status.age >= oldAge && !m_status.load.isLoading) {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        texts += tr("as of %1").arg(relativeDateText(now - m_status.age.count(), now));
    }
    return texts.join(u" · "_s);
}

std::optional<StateMessage> InventoryMessages::state() const
{
    const auto &[isLoading, isStopped, error] = m_status.load;
    if (m_status.shownCount > 0 || (isLoading && !error))
        return std::nullopt;
    if (m_status.rowCount > 0) {
        const bool isWhole = m_status.unreadCount == 0 && !isPartial();
        return StateMessage{
            u"filter"_s, tr("No match"),
            isWhole ? tr("No credential matches the filter.")
                    : tr("None of the credentials that were read matches the filter; some were not."),
            tr("Clear filter"), Action::ClearFilter};
    }
    if (error) { // the banner says why
        const bool isRefused = error->kind == Kind::Unauthorized || error->kind == Kind::Forbidden;
        StateMessage state{isRefused ? u"lock"_s : u"offline"_s, tr("Nothing to show"),
                           isRefused ? QString() : tr("The list of applications could not be loaded.")};
        state.isAnnounced = false;
        return state;
    }
    if (isStopped)
        return StateMessage{u"refresh"_s, tr("Not loaded"),
                            tr("You have stopped it. Choose “Load” to see the credentials."), tr("Load"),
                            Action::Load};
    if (!m_status.hasList)
        return std::nullopt;
    return noCredentialsState();
}

StateMessage InventoryMessages::noCredentialsState() const
{
    if (m_status.unreadCount > 0)
        return {u"offline"_s, tr("Nothing to show"),
                tr("%Ln application(s) could not be read.", nullptr, m_status.unreadCount), tr("Retry"),
                Action::Load};
    if (m_status.applicationCount == 0)
        return {u"empty"_s, tr("No applications"),
                tr("There are none that this token can see. Make one in the Losant console, or sign in "
                   "differently."),
                tr("Retry"), Action::Load};
    return {u"empty"_s, tr("No credentials yet"),
            tr("No application has any. Open one on the left to create the first.")};
}

std::optional<BannerMessage> InventoryMessages::banner() const
{
    const auto &error = m_status.load.error;
    if (!error)
        return std::nullopt;
    QString text = m_status.load.isStopped ? errorText(*error) : AutoRetry::textFor(*error);
    if (m_status.rowCount > 0)
        text = tr("%1 The rows below are older.").arg(text);
    return BannerMessage{text, error->kind == Kind::Unauthorized ? BannerMessage::Action::SignIn
                                                                 : BannerMessage::Action::Retry};
}

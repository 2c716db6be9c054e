// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/tokenstore.h"

#include <QTest>

/// Asks a store and runs the event loop until it has answered; nothing if it does not, or answers at once.
class StoreAsking
{
public:
    explicit StoreAsking(TokenStore &store) : m_store(store) {}

    std::optional<TokenStore::Place> open()
    {
        return answer<TokenStore::Place>(
            [this](QObject *context, auto then) { m_store.open(context, then); });
    }
    std::optional<QByteArray> read(const Profile &profile,
                                   TokenStore::Secret secret = TokenStore::Secret::Token)
    {
        const auto found = find(profile, secret);
        return found ? std::optional(found->value) : std::nullopt;
    }
    std::optional<TokenStore::Found> find(const Profile &profile,
                                          TokenStore::Secret secret = TokenStore::Secret::Token)
    {
        return answer<TokenStore::Found>(
            [&](QObject *context, auto then) { m_store.read(profile, secret, context, then); });
    }
    std::optional<QString> write(const Profile &profile, const QByteArray &value,
                                 TokenStore::Secret secret = TokenStore::Secret::Token)
    {
        return answer<QString>(
            [&](QObject *context, auto then) { m_store.write(profile, secret, value, context, then); });
    }
    std::optional<QString> remove(const Profile &profile)
    {
        return answer<QString>(
            [&](QObject *context, auto then) { m_store.remove(profile.id, context, then); });
    }

private:
    template<typename Answer, typename Ask>
    std::optional<Answer> answer(Ask ask)
    {
        QObject context;
        std::optional<Answer> given;
        ask(&context, std::function<void(Answer)>([&given](Answer value) { given = std::move(value); }));
        if (given)
            return {};
        (void)QTest::qWaitFor([&given] { return given.has_value(); }, 10'000);
        return given;
    }

    TokenStore &m_store;
};

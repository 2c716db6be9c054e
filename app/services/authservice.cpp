// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/authservice.h"

#include "api/losantjson.h"

using namespace Qt::StringLiterals;

AuthService::AuthService(Transport &transport) : m_transport(transport) {}

QStringList AuthService::scopes(bool onlyReads)
{
    QStringList scopes{
        u"applications.get"_s,           u"application.get"_s, u"credentials.get"_s, u"credential.get"_s,
        u"credential.linkedResources"_s, u"me.get"_s};
    if (!onlyReads)
        scopes += {u"credentials.post"_s, u"credential.patch"_s, u"credential.delete"_s};
    return scopes;
}

PendingCall AuthService::me(Then<Account> then)
{
    return ask<Account>(m_transport, {.path = apiPath({u"me"}), .isAlwaysThere = true},
                        LosantJson::readAccount, std::move(then));
}

PendingCall AuthService::signIn(const PasswordSignIn &signIn, Then<SignedIn> then)
{
    return ask<SignedIn>(m_transport,
                         {.method = ApiRequest::Method::Post,
                          .path = apiPath({u"auth", u"user"}),
                          .body = LosantJson::writeSignIn(signIn),
                          .carriesToken = false,
                          .isAlwaysThere = true},
                         LosantJson::readSignedIn, std::move(then));
}

PendingCall AuthService::isSingleSignOn(const QString &email, Then<bool> then)
{
    QUrlQuery query;
    query.addQueryItem(u"email"_s, QString::fromLatin1(QUrl::toPercentEncoding(email)));
    return ask<bool>(m_transport,
                     {.path = apiPath({u"auth", u"ssoDomain"}), .query = query, .carriesToken = false},
                     LosantJson::readSsoDomain, std::move(then));
}

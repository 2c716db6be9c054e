// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <span>

/// Values of other companies' services that are known to be right, as of 2026: data, and how to look into it.
namespace KnownValues {

struct AwsRegion
{
    QLatin1StringView code;
    QLatin1StringView name; ///< as the AWS console shows it, in English
};
std::span<const AwsRegion> awsRegions();

/// Which site of Datadog a name such as US5 is, and where.
struct DatadogSite
{
    QLatin1StringView name;
    QLatin1StringView domain;
};
std::span<const DatadogSite> datadogSites();

/// Keys and tokens that can be told by how they begin.
struct TokenKind
{
    QLatin1StringView prefix;
    int minimum;             ///< characters after the prefix
    QLatin1StringView owner; ///< a proper name
    QLatin1StringView type;  ///< the key of the credential type that takes it, if there is one
};

/// What kind of token the text is, or nullptr.
const TokenKind *tokenKind(QStringView text);

/// A JSON Web Token, signed.
bool isJwt(QStringView text);

/// A port that another kind of server has by default: its name, or nothing.
QLatin1StringView serverOfPort(int port);

} // namespace KnownValues

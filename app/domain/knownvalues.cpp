// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/knownvalues.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace {

using namespace KnownValues;

constexpr AwsRegion regions[] = {
    {"us-east-1"_L1, "US East (N. Virginia)"_L1},
    {"us-east-2"_L1, "US East (Ohio)"_L1},
    {"us-west-1"_L1, "US West (N. California)"_L1},
    {"us-west-2"_L1, "US West (Oregon)"_L1},
    {"af-south-1"_L1, "Africa (Cape Town)"_L1},
    {"ap-east-1"_L1, "Asia Pacific (Hong Kong)"_L1},
    {"ap-east-2"_L1, "Asia Pacific (Taipei)"_L1},
    {"ap-northeast-1"_L1, "Asia Pacific (Tokyo)"_L1},
    {"ap-northeast-2"_L1, "Asia Pacific (Seoul)"_L1},
    {"ap-northeast-3"_L1, "Asia Pacific (Osaka)"_L1},
    {"ap-south-1"_L1, "Asia Pacific (Mumbai)"_L1},
    {"ap-south-2"_L1, "Asia Pacific (Hyderabad)"_L1},
    {"ap-southeast-1"_L1, "Asia Pacific (Singapore)"_L1},
    {"ap-southeast-2"_L1, "Asia Pacific (Sydney)"_L1},
    {"ap-southeast-3"_L1, "Asia Pacific (Jakarta)"_L1},
    {"ap-southeast-4"_L1, "Asia Pacific (Melbourne)"_L1},
    {"ap-southeast-5"_L1, "Asia Pacific (Malaysia)"_L1},
    {"ap-southeast-6"_L1, "Asia Pacific (New Zealand)"_L1},
    {"ap-southeast-7"_L1, "Asia Pacific (Thailand)"_L1},
    {"ca-central-1"_L1, "Canada (Central)"_L1},
    {"ca-west-1"_L1, "Canada West (Calgary)"_L1},
    {"cn-north-1"_L1, "China (Beijing)"_L1},
    {"cn-northwest-1"_L1, "China (Ningxia)"_L1},
    {"eu-central-1"_L1, "Europe (Frankfurt)"_L1},
    {"eu-central-2"_L1, "Europe (Zurich)"_L1},
    {"eu-north-1"_L1, "Europe (Stockholm)"_L1},
    {"eu-south-1"_L1, "Europe (Milan)"_L1},
    {"eu-south-2"_L1, "Europe (Spain)"_L1},
    {"eu-west-1"_L1, "Europe (Ireland)"_L1},
    {"eu-west-2"_L1, "Europe (London)"_L1},
    {"eu-west-3"_L1, "Europe (Paris)"_L1},
    {"eusc-de-east-1"_L1, "AWS European Sovereign Cloud (Germany)"_L1},
    {"il-central-1"_L1, "Israel (Tel Aviv)"_L1},
    {"me-central-1"_L1, "Middle East (UAE)"_L1},
    {"me-south-1"_L1, "Middle East (Bahrain)"_L1},
    {"mx-central-1"_L1, "Mexico (Central)"_L1},
    {"sa-east-1"_L1, "South America (Sao Paulo)"_L1},
    {"us-gov-east-1"_L1, "AWS GovCloud (US-East)"_L1},
    {"us-gov-west-1"_L1, "AWS GovCloud (US-West)"_L1},
};

constexpr DatadogSite sites[] = {
    {"US1"_L1, "datadoghq.com"_L1},        {"US3"_L1, "us3.datadoghq.com"_L1},
    {"US5"_L1, "us5.datadoghq.com"_L1},    {"EU"_L1, "datadoghq.eu"_L1},
    {"EU1"_L1, "datadoghq.eu"_L1},         {"AP1"_L1, "ap1.datadoghq.com"_L1},
    {"AP2"_L1, "ap2.datadoghq.com"_L1},    {"US1-FED"_L1, "ddog-gov.com"_L1},
    {"US2-FED"_L1, "us2.ddog-gov.com"_L1},
};

constexpr TokenKind tokens[] = {
    {"ghp_"_L1, 30, "GitHub"_L1, "git"_L1},
    {"gho_"_L1, 30, "GitHub"_L1, "git"_L1},
    {"ghu_"_L1, 30, "GitHub"_L1, "git"_L1},
    {"ghs_"_L1, 30, "GitHub"_L1, "git"_L1},
    {"ghr_"_L1, 30, "GitHub"_L1, "git"_L1},
    {"github_pat_"_L1, 20, "GitHub"_L1, "git"_L1},
    {"glpat-"_L1, 16, "GitLab"_L1, "git"_L1},
    {"gldt-"_L1, 16, "GitLab"_L1, "git"_L1},
    {"glrt-"_L1, 16, "GitLab"_L1, "git"_L1},
    {"ATBB"_L1, 28, "Bitbucket"_L1, "git"_L1},
    {"ATCTT3xFfG"_L1, 20, "Atlassian"_L1, {}},
    {"ATATT3xFfG"_L1, 20, "Atlassian"_L1, {}},
    {"xoxb-"_L1, 10, "Slack"_L1, {}},
    {"xoxp-"_L1, 10, "Slack"_L1, {}},
    {"xoxa-"_L1, 10, "Slack"_L1, {}},
    {"xoxr-"_L1, 10, "Slack"_L1, {}},
    {"xoxs-"_L1, 10, "Slack"_L1, {}},
    {"xoxe-"_L1, 10, "Slack"_L1, {}},
    {"xoxe.xox"_L1, 10, "Slack"_L1, {}},
    {"xapp-"_L1, 10, "Slack"_L1, {}},
    {"sk_live_"_L1, 16, "Stripe"_L1, {}},
    {"sk_test_"_L1, 16, "Stripe"_L1, {}},
    {"rk_live_"_L1, 16, "Stripe"_L1, {}},
    {"rk_test_"_L1, 16, "Stripe"_L1, {}},
    {"whsec_"_L1, 20, "Stripe"_L1, {}},
    {"SG."_L1, 40, "SendGrid"_L1, "sendgrid"_L1},
    {"AIza"_L1, 35, "Google"_L1, {}},
    {"ya29."_L1, 20, "Google"_L1, {}},
    {"GOCSPX-"_L1, 20, "Google"_L1, {}},
    {"EAA"_L1, 60, "Meta"_L1, "whatsapp"_L1},
    {"dop_v1_"_L1, 40, "DigitalOcean"_L1, {}},
    {"npm_"_L1, 30, "npm"_L1, {}},
    {"pypi-"_L1, 40, "PyPI"_L1, {}},
    {"hf_"_L1, 30, "Hugging Face"_L1, {}},
    {"sk-ant-"_L1, 20, "Anthropic"_L1, {}},
    {"sk-proj-"_L1, 20, "OpenAI"_L1, {}},
    {"shpat_"_L1, 30, "Shopify"_L1, {}},
    {"shpss_"_L1, 30, "Shopify"_L1, {}},
    {"sq0csp-"_L1, 30, "Square"_L1, {}},
    {"dapi"_L1, 32, "Databricks"_L1, {}},
    {"hvs."_L1, 20, "HashiCorp Vault"_L1, {}},
    {"lin_api_"_L1, 20, "Linear"_L1, {}},
    {"key-"_L1, 32, "Mailgun"_L1, "mailgun"_L1},
};

bool isOfTokenCharacters(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) {
        const ushort u = c.unicode();
        return (u >= u'0' && u <= u'9') || (u >= u'A' && u <= u'Z') || (u >= u'a' && u <= u'z') ||
               u == u'_' || u == u'-' || u == u'.';
    });
}

} // namespace

std::span<const AwsRegion> KnownValues::awsRegions()
{
    return regions;
}

std::span<const DatadogSite> KnownValues::datadogSites()
{
    return sites;
}

const TokenKind *KnownValues::tokenKind(QStringView text)
{
    constexpr qsizetype maxToken = 1024;
    if (text.size() > maxToken)
        return nullptr;
    const auto found = std::ranges::find_if(tokens, [text](const TokenKind &kind) {
        return text.startsWith(kind.prefix) && text.size() >= kind.prefix.size() + kind.minimum &&
               isOfTokenCharacters(text);
    });
    return found == std::end(tokens) ? nullptr : found;
}

bool KnownValues::isJwt(QStringView text)
{
    constexpr qsizetype maxToken = 8192, leastPart = 10;
    if (!text.startsWith("eyJ"_L1) || text.size() > maxToken || !isOfTokenCharacters(text))
        return false;
    const QList<QStringView> parts = text.split(u'.');
    if (parts.size() != 3 || parts[1].size() < leastPart || parts[2].size() < leastPart)
        return false;
    const QByteArray header = QByteArray::fromBase64(parts[0].toLatin1(), QByteArray::Base64UrlEncoding);
    return QJsonDocument::fromJson(header).object().contains("alg"_L1);
}

QLatin1StringView KnownValues::serverOfPort(int port)
{
    switch (port) {
    case 1433:
        return "Microsoft SQL Server"_L1;
    case 3306:
        return "MySQL"_L1;
    case 5432:
        return "PostgreSQL"_L1;
    case 27017:
        return "MongoDB"_L1;
    case 1521:
        return "Oracle"_L1;
    case 6379:
        return "Redis"_L1;
    default:
        return {};
    }
}

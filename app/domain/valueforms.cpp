// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/valueforms.h"

#include "domain/hosts.h"
#include "domain/knownvalues.h"
#include "domain/urlforms.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace DraftFields;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

namespace {

constexpr qsizetype maxCharacters = 8192; // no value of one line may be longer

std::optional<DraftFinding> brokenRule(const CredentialField &row, FieldId field, const QString &value)
{
    for (const ValueRule &rule : row.rules) {
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(QLatin1StringView(rule.pattern)),
                                         QRegularExpression::DotMatchesEverythingOption);
        if (pattern.match(value).hasMatch() != rule.isRight)
            return unlikely(field, rule.message);
    }
    return std::nullopt;
}

std::optional<DraftFinding> awsRegion(FieldId field, const QString &value)
{
    const auto regions = KnownValues::awsRegions();
    const auto isCode = [](const QString &code) {
        return [code](const KnownValues::AwsRegion &region) { return region.code == code; };
    };
    if (std::ranges::any_of(regions, isCode(value)))
        return std::nullopt;
    // As the console has it: the name, or the name and the code.
    static const QRegularExpression blanks(u"[\\s_]+"_s);
    static const QRegularExpression wellFormed(u"^[a-z]{2,4}(-[a-z]+)+-[0-9]+$"_s);
    static const QRegularExpression zone(u"^([a-z]{2,4}(?:-[a-z]+)+-[0-9]+)(?:[a-z]|-[a-z0-9-]+)$"_s);
    const QString plain = value.simplified().toLower().replace(u"ã"_s, u"a"_s);
    const auto named = std::ranges::find_if(regions, [&](const KnownValues::AwsRegion &region) {
        const QString name = QString(region.name).toLower();
        const QString place = name.mid(name.indexOf(u'(') + 1).chopped(1);
        return plain == name || plain == place || plain.startsWith(name + u' ') ||
               plain.endsWith(u' ' + region.code) || plain.startsWith(region.code + u' ');
    });
    if (named != regions.end())
        return with(
            unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                              "This is the region's name. Its code belongs here, for example "
                                              "us-east-1.")),
            Remedy::TakePart, {{field, QString(named->code)}});
    const QString code = QString(plain).replace(blanks, u"-"_s);
    if (std::ranges::any_of(regions, isCode(code)))
        return with(unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                                      "Codes of regions have small letters and hyphens, for "
                                                      "example us-east-1.")),
                    Remedy::TakePart, {{field, code}});
    if (const auto match = zone.match(plain);
        match.hasMatch() && std::ranges::any_of(regions, isCode(match.captured(1))))
        return with(unlikely(field, QT_TRANSLATE_NOOP(
                                        "DraftValidator",
                                        "This is a zone within a region. The region's code belongs here, "
                                        "for example us-east-1.")),
                    Remedy::TakePart, {{field, match.captured(1)}});
    if (wellFormed.match(value).hasMatch())
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                                 "Credenza does not know this region. It may be a new one."));
    return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator", "Codes of regions are like us-east-1."));
}

/// What a connection string has under this name.
QString partOf(const QString &value, QLatin1StringView name)
{
    for (const QString &part : value.split(u';')) {
        if (part.trimmed().startsWith(name + u'='))
            return part.trimmed().mid(name.size() + 1);
    }
    return {};
}

std::optional<DraftFinding> azureAccount(FieldId field, const QString &value)
{
    const Hosts::Parts parts = Hosts::parts(value);
    if (!value.contains(u'.') || !parts.isReadable)
        return std::nullopt;
    return with(
        unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                          "Only the storage account's name belongs here, which is the "
                                          "beginning of its address.")),
        Remedy::TakePart, {{field, parts.host.section(u'.', 0, 0)}});
}

std::optional<DraftFinding> azureKey(const CredentialDraft &draft, FieldId field, const QString &value)
{
    if (const QString key = partOf(value, "AccountKey"_L1); !key.isEmpty()) {
        std::vector<FieldChange> changes{{field, key}};
        const auto account = draft.shownField(ValueForm::AzureAccount);
        fill(draft, changes, account, partOf(value, "AccountName"_L1));
        return with(
            unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                              "This is a connection string. Only the AccountKey within it "
                                              "belongs here.")),
            Remedy::TakeApart, std::move(changes), account);
    }
    if (value.contains("sig="_L1) && value.contains("sv="_L1))
        return unlikely(
            field, QT_TRANSLATE_NOOP("DraftValidator",
                                     "This is a shared access signature (SAS). The storage account's key "
                                     "is needed."));
    return std::nullopt;
}

std::optional<DraftFinding> tokenOfAnother(const CredentialDraft &draft, FieldId field, const QString &value)
{
    const KnownValues::TokenKind *token = KnownValues::tokenKind(value);
    if (!token || token->type == draft.type()->key)
        return std::nullopt;
    return advice(field, Kind::UnlikelyValue,
                  words(QT_TRANSLATE_NOOP("DraftValidator", "This looks like a token or key of %1."))
                      .arg(QString(token->owner)));
}

std::optional<DraftFinding> email(const CredentialDraft &draft, FieldId field, const QString &value)
{
    static const QRegularExpression named(
        u"^\\s*\"?(?<name>[^<\"]*?)\"?\\s*<(?<address>[^<>\\s]+@[^<>\\s]+)>\\s*$"_s);
    static const QRegularExpression address(u"^[^@\\s<>,;:]+@[^@\\s<>,;:]+$"_s);
    if (const auto match = named.match(value); match.hasMatch()) {
        std::vector<FieldChange> changes{{field, match.captured(u"address"_s)}};
        const auto name = draft.shownField(ValueForm::PersonName);
        fill(draft, changes, name, match.captured(u"name"_s));
        return with(
            unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                              "Only the address belongs here, without a name and angle "
                                              "brackets.")),
            Remedy::TakeApart, std::move(changes), name);
    }
    if (value.startsWith("mailto:"_L1, Qt::CaseInsensitive))
        return with(unlikely(field, QT_TRANSLATE_NOOP("DraftValidator", "Only the address belongs here.")),
                    Remedy::TakePart, {{field, value.mid(7)}});
    if (!address.match(value).hasMatch())
        return unlikely(
            field, QT_TRANSLATE_NOOP("DraftValidator", "Usually an email address such as ada@example.com."));
    return std::nullopt;
}

std::optional<DraftFinding> parameterName(FieldId field, const QString &value)
{
    QString name = value;
    while (name.startsWith(u'?') || name.startsWith(u'&'))
        name.remove(0, 1);
    while (name.endsWith(u'='))
        name.chop(1);
    if (name == value)
        return std::nullopt;
    return with(
        unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                          "Only the parameter's name belongs here, without “?”, “&” and "
                                          "“=”.")),
        Remedy::TakePart, {{field, name}});
}

std::optional<DraftFinding> headerName(FieldId field, const QString &value)
{
    if (value.endsWith(u':'))
        return with(
            unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                              "Only the header's name belongs here, without a colon.")),
            Remedy::TakePart, {{field, value.chopped(1).trimmed()}});
    static const QRegularExpression token(u"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"_s);
    if (!token.match(value).hasMatch())
        return unlikely(field,
                        QT_TRANSLATE_NOOP("DraftValidator",
                                          "No header has such a name: it has letters, digits and hyphens."));
    return std::nullopt;
}

/// What the field that this one goes by is called with its value.
QString chosenLabel(const CredentialDraft &draft, FieldId field)
{
    const auto decider = draft.shownField(draft.type()->field(field).wordedBy);
    if (!decider)
        return {};
    for (const FieldChoice &choice : draft.type()->field(*decider).choices) {
        if (choice.value == draft.value(*decider))
            return translated(choice.label);
    }
    return {};
}

std::optional<DraftFinding> port(const CredentialDraft &draft, FieldId field, const QString &value)
{
    const QLatin1StringView owner = KnownValues::serverOfPort(value.toInt());
    const QString own = chosenLabel(draft, field);
    if (owner.isEmpty() || own.isEmpty() || owner == own)
        return std::nullopt;
    return with(advice(field, Kind::UnlikelyValue,
                       words(QT_TRANSLATE_NOOP("DraftValidator", "This is the usual port of %1, not of %2."))
                           .arg(QString(owner), own)),
                Remedy::TakePart, {{field, QString()}});
}

std::optional<DraftFinding> ofForm(const CredentialDraft &draft, FieldId field, const QString &value)
{
    const ValueForm form = DraftFields::form(draft, field);
    switch (form) {
    case ValueForm::Any:
    case ValueForm::PersonName:
    case ValueForm::HttpHeaderValue:
    case ValueForm::BasicAuthUser:
    case ValueForm::UserName:
    case ValueForm::Password:
        break;
    case ValueForm::Email:
        return email(draft, field, value);
    case ValueForm::Host:
        return UrlForms::host(draft, field, value);
    case ValueForm::SnowflakeHost:
        return UrlForms::snowflakeHost(draft, field, value);
    case ValueForm::WebAddress:
        return UrlForms::webAddress(field, value);
    case ValueForm::SshCloneUrl:
    case ValueForm::HttpsCloneUrl:
        return UrlForms::cloneUrl(form == ValueForm::SshCloneUrl, field, value);
    case ValueForm::MongodbUri:
        return UrlForms::mongodbUri(field, value);
    case ValueForm::AwsRegion:
        return awsRegion(field, value);
    case ValueForm::AzureAccount:
        return azureAccount(field, value);
    case ValueForm::AzureKey: {
        auto found = azureKey(draft, field, value);
        return found ? found : tokenOfAnother(draft, field, value);
    }
    case ValueForm::DatadogSite:
        return UrlForms::datadogSite(field, value);
    case ValueForm::HttpHeaderName:
        return headerName(field, value);
    case ValueForm::HttpParameterName:
        return parameterName(field, value);
    case ValueForm::Port:
        return port(draft, field, value);
    case ValueForm::ServiceSecret:
        return tokenOfAnother(draft, field, value);
    }
    return std::nullopt;
}

} // namespace

std::optional<DraftFinding> ValueForms::check(const CredentialDraft &draft, FieldId field)
{
    const CredentialField &row = draft.type()->field(field);
    const QString &value = draft.value(field);
    if (value.size() > maxCharacters)
        return std::nullopt; // it is too long, which is told by itself
    if (auto found = ofForm(draft, field, value))
        return found;
    return brokenRule(row, field, value);
}

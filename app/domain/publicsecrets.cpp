// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/publicsecrets.h"

#include "domain/hosts.h"
#include "domain/knownvalues.h"
#include "domain/urlpassword.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace DraftFields;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;
using UrlPasswords::isPlaceholder;
using UrlPasswords::UrlPassword;

namespace {

constexpr qsizetype maxCharacters = 128 * 1024; // nothing that long is sent

bool isOfHost(ValueForm form)
{
    return form == ValueForm::Host || form == ValueForm::SnowflakeHost;
}

bool isOfRepository(ValueForm form)
{
    return form == ValueForm::SshCloneUrl || form == ValueForm::HttpsCloneUrl;
}

bool isOfUrl(ValueForm form)
{
    return isOfHost(form) || isOfRepository(form) || form == ValueForm::WebAddress;
}

DraftFinding passwordInUrl(const CredentialDraft &draft, FieldId field, const UrlPassword &found)
{
    const QString &text = draft.value(field);
    const QString &url = found.url;
    std::vector<FieldChange> changes;
    auto target = draft.shownField(ValueForm::Password);
    QString secret = found.password;
    if (isOfHost(form(draft, field))) {
        const Hosts::Parts parts = Hosts::parts(found.without);
        changes.push_back({field, parts.host});
        if (parts.port > 0)
            fill(draft, changes, draft.shownField(ValueForm::Port), QString::number(parts.port));
        fill(draft, changes, draft.shownField(ValueForm::UserName), found.user);
    } else {
        const QString rest = QString(text).replace(found.begin, found.size, found.without);
        changes.push_back({field, rest});
    }
    if (const auto uri = draft.shownField(ValueForm::MongodbUri); uri && url.startsWith("mongodb"_L1)) {
        target = uri;
        secret = url;
    }
    const std::size_t before = changes.size();
    fill(draft, changes, target, secret);
    if (changes.size() == before)
        target.reset();
    return with(problem(field, Kind::PasswordInUrl,
                        !target
                            ? words(QT_TRANSLATE_NOOP(
                                  "DraftValidator",
                                  "There is a password in the address, and everybody can read this field."))
                            : words(QT_TRANSLATE_NOOP("DraftValidator",
                                                      "There is a password in the address, and everybody can "
                                                      "read this field. It belongs into “%1”."))
                                  .arg(label(draft, *target))),
                Remedy::TakePasswordOut, std::move(changes), target);
}

/// `Password=…` and the like, as connection strings have it.
std::optional<DraftFinding> connectionString(const CredentialDraft &draft, FieldId field, const QString &text)
{
    static const QRegularExpression key(u"\\b(AccountKey|SharedAccessKey)\\s*=\\s*[A-Za-z0-9+/=]{40,}"_s);
    static const QRegularExpression password(u"(?:^|[;?&\\s])(?:password|pwd)\\s*=\\s*(?<value>[^;&\\s]+)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    if (text.contains("Key"_L1) && key.match(text).hasMatch())
        return problem(
            field, Kind::PasswordInUrl,
            words(QT_TRANSLATE_NOOP("DraftValidator", "There is a key in this connection string, and "
                                                      "everybody can read this field.")));
    if (!isOfHost(form(draft, field)))
        return std::nullopt;
    const auto match = password.match(text);
    if (!match.hasMatch() || isPlaceholder(match.capturedView(u"value")))
        return std::nullopt;
    return problem(
        field, Kind::PasswordInUrl,
        words(QT_TRANSLATE_NOOP("DraftValidator", "There is a password in this connection string, and "
                                                  "everybody can read this field.")));
}

struct Characters
{
    int lower = 0, upper = 0, digits = 0, signs = 0, others = 0;
    double entropy = 0; // bits for each character
};

Characters charactersOf(QStringView text)
{
    Characters result;
    std::array<int, 128> counts{};
    for (const QChar c : text) {
        const ushort u = c.unicode();
        if (u >= 128) {
            ++result.others;
            continue;
        }
        ++counts[u];
        if (u >= u'a' && u <= u'z')
            ++result.lower;
        else if (u >= u'A' && u <= u'Z')
            ++result.upper;
        else if (u >= u'0' && u <= u'9')
            ++result.digits;
        else if (u == u'+' || u == u'/' || u == u'=' || u == u'-' || u == u'_')
            ++result.signs;
        else
            ++result.others;
    }
    for (const int count : counts) {
        if (count > 0) {
            const double share = double(count) / double(text.size());
            result.entropy -= share * std::log2(share);
        }
    }
    return result;
}

/// How characters come where a machine has drawn them: small, capital and digits in any order.
bool isRandom(QStringView text, qsizetype minimum)
{
    constexpr qsizetype maxRandom = 512;
    constexpr double leastEntropy = 4.2;
    if (text.size() < minimum || text.size() > maxRandom)
        return false;
    const Characters found = charactersOf(text);
    // Paths and names in camel case have few digits, or words.
    return found.others == 0 && found.lower >= 4 && found.upper >= 4 && found.digits >= 3 &&
           found.entropy >= leastEntropy;
}

/// AWS's secret access keys: 40 characters of base64 without padding.
bool isSecretAccessKey(QStringView text)
{
    constexpr qsizetype length = 40;
    constexpr double leastEntropy = 4.4;
    constexpr int leastChanges = 14; // between small letters, capitals, digits and signs: paths have fewer
    if (text.size() != length || text.contains(u'-') || text.contains(u'_') || text.contains(u'='))
        return false;
    const Characters found = charactersOf(text);
    const auto sort = [](QChar c) { return c.isLower() ? 0 : c.isUpper() ? 1 : c.isDigit() ? 2 : 3; };
    int changes = 0;
    for (qsizetype i = 1; i < text.size(); ++i)
        changes += sort(text[i]) != sort(text[i - 1]);
    return found.others == 0 && found.lower >= 4 && found.upper >= 4 && found.digits + found.signs > 0 &&
           found.entropy >= leastEntropy && changes >= leastChanges;
}

enum class Likeness { None, Token, Jwt, SecretAccessKey, Random, Said };

/// What one word of a text for people looks like.
Likeness likenessOf(QStringView word)
{
    if (KnownValues::tokenKind(word))
        return Likeness::Token;
    if (KnownValues::isJwt(word))
        return Likeness::Jwt;
    return isSecretAccessKey(word) ? Likeness::SecretAccessKey : Likeness::None;
}

bool isSeparator(QChar c)
{
    return c.isSpace() || u"\"'`,;()<>[]{}|=:&?"_s.contains(c);
}

Likeness likenessOfWords(QStringView text)
{
    constexpr qsizetype leastWord = 14;
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !isSeparator(text[i]))
            continue;
        QStringView word = text.sliced(begin, i - begin);
        while (word.endsWith(u'.'))
            word.chop(1);
        const bool isFingerprint = begin > 0 && text.first(begin).endsWith("SHA256:"_L1);
        if (word.size() >= leastWord && !isFingerprint) {
            if (const Likeness likeness = likenessOf(word); likeness != Likeness::None)
                return likeness;
        }
        begin = i + 1;
    }
    return Likeness::None;
}

/// “password: …” with something that no word of a sentence looks like, and what URLs have as parameters.
bool saysSecret(const QString &text)
{
    static const QRegularExpression said(u"(?:pass(?:word|wort|wd|phrase)?|pwd|secret|kennwort|token|api[ "
                                         u"_-]?key|access[ _-]?key|client_secret|sig)"
                                         "\\s*[:=]\\s*[\"']?(?<value>[^\\s\"'&,;]{10,})"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    for (auto matches = said.globalMatch(text); matches.hasNext();) {
        const QStringView value = matches.next().capturedView(u"value");
        const Characters found = charactersOf(value);
        if (found.lower > 0 && found.upper > 0 && found.digits > 1 && !value.contains("://"_L1) &&
            !isPlaceholder(value))
            return true;
    }
    return false;
}

/// Azure's shared access signatures, in a URL or what is left of one.
bool hasSharedSignature(const QString &text)
{
    static const QRegularExpression signature(u"[?&]sig=[A-Za-z0-9%+/=_-]{10,}"_s);
    return text.contains("sv="_L1) && signature.match(text).hasMatch();
}

QString wordsFor(Likeness likeness)
{
    switch (likeness) {
    case Likeness::Jwt:
        return words(QT_TRANSLATE_NOOP("DraftValidator",
                                       "There is a token (JWT) in here, and everybody can read this field."));
    case Likeness::SecretAccessKey:
        return words(QT_TRANSLATE_NOOP(
            "DraftValidator", "This looks like a secret access key, and everybody can read this field."));
    case Likeness::Said:
        return words(QT_TRANSLATE_NOOP(
            "DraftValidator", "There seems to be a password in here, and everybody can read this field."));
    case Likeness::Random:
        return words(QT_TRANSLATE_NOOP("DraftValidator",
                                       "This looks like a secret, and everybody can read this field."));
    case Likeness::None:
    case Likeness::Token:
        break;
    }
    return words(QT_TRANSLATE_NOOP("DraftValidator",
                                   "There is a token or key of %1 in here, and everybody can read "
                                   "this field."));
}

const KnownValues::TokenKind *tokenIn(QStringView text)
{
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !isSeparator(text[i]))
            continue;
        QStringView word = text.sliced(begin, i - begin);
        while (word.endsWith(u'.'))
            word.chop(1);
        if (const auto *kind = KnownValues::tokenKind(word))
            return kind;
        begin = i + 1;
    }
    return nullptr;
}

/// Moves the whole value to the secret that it is for, or exchanges the two.
DraftFinding withMove(DraftFinding finding, const CredentialDraft &draft, FieldId field)
{
    const auto target = secretField(draft, FileFormat::Text);
    if (!field.isOfType() || !target)
        return finding;
    const QString &there = draft.value(*target);
    const bool isExchange = !there.isEmpty();
    return with(std::move(finding), isExchange ? Remedy::ExchangeFields : Remedy::MoveToField,
                {{field, there}, {*target, draft.value(field)}}, target);
}

/// A whole header, or user and password, where only a name belongs.
std::optional<DraftFinding> secretBesideName(const CredentialDraft &draft, FieldId field, const QString &text)
{
    const ValueForm form = DraftFields::form(draft, field);
    const QChar sign = form == ValueForm::HttpParameterName ? u'=' : u':';
    const qsizetype at = text.indexOf(sign);
    const QStringView value = at < 0 ? QStringView() : QStringView(text).sliced(at + 1).trimmed();
    if (value.isEmpty() || at == 0)
        return std::nullopt;
    const auto target = secretField(draft, FileFormat::Text);
    std::vector<FieldChange> changes;
    if (target && draft.value(*target).isEmpty())
        changes = {{field, text.first(at).trimmed()}, {*target, value.toString()}};
    const char *message =
        form == ValueForm::BasicAuthUser
            ? QT_TRANSLATE_NOOP("DraftValidator",
                                "A user name has no colon. If what follows it is the password: "
                                "everybody can read this field.")
            : QT_TRANSLATE_NOOP("DraftValidator",
                                "Only the name belongs here. If what follows it is the secret: "
                                "everybody can read this field.");
    return with(question(field, Kind::LooksSecret, words(message)), Remedy::TakeApart, std::move(changes),
                target);
}

std::optional<DraftFinding> looksSecret(const CredentialDraft &draft, FieldId field, const QString &text)
{
    constexpr qsizetype leastRandom = 32;
    const ValueForm form = DraftFields::form(draft, field);
    const bool isFile = DraftFields::isFile(draft, field);
    if (form == ValueForm::HttpHeaderName || form == ValueForm::HttpParameterName ||
        form == ValueForm::BasicAuthUser) {
        if (auto beside = secretBesideName(draft, field, text))
            return beside;
    }
    if (isFile)
        return std::nullopt; // certificates are as random as keys
    const bool isForPeople = use(draft, field) != StrayText::Use::Value;
    Likeness likeness = likenessOfWords(text);
    if (likeness == Likeness::None && (isForPeople || isOfUrl(form)) && saysSecret(text))
        likeness = Likeness::Said;
    if (likeness == Likeness::None && (UrlPasswords::hasTokenAsUser(text) || hasSharedSignature(text)))
        likeness = Likeness::Random;
    // A name may be any; but those of headers, accounts and users are not drawn by lot.
    const bool isWholeValue = !isForPeople && !isOfUrl(form);
    if (likeness == Likeness::None && isWholeValue && isRandom(text, leastRandom))
        likeness = Likeness::Random;
    if (likeness == Likeness::None)
        return std::nullopt;
    QString message = wordsFor(likeness);
    if (likeness == Likeness::Token)
        message = message.arg(tokenIn(text)->owner);
    DraftFinding found = question(field, Kind::LooksSecret, message);
    return isWholeValue ? withMove(std::move(found), draft, field) : found;
}

} // namespace

std::vector<DraftFinding> PublicSecrets::check(const CredentialDraft &draft, FieldId field)
{
    const QString &text = draft.value(field);
    if (text.isEmpty() || text.size() > maxCharacters)
        return {};
    const ValueForm form = DraftFields::form(draft, field);
    if (isOfUrl(form)) {
        using UrlPasswords::Whole;
        if (const auto found =
                UrlPasswords::findInWhole(text, isOfRepository(form) ? Whole::Repository : Whole::Address))
            return {passwordInUrl(draft, field, *found)};
    }
    if (const auto inUrl = UrlPasswords::find(text))
        return {passwordInUrl(draft, field, *inUrl)};
    if (auto found = connectionString(draft, field, text))
        return {*found};
    if (auto found = looksSecret(draft, field, text))
        return {*found};
    return {};
}

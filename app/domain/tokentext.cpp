// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/tokentext.h"

#include "domain/straytext.h"
#include "domain/wiping.h"
#include "domain/wrappedvalue.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <span>
#include <utility>

using namespace Qt::StringLiterals;
using TokenText::Problem;
using TokenText::Reading;

namespace {

constexpr qsizetype maxLength = 16'384; // servers take no longer header

bool isBase64Url(QChar c)
{
    return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' ||
           c == u'_';
}

/// What RFC 6750 permits as a bearer token.
bool isBearerToken(QStringView text)
{
    while (text.endsWith(u'='))
        text.chop(1);
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) {
        return isBase64Url(c) || c == u'.' || c == u'~' || c == u'+' || c == u'/';
    });
}

/// Empty if the text is no JSON Web Token.
QJsonObject webTokenHeader(QStringView text)
{
    const auto parts = text.split(u'.');
    const bool hasForm = parts.size() == 3 && std::ranges::all_of(parts, [](QStringView part) {
                             return !part.isEmpty() && std::ranges::all_of(part, isBase64Url);
                         });
    if (!hasForm)
        return {};
    const QByteArray header = QByteArray::fromBase64(parts.front().toLatin1(), QByteArray::Base64UrlEncoding);
    return QJsonDocument::fromJson(header).object();
}

bool isWebToken(QStringView text)
{
    return !webTokenHeader(text).isEmpty();
}

enum class Signature { Whole, Other, TooLong };

/// By what the algorithm in the header makes.
Signature signatureOf(QStringView webToken)
{
    static constexpr qsizetype ofHs256[] = {43}, of64Bytes[] = {86}, ofHs384[] = {64}, ofEs384[] = {128},
                               ofEs512[] = {176}, ofRsa[] = {342, 512, 683, 1366};
    struct Algorithm
    {
        QLatin1StringView name;
        std::span<const qsizetype> lengths;
    };
    static constexpr Algorithm algorithms[] = {
        {"HS256"_L1, ofHs256}, {"HS384"_L1, ofHs384}, {"HS512"_L1, of64Bytes}, {"ES256"_L1, of64Bytes},
        {"ES384"_L1, ofEs384}, {"ES512"_L1, ofEs512}, {"EdDSA"_L1, of64Bytes}, {"RS256"_L1, ofRsa},
        {"RS384"_L1, ofRsa},   {"RS512"_L1, ofRsa},   {"PS256"_L1, ofRsa},     {"PS384"_L1, ofRsa},
        {"PS512"_L1, ofRsa},
    };
    const QString name = webTokenHeader(webToken)["alg"_L1].toString();
    const auto *known = std::ranges::find(algorithms, name, &Algorithm::name);
    if (known == std::end(algorithms))
        return Signature::Other;
    const qsizetype length = webToken.size() - webToken.lastIndexOf(u'.') - 1;
    if (std::ranges::find(known->lengths, length) != known->lengths.end())
        return Signature::Whole;
    return length > known->lengths.back() ? Signature::TooLong : Signature::Other;
}

/// What else a word is that may have been copied in place of a token.
Problem otherMeaning(QStringView text)
{
    static const QRegularExpression webAddress(
        u"^<?[a-z][a-z0-9+.-]*://|^www\\.|^[a-z0-9.-]*losant\\.com\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression id(u"^[0-9a-f]{24}$"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression accessKey(
        u"^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|A[KS]IA[0-9A-Z]{16})$"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression nameAlone(
        u"^(?:bearer|(?:[a-z$]+[a-z_: -]*)?token\\s*[=:]+|losant_api_token)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression placeholder(u"^(?!.*eyJ)(?:\\$|%|<|\\{\\{|\\[)[^=:]*[A-Za-z][^=:]*$"_s);
    const auto has = [text](QLatin1StringView part) { return text.contains(part, Qt::CaseInsensitive); };
    const auto matches = [](QStringView part, const QRegularExpression &pattern) {
        return pattern.match(part.toString()).hasMatch();
    };
    // Of an address that holds a token it is not told for whom that is.
    const qsizetype end = std::ranges::find_if(text, [](QChar c) { return c.isSpace(); }) - text.begin();
    // A start reads a token, and to load what matches patterns takes more time and memory than all the rest
    // of it: of most tokens their length or a character tells that they match none.
    if ((has("://"_L1) || has("www."_L1) || has("losant.com"_L1)) && matches(text.first(end), webAddress))
        return Problem::WebAddress;
    if (text.size() == 24 && matches(text, id))
        return Problem::Id;
    if ((text.size() == 36 || text.size() == 20) && matches(text, accessKey))
        return Problem::AccessKey;
    if (!text.isEmpty() && u"$%<{["_s.contains(text.front()) && matches(text, placeholder))
        return Problem::Placeholder;
    if ((has("bearer"_L1) || has("token"_L1)) && matches(text, nameAlone))
        return Problem::Missing;
    const auto stray = StrayText::find(text, StrayText::Use::Value);
    return stray && stray->isMask ? Problem::Mask : Problem::None;
}

/// The only value of a JSON object that its key calls a token.
QString tokenOfJson(QStringView text)
{
    if (!text.startsWith(u'{'))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    QString found;
    for (auto entry = object.constBegin(); entry != object.constEnd(); ++entry) {
        if (!entry->isString() || !entry.key().endsWith("token"_L1, Qt::CaseInsensitive))
            continue;
        if (!found.isEmpty())
            return {};
        found = entry->toString();
    }
    return found;
}

/// What is wrapped in a JSON object, an assignment, a header or quotes; empty if nothing is.
QString unwrapped(QStringView text)
{
    if (QString ofJson = tokenOfJson(text); !ofJson.isEmpty())
        return StrayText::trimmed(ofJson).toString();
    if (const auto inner = WrappedValue::unwrapped(text, WrappedValue::Place::Value, u"token"))
        return inner->value;
    static const QRegularExpression scheme(u"^bearer\\s+"_s, QRegularExpression::CaseInsensitiveOption);
    const auto match = scheme.match(text.toString());
    return match.hasMatch() ? text.sliced(match.capturedEnd()).toString() : QString();
}

/// A JSON Web Token that was cut in lines or by blanks, in one piece. Empty if it is none for sure.
QString joined(QStringView text)
{
    QString whole = StrayText::withoutUnseen(text);
    if (whole.size() == text.size() || !isWebToken(whole))
        return {};
    const Signature signature = signatureOf(whole);
    if (signature == Signature::TooLong)
        return {}; // a word stands behind it
    // What begins with a token already goes on only if that one's signature is cut.
    static const QRegularExpression blanks(u"\\s+"_s);
    for (const QString &word : text.toString().split(blanks, Qt::SkipEmptyParts)) {
        if (isWebToken(word) && (signature != Signature::Whole || signatureOf(word) == Signature::Whole))
            return {};
    }
    return whole;
}

Reading tokenRead(QStringView token, bool isMended)
{
    return {.token = token.toLatin1(), .isMended = isMended};
}

/// The one JSON Web Token in the text, or a problem: none, several, or one that may go on behind what is
/// taken for a blank.
Reading searched(const QString &text)
{
    static const QRegularExpression form(
        u"(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+(?![A-Za-z0-9_-]|\\.\\w)"_s);
    QString found;
    bool isSure = false;
    for (auto matches = form.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        const QString token = match.captured();
        if (!isWebToken(token))
            continue;
        if (!found.isEmpty() && token != found)
            return {.problem = Problem::Several};
        found = token;
        const QStringView behind = StrayText::trimmed(QStringView(text).sliced(match.capturedEnd()));
        const QStringView next = QStringView(text).sliced(match.capturedEnd()).left(1);
        const bool isCutOff = !StrayText::isBlank(next) && !u"\"'`,;.)]}>&<"_s.contains(next);
        const bool mayGoOn = isCutOff || (!behind.isEmpty() && isBase64Url(behind.front()));
        isSure = isSure || !mayGoOn || (!isCutOff && signatureOf(token) == Signature::Whole);
    }
    return isSure ? tokenRead(found, true) : Reading{.problem = Problem::NoToken};
}

Reading readCore(QString core)
{
    constexpr qsizetype leastLength = 16; // of what is taken out of something else; words are shorter
    constexpr int maxLayers = 4;
    for (int layer = 0; layer < maxLayers; ++layer) {
        const bool isWrapped = layer > 0;
        if (const Problem problem = otherMeaning(core); problem != Problem::None)
            return {.problem = problem};
        if (isBearerToken(core) && (!isWrapped || core.size() >= leastLength))
            return isWebToken(QStringView(core).chopped(1)) && core.endsWith(u'.')
                       ? tokenRead(QStringView(core).chopped(1), true) // the end of a sentence
                       : tokenRead(core, isWrapped);
        if (const QString whole = joined(core); !whole.isEmpty())
            return tokenRead(whole, true);
        QString inner = unwrapped(core);
        if (inner.isEmpty()) { // what is wrapped may be in lines itself
            static const QRegularExpression lineBreaks(u"\\s*[\\r\\n]\\s*"_s);
            inner = unwrapped(QString(core).remove(lineBreaks));
        }
        if (inner.isEmpty())
            break;
        wipe(core);
        core = std::move(inner);
    }
    return searched(core);
}

} // namespace

Reading TokenText::read(QStringView text)
{
    const QStringView core = StrayText::trimmed(text);
    if (core.isEmpty())
        return {.problem = Problem::Missing};
    if (core.size() > maxLength)
        return {.problem = Problem::NoToken};
    return readCore(core.toString());
}

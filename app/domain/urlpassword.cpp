// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/urlpassword.h"

#include "domain/knownvalues.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;
using UrlPasswords::UrlPassword;

namespace {

constexpr qsizetype maxUrl = 4096;
constexpr int maxUrls = 200;

bool isUnseen(QChar c)
{
    const ushort u = c.unicode();
    if (u < 0x80)
        return (u < 0x20 && !c.isSpace()) || u == 0x7f;
    return c.category() == QChar::Other_Format || (u >= 0xfe00 && u <= 0xfe0f) || u == 0x034f;
}

/// What looks like a sign of URLs, as that sign.
QChar plainSign(QChar c)
{
    switch (c.unicode()) {
    case 0xff20:
    case 0xfe6b:
        return u'@';
    case 0xff1a:
    case 0xfe55:
    case 0xfe13:
    case 0xa789:
    case 0x2236:
        return u':';
    case 0xff0f:
    case 0x2044:
    case 0x2215:
        return u'/';
    default:
        return c;
    }
}

/// A text without characters that can't be seen, as it is and with plain signs, and where it comes from.
struct Cleaned
{
    explicit Cleaned(QStringView text)
    {
        const auto isAscii = [](QChar c) { return c.unicode() < 0x80 && !isUnseen(c); };
        if (std::ranges::all_of(text, isAscii)) {
            original = plain = text.toString();
            return;
        }
        original.reserve(text.size());
        plain.reserve(text.size());
        places.reserve(std::size_t(text.size()) + 1);
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (isUnseen(text[i]))
                continue;
            original += text[i];
            plain += plainSign(text[i]);
            places.push_back(i);
        }
        places.push_back(text.size());
    }

    qsizetype place(qsizetype at) const { return places.empty() ? at : places[std::size_t(at)]; }

    QString original, plain; ///< of the same length
    std::vector<qsizetype> places;
};

bool isOfScheme(QChar c)
{
    const ushort u = c.unicode();
    return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') || u == u'+' ||
           u == u'-' || u == u'.';
}

/// Ends a URL more often than not, but people have such passwords too.
bool isDoubtful(QChar c)
{
    return c == u'"' || c == u'`' || c == u'|';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isEndOfAuthority(QChar c)
{
    return c == u'/' || c == u'?' || c == u'#';
}

/// More likely a host than a user.
bool isLikeHost(QStringView name)
{
    return name.contains(u'.') || name == "localhost"_L1 || name.startsWith(u'[');
}

/// Digits, and nothing of a password behind them.
bool isPortInText(QStringView port)
{
    const qsizetype digits = std::ranges::find_if_not(port, isDigit) - port.begin();
    return digits > 0 && digits <= 5 &&
           (digits == port.size() || port[digits].isSpace() || u",;|\"'`()<>[]{}"_s.contains(port[digits]));
}

bool isPortToFillIn(QStringView port)
{
    static const QRegularExpression pattern(
        u"^(<[^<>]*>|\\{+[^{}]*\\}+|\\[[^\\[\\]]*\\]|\\$[A-Z_]+|\\$\\{\\w+\\}|%\\w+%|\\*|port|PORT)$"_s);
    return pattern.match(port).hasMatch();
}

bool isListOfHosts(QStringView authority)
{
    static const QRegularExpression pattern(u"^[\\w.-]+(:\\d{1,5})?(,[\\w.-]+(:\\d{1,5})?)+$"_s);
    return pattern.match(authority).hasMatch();
}

/// As a host stands in front of a path.
bool beginsWithHostAndPath(QStringView text, bool isDotted)
{
    static const QRegularExpression any(u"^[\\w-]+(\\.[\\w-]+)*(:\\d+)?[/:]"_s);
    static const QRegularExpression dotted(u"^(localhost|[\\w-]+(\\.[\\w-]+)+)(:\\d+)?[/:]"_s);
    return (isDotted ? dotted : any).match(text.first(std::min<qsizetype>(text.size(), 256))).hasMatch();
}

/// A URL within a text.
struct Place
{
    qsizetype begin = 0, authority = 0, end = 0;
    bool isRepository = false; ///< host and path of a repository, or user and password
};

/// Unescaped, a slash, a question mark or a number sign ends what comes before the password's end. Then what
/// stands behind the colon is no port.
qsizetype atBehindPath(QStringView url, const Place &place, qsizetype path)
{
    const qsizetype authority = place.authority;
    const qsizetype at = url.lastIndexOf(u'@');
    const qsizetype colon = url.first(path).indexOf(u':', authority);
    if (at < authority || colon < 0 || at + 1 >= url.size() || url[authority] == u'[')
        return -1;
    const QStringView user = url.sliced(authority, colon - authority);
    const QStringView port = url.sliced(colon + 1, path - colon - 1);
    if (port.isEmpty() || isPortToFillIn(port) || isListOfHosts(url.sliced(authority, path - authority)))
        return -1;
    const QStringView host = url.sliced(at + 1);
    // Without a scheme: host and path of a repository.
    if (authority == 0 && isLikeHost(user))
        return -1;
    if (place.isRepository)
        return beginsWithHostAndPath(host, true) ? at : -1;
    if (!std::ranges::all_of(port, isDigit))
        return at;
    const QStringView between = url.sliced(path, at - path);
    if (isLikeHost(user) || between.size() < 2 || between[0] != u'/' || between.count(u'/') > 1 ||
        between.contains(u'?') || between.contains(u'#'))
        return -1;
    const bool isWeb = url.first(authority).endsWith("http://"_L1, Qt::CaseInsensitive) ||
                       url.first(authority).endsWith("https://"_L1, Qt::CaseInsensitive);
    return beginsWithHostAndPath(host, isWeb) ? at : -1;
}

/// What is before the at sign is rather a part of a sentence, a table or a program.
bool isOfText(QStringView user, QStringView password)
{
    const auto end =
        std::ranges::find_if(user, [](QChar c) { return c.isSpace() || isDoubtful(c) || c == u'='; });
    if (end != user.end() && (!isDoubtful(*end) || isLikeHost(user.first(end - user.begin()))))
        return true;
    return (!password.isEmpty() && password[0].isSpace()) || (isLikeHost(user) && isPortInText(password));
}

QString decoded(QStringView text)
{
    QString plain = text.toString();
    plain.removeIf([](QChar c) { return c == u'\n' || c == u'\r' || c == u'\t'; });
    return QUrl::fromPercentEncoding(plain.toUtf8());
}

std::optional<UrlPassword> passwordOf(const Cleaned &text, const Place &place)
{
    const QStringView url = QStringView(text.plain).first(place.end);
    const qsizetype authority = place.authority;
    const qsizetype path = std::find_if(url.begin() + authority, url.end(), isEndOfAuthority) - url.begin();
    qsizetype at = url.first(path).lastIndexOf(u'@');
    const bool isBehindPath = at < authority;
    if (isBehindPath)
        at = atBehindPath(url, place, path);
    if (at < authority)
        return std::nullopt;
    const qsizetype colon = url.first(at).indexOf(u':', authority);
    const qsizetype userEnd = colon < 0 ? at : colon;
    const QStringView user = url.sliced(authority, userEnd - authority);
    const QStringView password =
        colon < 0 ? QStringView() : QStringView(text.original).sliced(colon + 1, at - colon - 1);
    if (isOfText(user, password))
        return std::nullopt;
    if (place.isRepository && !isBehindPath && !beginsWithHostAndPath(url.sliced(at + 1), isLikeHost(user)))
        return std::nullopt;
    // In a sentence the colon may be another alphabet's.
    if (colon >= 0 && text.original[colon] != u':' && isLikeHost(user))
        return std::nullopt;

    UrlPassword found;
    found.user = decoded(user);
    found.password = decoded(password);
    const QStringView begin = url.sliced(place.begin), rest = url.sliced(at + 1);
    if (KnownValues::tokenKind(found.user) || KnownValues::isJwt(found.user)) {
        found.password = std::exchange(found.user, {});
        found.without = begin.first(authority - place.begin) % rest;
    } else if (!UrlPasswords::isPlaceholder(found.password)) {
        found.without = begin.first(userEnd - place.begin) % u'@' % rest;
    } else {
        return std::nullopt;
    }
    found.url = begin.toString();
    found.begin = text.place(place.begin);
    found.size = text.place(place.end - 1) + 1 - found.begin;
    return found;
}

/// Where the user would begin in the next URL; -1 if there is none. `begin` is where the URL does.
qsizetype nextAuthority(QStringView text, qsizetype from, qsizetype &begin)
{
    for (qsizetype slash = text.indexOf(u'/', from); slash >= 0; slash = text.indexOf(u'/', slash + 1)) {
        const bool isDouble = slash + 1 < text.size() && text[slash + 1] == u'/';
        const bool hasColon = slash > from && text[slash - 1] == u':';
        begin = hasColon ? slash - 1 : slash;
        while (hasColon && begin > from && isOfScheme(text[begin - 1]))
            --begin;
        const QStringView scheme = hasColon ? text.sliced(begin, slash - 1 - begin) : QStringView();
        if (isDouble) {
            const bool isBeginning = slash == 0 || text[slash - 1].isSpace() || isDoubtful(text[slash - 1]) ||
                                     text[slash - 1] == u'(' || text[slash - 1] == u'\'';
            if (hasColon || (isBeginning && slash >= from))
                return slash + 2;
            ++slash;
        } else if (scheme.size() > 1 && scheme[0].isLetter() && !scheme.contains(u'.')) {
            return slash + 1;
        }
    }
    return -1;
}

/// Further than where a URL ends in a text, if a password seems to go on there; -1 if not.
qsizetype longerEnd(QStringView text, const Place &place)
{
    const qsizetype limit = std::min(text.size(), place.begin + maxUrl);
    const auto wordEnd = [&](qsizetype from) {
        return std::find_if(text.begin() + from, text.begin() + limit, [](QChar c) { return c.isSpace(); }) -
               text.begin();
    };
    const QStringView authority = text.sliced(place.authority, place.end - place.authority);
    const qsizetype colon = authority.indexOf(u':');
    if (place.end >= limit || colon < 1 || colon + 1 >= authority.size() ||
        std::ranges::any_of(authority, isEndOfAuthority))
        return -1;
    if (!text[place.end].isSpace())
        return wordEnd(place.end);
    qsizetype next = place.end;
    bool isNewLine = false;
    for (; next < limit && text[next].isSpace(); ++next)
        isNewLine = isNewLine || text[next] == u'\n' || text[next] == u'\r';
    const QStringView word = text.sliced(next, std::max<qsizetype>(next, wordEnd(next)) - next);
    const qsizetype at = word.lastIndexOf(u'@');
    if (at < 0 || (at > 0 && isNewLine) || std::ranges::any_of(word.first(at), isEndOfAuthority))
        return -1;
    const bool isPort = std::ranges::all_of(authority.sliced(colon + 1), isDigit);
    if (isPort || (at > 0 && !beginsWithHostAndPath(word.sliced(at + 1), true)))
        return -1;
    return next + word.size();
}

} // namespace

bool UrlPasswords::isPlaceholder(QStringView password)
{
    static const QRegularExpression placeholder(u"^(<.*>|\\{.*\\}|\\[.*\\]|\\$\\{.*\\}|%\\w+%|[*x."
                                                u"\\x{2022}\\x{2026}]+|pass(word)?|passwo?r?t|pwd|pw|"
                                                "secret|token|(your|my)[_-]?(password|token|secret))$"_s,
                                                QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression variable(u"^\\$[A-Z_][A-Z0-9_]*$"_s);
    return password.isEmpty() || placeholder.match(password).hasMatch() ||
           variable.match(password).hasMatch();
}

std::optional<UrlPassword> UrlPasswords::find(QStringView text)
{
    if (std::ranges::none_of(text, [](QChar c) { return plainSign(c) == u'@'; }))
        return std::nullopt;
    const Cleaned cleaned(text);
    const QStringView plain = cleaned.plain;
    qsizetype from = 0;
    for (int count = 0; count < maxUrls; ++count) {
        Place place;
        place.authority = place.end = nextAuthority(plain, from, place.begin);
        if (place.authority < 0)
            return std::nullopt;
        while (place.end < plain.size() && place.end - place.begin < maxUrl && !plain[place.end].isSpace() &&
               !isDoubtful(plain[place.end]))
            ++place.end;
        if (auto found = passwordOf(cleaned, place))
            return found;
        if (const qsizetype end = longerEnd(plain, place); end > 0) {
            place.end = end;
            if (auto found = passwordOf(cleaned, place))
                return found;
        }
        from = place.authority;
    }
    return std::nullopt;
}

std::optional<UrlPassword> UrlPasswords::findInWhole(QStringView text, Whole whole)
{
    Cleaned cleaned(text);
    bool isJoined = false;
    if (!cleaned.plain.contains("//"_L1)) {
        // The line breaks may be within the sign.
        QString joined = text.toString();
        joined.removeIf([](QChar c) { return c == u'\n' || c == u'\r' || c == u'\t'; });
        Cleaned other(joined);
        isJoined = joined.size() != text.size() && other.plain.contains("//"_L1);
        if (isJoined)
            cleaned = std::move(other);
    }
    const QStringView plain = cleaned.plain;
    if (plain.isEmpty() || plain.startsWith("mailto:"_L1, Qt::CaseInsensitive))
        return std::nullopt;
    Place place{.end = plain.size()};
    if (const qsizetype authority = nextAuthority(plain, 0, place.begin); authority >= 0)
        place.authority = authority;
    else
        place.begin = 0;
    place.isRepository = place.authority == 0 && whole == Whole::Repository;
    while (place.end > place.authority && plain[place.end - 1].isSpace())
        --place.end;
    auto found = place.end > place.authority ? passwordOf(cleaned, place) : std::nullopt;
    if (found && isJoined) {
        found->begin = 0;
        found->size = text.size();
        found->without = plain.first(place.begin) % found->without;
    }
    return found;
}

bool UrlPasswords::hasTokenAsUser(QStringView text)
{
    static const QRegularExpression pattern(
        u"://(?:[0-9a-f]{32,}|(?=[^@/:]*[a-z])(?=[^@/:]*[A-Z])(?=[^@/:]*[0-9])[A-Za-z0-9_-]{32,})(?::[^@/]*)?@"_s);
    return text.contains("://"_L1) && text.contains(u'@') && pattern.match(text).hasMatch();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/urlforms.h"

#include "domain/hosts.h"
#include "domain/knownvalues.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace DraftFields;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

namespace {

bool hasBlank(QStringView value)
{
    return std::ranges::any_of(value, [](QChar c) { return c.isSpace(); });
}

const char *privateHost()
{
    return QT_TRANSLATE_NOOP("DraftValidator",
                             "This address is known only on a computer or within its network: the platform "
                             "can't reach it.");
}

/// The host alone, and what was with it where it belongs, as far as that is empty.
std::vector<FieldChange> takenApart(const CredentialDraft &draft, FieldId field, const Hosts::Parts &parts)
{
    std::vector<FieldChange> changes{{field, parts.host}};
    if (parts.port > 0)
        fill(draft, changes, draft.shownField(ValueForm::Port), QString::number(parts.port));
    fill(draft, changes, draft.shownField(ValueForm::UserName), parts.user);
    return changes;
}

/// Hosts of repositories, at which both kinds of addresses have the same path.
constexpr QLatin1StringView repositoryHosts[] = {"github.com"_L1, "gitlab.com"_L1, "bitbucket.org"_L1};

bool isRepositoryHost(QStringView host)
{
    return std::ranges::any_of(repositoryHosts, [host](QLatin1StringView known) { return host == known; });
}

std::vector<FieldChange> otherCloneUrl(FieldId field, QStringView host, QStringView path, bool isSsh)
{
    if (!isRepositoryHost(host) || path.isEmpty())
        return {};
    return {{field, isSsh ? u"git@%1:%2"_s.arg(host, path) : u"https://%1/%2"_s.arg(host, path)}};
}

/// What is wrong with the parts of a MongoDB URI.
struct MongodbParts
{
    QStringView scheme, user, password, hosts;
    bool hasUser = false;
};

MongodbParts mongodbParts(QStringView uri)
{
    MongodbParts result;
    const qsizetype sign = uri.indexOf("://"_L1);
    result.scheme = uri.first(sign);
    QStringView rest = uri.sliced(sign + 3);
    qsizetype at = rest.lastIndexOf(u'@');
    // An at sign may stand in the options too.
    static const QRegularExpression hostsAlone(
        u"^[\\w.-]+(:\\d{1,5})?(,[\\w.-]+(:\\d{1,5})?)*(/[^/@?]*)?\\?"_s);
    if (at >= 0 && hostsAlone.match(rest.first(at)).hasMatch())
        at = -1;
    if (at >= 0) {
        result.hasUser = true;
        const QStringView user = rest.first(at);
        const qsizetype colon = user.indexOf(u':');
        result.user = user.first(colon < 0 ? user.size() : colon);
        if (colon >= 0)
            result.password = user.sliced(colon + 1);
        rest = rest.sliced(at + 1);
    }
    const auto isEnd = [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; };
    result.hosts = rest.first(std::ranges::find_if(rest, isEnd) - rest.begin());
    return result;
}

/// A percent sign that does not begin an escaped character.
bool hasLonePercent(QStringView text)
{
    static const QRegularExpression lone(u"%(?![0-9A-Fa-f]{2})"_s);
    return text.contains(u'%') && lone.match(text).hasMatch();
}

bool hasUnescaped(QStringView text)
{
    return std::ranges::any_of(text, [](QChar c) { return u"@/?#[]:"_s.contains(c); }) ||
           hasLonePercent(text);
}

QString escaped(QStringView text)
{
    // What is escaped already stays, unless there is a sign that says that nothing is.
    const QString plain = hasLonePercent(text) ? text.toString() : QUrl::fromPercentEncoding(text.toUtf8());
    return QString::fromLatin1(QUrl::toPercentEncoding(plain));
}

} // namespace

std::optional<DraftFinding> UrlForms::host(const CredentialDraft &draft, FieldId field, const QString &value)
{
    const Hosts::Parts parts = Hosts::parts(value);
    if (!parts.isHostAlone()) {
        const char *message =
            !parts.scheme.isEmpty() || (!parts.path.isEmpty() && !parts.path.startsWith(u'\\'))
                ? QT_TRANSLATE_NOOP("DraftValidator",
                                    "Only the host's name belongs here, without what stands before and after "
                                    "it in an address.")
            : !parts.user.isEmpty()
                ? QT_TRANSLATE_NOOP("DraftValidator", "Only the host's name belongs here, without a user.")
            : !parts.path.isEmpty()
                ? QT_TRANSLATE_NOOP("DraftValidator",
                                    "Only the host's name belongs here: the platform takes no name of an "
                                    "instance, but the port that it listens on.")
                : QT_TRANSLATE_NOOP("DraftValidator", "Only the host's name belongs here, without a port.");
        DraftFinding found = unlikely(field, message);
        if (!parts.isReadable || !parts.password.isEmpty())
            return found;
        return with(std::move(found), Remedy::TakeApart, takenApart(draft, field, parts));
    }
    if (hasBlank(value))
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator", "A host's name has no blanks in it."));
    if (!Hosts::isHost(value))
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator", "This is no host's name or IP address."));
    if (Hosts::isPrivate(value))
        return unlikely(field, privateHost());
    return std::nullopt;
}

std::optional<DraftFinding> UrlForms::snowflakeHost(const CredentialDraft &draft, FieldId field,
                                                    const QString &value)
{
    const QString name = Hosts::parts(value).host.toLower();
    if (name == "app.snowflake.com"_L1)
        return unlikely(
            field, QT_TRANSLATE_NOOP("DraftValidator",
                                     "This is the address of Snowflake's web page. The account's own ends "
                                     "in “.snowflakecomputing.com”."));
    if (auto found = host(draft, field, value))
        return found;
    if (name.contains(".privatelink."_L1))
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                                 "An address with “privatelink” is known only within its "
                                                 "network: the platform can't reach it."));
    if (!name.endsWith(".snowflakecomputing.com"_L1) && !name.endsWith(".snowflakecomputing.cn"_L1))
        return unlikely(
            field,
            QT_TRANSLATE_NOOP("DraftValidator",
                              "Addresses of Snowflake accounts usually end in “.snowflakecomputing.com”."));
    return std::nullopt;
}

std::optional<DraftFinding> UrlForms::datadogSite(FieldId field, const QString &value)
{
    const auto sites = KnownValues::datadogSites();
    const auto isDomain = [](const QString &domain) {
        return [domain](const KnownValues::DatadogSite &site) { return site.domain == domain; };
    };
    if (std::ranges::any_of(sites, isDomain(value)))
        return std::nullopt;
    const auto named = std::ranges::find_if(sites, [&](const KnownValues::DatadogSite &site) {
        return site.name.compare(value, Qt::CaseInsensitive) == 0;
    });
    if (named != sites.end()) {
        return with(unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                                      "This is the site's name. Its domain belongs here, for "
                                                      "example datadoghq.eu.")),
                    Remedy::TakePart, {{field, QString(named->domain)}});
    }
    QString domain = Hosts::parts(value).host.toLower();
    while (!domain.isEmpty() && std::ranges::none_of(sites, isDomain(domain))) {
        const qsizetype dot = domain.indexOf(u'.');
        domain = dot < 0 ? QString() : domain.mid(dot + 1);
    }
    if (domain.isEmpty())
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                                 "Credenza does not know this site of Datadog. Those that it "
                                                 "knows are like datadoghq.eu or us5.datadoghq.com."));
    return with(unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                                  "Only the end of the address belongs here, for example "
                                                  "datadoghq.eu.")),
                Remedy::TakePart, {{field, domain}});
}

std::optional<DraftFinding> UrlForms::webAddress(FieldId field, const QString &value)
{
    if (value.contains(u'*'))
        return unlikely(
            field, QT_TRANSLATE_NOOP("DraftValidator", "“*” is taken literally here, not as a wildcard."));
    const QUrl url(value, QUrl::StrictMode);
    if ((url.scheme() != "https"_L1 && url.scheme() != "http"_L1) || url.host().isEmpty())
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                                 "Usually a web address such as https://api.example.com/."));
    if (Hosts::isPrivate(url.host()))
        return unlikely(field, privateHost());
    return std::nullopt;
}

std::optional<DraftFinding> UrlForms::cloneUrl(bool wantsSsh, FieldId field, const QString &value)
{
    if (hasBlank(value))
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator", "A clone URL has no blanks in it."));
    static const QRegularExpression ofScheme(u"^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<rest>.*)$"_s);
    static const QRegularExpression scp(u"^(?:[^/@:]+@)?(?<host>[^/@:]{2,}):(?<path>[^/].*|/.*)$"_s);
    const auto schemed = ofScheme.match(value);
    const auto short_ = schemed.hasMatch() ? QRegularExpressionMatch() : scp.match(value);
    const QString scheme = schemed.captured(u"scheme"_s).toLower();
    const bool isHttp = scheme == "https"_L1 || scheme == "http"_L1;
    const bool isSsh =
        scheme == "ssh"_L1 || scheme == "git+ssh"_L1 || scheme == "ssh+git"_L1 || short_.hasMatch();
    const Hosts::Parts parts = Hosts::parts(value);
    const QString host = short_.hasMatch() ? short_.captured(u"host"_s) : parts.host;
    if (isHttp && wantsSsh) {
        return with(
            unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                              "This is an HTTPS address, which takes a password. With "
                                              "an SSH key it is like git@github.com:acme/flows.git.")),
            Remedy::TakePart, otherCloneUrl(field, host, QStringView(parts.path).mid(1), true));
    }
    if (isSsh && !wantsSsh) {
        const QString path = short_.hasMatch() ? short_.captured(u"path"_s) : parts.path.mid(1);
        return with(
            unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                              "This is an SSH address, which takes an SSH key. With a "
                                              "password it is like https://github.com/acme/flows.git.")),
            Remedy::TakePart, otherCloneUrl(field, host, path, false));
    }
    if (!isHttp && !isSsh)
        return unlikely(
            field, wantsSsh ? QT_TRANSLATE_NOOP("DraftValidator",
                                                "Usually an address such as git@github.com:acme/flows.git.")
                            : QT_TRANSLATE_NOOP("DraftValidator", "Usually an address such as "
                                                                  "https://github.com/acme/flows.git."));
    if (!Hosts::isHost(host))
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator", "There is no host in this address."));
    if (Hosts::isPrivate(host))
        return unlikely(field, privateHost());
    static const QRegularExpression page(u"/(tree|blob|src|commits?|-/tree|-/blob|pull|issues)(/|$)"_s);
    if (isHttp && isRepositoryHost(host) && !value.endsWith(".git"_L1) && page.match(parts.path).hasMatch())
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                                 "This looks like a page about the repository, not like its "
                                                 "clone URL."));
    if (scheme == "http"_L1)
        return unlikely(field,
                        QT_TRANSLATE_NOOP("DraftValidator",
                                          "Over http:// the password is sent unencrypted. Use https://."));
    return std::nullopt;
}

std::optional<DraftFinding> UrlForms::mongodbUri(FieldId field, const QString &value)
{
    const bool isSrv = value.startsWith("mongodb+srv://"_L1);
    if (!isSrv && !value.startsWith("mongodb://"_L1))
        return unlikely(
            field, QT_TRANSLATE_NOOP("DraftValidator",
                                     "Connection URIs usually begin with mongodb:// or mongodb+srv://."));
    static const QRegularExpression placeholder(u"<[\\w .-]+>|(?<=:)(PASSWORD|YOUR_PASSWORD)(?=@)"_s);
    if (placeholder.match(value).hasMatch())
        return unlikely(field,
                        QT_TRANSLATE_NOOP("DraftValidator",
                                          "There is a placeholder left in it, such as <password>: put the "
                                          "value itself in its place, without the angle brackets."));
    const MongodbParts parts = mongodbParts(value);
    if (parts.hosts.isEmpty())
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator", "There is no host in this address."));
    if (hasUnescaped(parts.user) || hasUnescaped(parts.password)) {
        const qsizetype user = parts.user.begin() - QStringView(value).begin();
        const qsizetype end = parts.hosts.begin() - QStringView(value).begin() - 1;
        const QString rest = value.mid(end);
        const bool hasPassword = !parts.password.isEmpty();
        return with(
            unlikely(field, QT_TRANSLATE_NOOP("DraftValidator",
                                              "In the user's name and the password @ : / ? # [ ] and % "
                                              "have to be escaped: @ as %40, / as %2F and so on.")),
            Remedy::Escape,
            {{field, value.left(user) + escaped(parts.user) + (hasPassword ? u":"_s : QString()) +
                         escaped(parts.password) + rest}});
    }
    if (hasBlank(value))
        return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator", "A connection URI has no blanks in it."));
    const auto hosts = parts.hosts.split(u',');
    for (const QStringView each : hosts) {
        const Hosts::Parts host = Hosts::parts(each);
        if (isSrv && (hosts.size() > 1 || host.port > 0))
            return unlikely(field,
                            QT_TRANSLATE_NOOP("DraftValidator",
                                              "With mongodb+srv:// there is one host, without a port."));
        const bool isSocket = QUrl::fromPercentEncoding(each.toUtf8()).startsWith(u'/');
        if (isSocket || Hosts::isPrivate(host.host))
            return unlikely(field, privateHost());
        if (!host.isReadable)
            return unlikely(field, QT_TRANSLATE_NOOP("DraftValidator", "There is no host in this address."));
    }
    return std::nullopt;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/hosts.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// The digits behind the last colon, if that is what is there.
std::optional<int> takePort(QStringView &authority, QChar sign)
{
    const qsizetype at = authority.lastIndexOf(sign);
    if (at < 0 || (sign == u':' && authority.first(at).contains(u':') && !authority.first(at).endsWith(u']')))
        return std::nullopt;
    bool isNumber = false;
    const int port = authority.sliced(at + 1).trimmed().toInt(&isNumber);
    if (!isNumber || port <= 0 || port > 65535)
        return std::nullopt;
    authority.truncate(at);
    return port;
}

} // namespace

Hosts::Parts Hosts::parts(QStringView text)
{
    Parts result;
    text = text.trimmed();
    if (const qsizetype sign = text.indexOf("://"_L1); sign >= 0) {
        result.scheme = text.first(sign).toString();
        text = text.sliced(sign + 3);
    } else if (text.startsWith("tcp:"_L1, Qt::CaseInsensitive)) { // as Microsoft writes it
        result.scheme = u"tcp"_s;
        text = text.sliced(4);
    }
    const auto isEndOfAuthority = [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; };
    const QStringView authority = text.first(std::ranges::find_if(text, isEndOfAuthority) - text.begin());
    qsizetype at = authority.lastIndexOf(u'@');
    if (at < 0) {
        // Behind it an at sign stands for itself, unless what is before it is no host.
        QStringView host = authority;
        takePort(host, u':');
        if (!isHost(host))
            at = text.lastIndexOf(u'@');
    }
    if (at >= 0) {
        const QStringView user = text.first(at);
        const qsizetype colon = user.indexOf(u':');
        result.user = QUrl::fromPercentEncoding(user.first(colon < 0 ? user.size() : colon).toUtf8());
        if (colon >= 0)
            result.password = QUrl::fromPercentEncoding(user.sliced(colon + 1).toUtf8());
        text = text.sliced(at + 1);
    }
    const auto isEnd = [](QChar c) { return c == u'/' || c == u'\\' || c == u'?' || c == u'#' || c == u';'; };
    const qsizetype end = std::ranges::find_if(text, isEnd) - text.begin();
    result.path = text.sliced(end).toString();
    text.truncate(end);
    auto port = takePort(text, u':');
    if (!port)
        port = takePort(text, u',');
    result.port = port.value_or(-1);
    result.host = text.trimmed().toString();
    result.isReadable = isHost(result.host);
    return result;
}

bool Hosts::isHost(QStringView text)
{
    constexpr qsizetype maxHost = 256;
    if (text.size() > 2 && text.startsWith(u'[') && text.endsWith(u']'))
        text = text.sliced(1).chopped(1);
    if (text.isEmpty() || text.size() > maxHost || text.contains(u'*') || text.contains(u'%'))
        return false;
    if (text.contains(u':'))
        return QHostAddress(text.toString()).protocol() == QHostAddress::IPv6Protocol;
    QUrl url;
    url.setHost(text.toString());
    return !url.host().isEmpty();
}

bool Hosts::isPrivate(QStringView host)
{
    QString name = host.toString().toLower();
    if (name.endsWith(u'.'))
        name.chop(1);
    if (name.startsWith(u'[') && name.endsWith(u']'))
        name = name.mid(1, name.size() - 2);
    if (name == "localhost"_L1)
        return true;
    for (const QLatin1StringView ending :
         {".localhost"_L1, ".local"_L1, ".localdomain"_L1, ".internal"_L1, ".lan"_L1, ".home.arpa"_L1}) {
        if (name.endsWith(ending))
            return true;
    }
    const bool isAddress = name.contains(u':') || (name.count(u'.') == 3 && name.back().isDigit());
    const QHostAddress address = isAddress ? QHostAddress(name) : QHostAddress();
    if (address.isNull())
        return false;
    for (const auto &[net, bits] :
         {std::pair("0.0.0.0", 8), std::pair("10.0.0.0", 8), std::pair("100.64.0.0", 10),
          std::pair("127.0.0.0", 8), std::pair("169.254.0.0", 16), std::pair("172.16.0.0", 12),
          std::pair("192.168.0.0", 16), std::pair("::", 127), std::pair("fc00::", 7),
          std::pair("fe80::", 10)}) {
        if (address.isInSubnet(QHostAddress(QLatin1StringView(net)), bits))
            return true;
    }
    return false;
}

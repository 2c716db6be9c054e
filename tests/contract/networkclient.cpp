// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks a server for its applications, or to create a credential, and prints as JSON what came of it: for
// network.py.
#include "api/transport.h"
#include "errortext.h"
#include "support/asking.h"
#include "support/kindname.h"
#include "support/logrecorder.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

using Proxy = Connection::Proxy;

Proxy proxyOf(const QCommandLineParser &options)
{
    const QString kind = options.value(u"proxy"_s);
    Proxy proxy;
    proxy.kind = kind == "http"_L1     ? Proxy::Kind::Http
                 : kind == "socks5"_L1 ? Proxy::Kind::Socks5
                 : kind == "none"_L1   ? Proxy::Kind::None
                                       : Proxy::Kind::System;
    proxy.host = u"127.0.0.1"_s;
    proxy.port = options.value(u"proxy-port"_s).toUShort();
    proxy.user = options.value(u"proxy-user"_s);
    return proxy;
}

/// A line of the system's account of this process, in kibibytes: `VmHWM` is the most memory it ever had.
qint64 memory(const QByteArray &name)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QFile::ReadOnly))
        qFatal("There is no account of this process");
    const QByteArray text = status.readAll();
    const qsizetype value = text.indexOf(name) + name.size() + 1;
    return text.mid(value, text.indexOf(" kB", value) - value).trimmed().toLongLong();
}

/// Such a build keeps what was freed for a while.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool isSanitized = true;
#else
constexpr bool isSanitized = false;
#endif

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser options;
    for (const QString &name :
         {u"authority"_s, u"proxy"_s, u"proxy-port"_s, u"proxy-user"_s, u"proxy-password"_s})
        options.addOption(QCommandLineOption(name, {}, u"value"_s));
    options.addOption(QCommandLineOption(u"post"_s));
    options.process(application);

    const LogRecorder log(u"credenza.api.debug=true"_s);
    Transport transport(Connection{.server = QUrl(options.positionalArguments().value(0)),
                                   .authorityFile = options.value(u"authority"_s),
                                   .proxy = proxyOf(options)});
    transport.setProxyPassword(options.value(u"proxy-password"_s));
    transport.setToken("of-this-test");
    const qint64 before = memory("VmRSS");
    const Answer heard = answerTo(transport, options.isSet(u"post"_s) ? postRequest() : getRequest());

    const QJsonObject result{{u"kind"_s, heard.isSuccess() ? u"success"_s : kindName(heard.error().kind)},
                             {u"words"_s, heard.isSuccess() ? QString() : errorText(heard.error())},
                             {u"proxyRefused"_s, !heard.isSuccess() && heard.error().proxyRefused},
                             {u"bytes"_s, heard.isSuccess() ? heard.value().body.size() : 0},
                             {u"grownByMiB"_s, (memory("VmHWM") - before) / 1024},
                             {u"isSanitized"_s, isSanitized},
                             {u"requests"_s, log.lines().filter(u"credenza.api: "_s).size()}};
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}

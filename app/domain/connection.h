// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

/// Scheme, host and port of a URL, as RFC 6454 writes an origin.
QString originOf(const QUrl &url);

/// How a server is reached. Holds no secret.
struct Connection
{
    struct Proxy
    {
        enum class Kind {
            System, ///< as the desktop or the environment says
            None,
            Http,
            Socks5,
        };

        Kind kind = Kind::System;
        QString host;
        quint16 port = 0;
        QString user; ///< empty: the proxy asks for none

        bool operator==(const Proxy &) const = default;
    };

    QUrl server;
    QString losantDomain;  ///< the header `losantdomain`, which private instances may want; empty: none
    QString authorityFile; ///< PEM or DER: certificate authorities that are trusted as well; empty: none
    Proxy proxy;

    bool operator==(const Connection &) const = default;
};

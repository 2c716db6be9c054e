// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>
#include <QUrl>

#include <optional>

/// Names and addresses of servers, as people write them.
namespace Hosts {

/// What is around the host in a text that should be a host alone.
struct Parts
{
    QString scheme, user, password, host, path;
    int port = -1;
    bool isReadable = false; ///< whether there is a host in it at all

    bool isHostAlone() const
    {
        return scheme.isEmpty() && user.isEmpty() && password.isEmpty() && path.isEmpty() && port < 0;
    }
};
Parts parts(QStringView text);

/// A name or an address, by its characters.
bool isHost(QStringView text);

/// Only known on a computer or within a network: nothing that the platform could reach.
bool isPrivate(QStringView host);

} // namespace Hosts

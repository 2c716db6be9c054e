// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSslCertificate>

#include <optional>

/// The certificates of a PEM file that says whom to trust. Nothing if there is none that can be read.
std::optional<QList<QSslCertificate>> readAuthorities(const QString &path);

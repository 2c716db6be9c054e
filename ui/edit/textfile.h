// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

#include <QString>

/// The text of a key file, or in the user's language why it can't be taken. Reads UTF-8 and
/// UTF-16, with or without a byte order mark, which is left out, and no more than the size of any key.
tl::expected<QString, QString> readTextFile(const QString &path);

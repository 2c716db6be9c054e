// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

/// Whether `sought` is in the text, byte for byte. Several times as fast as std::string_view::find() and
/// memmem() in a text where its first letter is frequent.
bool containsBytes(QByteArrayView text, QByteArrayView sought);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/openssl.h"

#include <QStringView>

/// A text in which PEM is looked for, one byte a character, whatever it was written with.
namespace PlainPem {

/// The text, of which every character is one byte: typographic dashes, quotes and blanks as ASCII's,
/// invisible ones as \1, all others beyond ASCII as ?.
OpenSsl::WipedBytes plain(QStringView text);
constexpr char invisible = '\1';

bool isBase64(char c);

} // namespace PlainPem

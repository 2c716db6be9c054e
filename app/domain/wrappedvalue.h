// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

/// Values that were copied with what stood around them where they came from.
namespace WrappedValue {

/// Where the value goes decides on what can't be part of it.
enum class Place {
    Value,
    HeaderValue, ///< may have a scheme such as `Bearer` before it, quotes, and names with `=`
    Json,        ///< a JSON object by itself
};

enum class Wrapping {
    Scheme,     ///< `Bearer ` or `Basic `
    HeaderName, ///< `Authorization: `, or another header's name
    Assignment, ///< `NAME=`, perhaps with `export ` or the like before it
    Quotes,
    Json, ///< an object, or a line of one, that holds the value
};

struct Unwrapped
{
    Wrapping wrapping; ///< the outermost one
    QString value;     ///< without any
};

/// Nothing if the value may well be right as it is. `name` is what the value is called in its place, for
/// example the header's name; empty if it has none.
std::optional<Unwrapped> unwrapped(QStringView value, Place place, QStringView name = {});

} // namespace WrappedValue

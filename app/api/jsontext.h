// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <simdjson.h>

#include <string_view>

/// The key of a member; empty for one that can't be read, which is passed over like any that is not known.
std::string_view keyOf(simdjson::ondemand::field &field);

/// The text of a string; empty for a value that is none.
QString readText(simdjson::ondemand::value value);

/// Of what may be asked for by this id. Nothing if that would make another path, for a server or for what is
/// in between: a path's parts are encoded, but some decode them before they look at them, or twice.
QString readId(simdjson::ondemand::value value);

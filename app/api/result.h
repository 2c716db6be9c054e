// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"

#include <tl/expected.hpp>

/// The one answer that a call gives: a value, or why there is none.
template<typename T>
using Result = tl::expected<T, ApiError>;

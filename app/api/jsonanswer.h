// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apianswer.h"
#include "api/result.h"

#include <simdjson.h>

#include <optional>

inline tl::unexpected<ApiError> unreadable(const ApiAnswer &answer, const QString &detail = {})
{
    return tl::unexpected(ApiError{
        .kind = ApiError::Kind::Protocol, .httpStatus = answer.httpStatus, .technicalDetail = detail});
}

/// Runs `read` on the answer's root object. simdjson's own exceptions end here.
template<typename T, typename Read>
Result<T> readRoot(const ApiAnswer &answer, Read read)
{
    namespace ondemand = simdjson::ondemand;
    try {
        const simdjson::padded_string json(answer.body.constData(), std::size_t(answer.body.size()));
        ondemand::parser parser;
        ondemand::document document = parser.iterate(json);
        std::optional<T> value = read(ondemand::object(document.get_object()));
        const bool isAtEnd = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
        if (value && isAtEnd)
            return std::move(*value);
    } catch (const simdjson::simdjson_error &) {
    }
    return unreadable(answer);
}

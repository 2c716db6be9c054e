// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/pendingcall.h"

#include <QEventLoop>
#include <QTimer>

#include <vector>

/// What came of a call so far.
template<typename T>
struct Heard
{
    std::optional<Result<T>> result;
    int count = 0;

    Then<T> listener()
    {
        return [this](Result<T> answer) {
            result = std::move(answer);
            ++count;
            loop.quit();
        };
    }

    bool isAnswered() const { return result.has_value(); }
    bool isSuccess() const { return result && *result; }
    /// The error; a made-up one that no call reports if there is no answer or no error.
    ApiError error() const
    {
        if (result && !*result)
            return result->error();
        return {.kind = ApiError::Kind(-1), .technicalDetail = QStringLiteral("no error")};
    }
    const T &value() const { return result.value().value(); }

    bool wait(int milliseconds = 20'000)
    {
        if (!isAnswered()) {
            QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
            loop.exec();
        }
        return isAnswered();
    }

    QEventLoop loop;
};

/// Asks, and runs the event loop until the answer is there.
struct Answer : Heard<ApiAnswer>
{
    Answer(Transport &transport, const ApiRequest &request)
        : call(new ApiCall(transport, request, listener()))
    {
        wait();
    }

    PendingCall call;
};

inline Answer answerTo(Transport &transport, const ApiRequest &request)
{
    return Answer(transport, request);
}

inline ApiRequest getRequest(const QString &path = QStringLiteral("/applications"))
{
    return {.path = path};
}

inline ApiRequest postRequest(const QByteArray &body = "{\"name\":\"a\"}")
{
    return {.method = ApiRequest::Method::Post,
            .path = QStringLiteral("/applications/1/credentials"),
            .body = body};
}

inline ApiRequest patchRequest(const QByteArray &body = "{\"name\":\"b\"}")
{
    return {.method = ApiRequest::Method::Patch,
            .path = QStringLiteral("/applications/1/credentials/2"),
            .body = body};
}

inline ApiRequest deleteRequest()
{
    return {.method = ApiRequest::Method::Delete, .path = QStringLiteral("/applications/1/credentials/2")};
}

/// One of each method that writes.
inline std::vector<ApiRequest> writeRequests()
{
    return {postRequest(), patchRequest(), deleteRequest()};
}

/// One of each method.
inline std::vector<ApiRequest> allRequests()
{
    return {getRequest(), postRequest(), patchRequest(), deleteRequest()};
}

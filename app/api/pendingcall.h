// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/background.h"

#include <functional>
#include <memory>

/// Withdraws a call and deletes it once control is back in the event loop: a call may be dropped by its own
/// answer.
struct WithdrawCall
{
    void operator()(ApiCall *call) const
    {
        call->withdraw();
        call->deleteLater();
    }
};

/// A call under way. Dropping it withdraws it: an answer that nobody waits for any more can't arrive.
///
/// The object that holds it is the one whose function takes the answer.
using PendingCall = std::unique_ptr<ApiCall, WithdrawCall>;

template<typename T>
using Then = std::function<void(Result<T>)>;

/// What is larger than this is read in another thread: reading it would hold up this one.
constexpr qsizetype maxReadAtOnce = 4 * 1024 * 1024;

/// Asks, reads the answer with `read` and hands the result to `then`.
template<typename T>
[[nodiscard]] PendingCall ask(Transport &transport, ApiRequest request, Result<T> (*read)(const ApiAnswer &),
                              Then<T> then)
{
    const auto self = std::make_shared<QPointer<ApiCall>>();
    PendingCall call(new ApiCall(
        transport, std::move(request), [read, then = std::move(then), self](Result<ApiAnswer> answer) {
            if (!answer || answer->body.size() <= maxReadAtOnce) {
                then(answer.and_then([read](const ApiAnswer &a) { return read(a); }));
                return;
            }
            runInBackground(
                self->data(), [read, whole = std::move(*answer)] { return read(whole); },
                [then, self](Result<T> result) {
                    if (!(*self)->isWithdrawn())
                        then(std::move(result));
                });
        }));
    *self = call.get();
    return call;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

/// Runs `work` in another thread of the pool, and hands what it returns to `then` in this one, through the
/// event loop, unless `context` has gone by then. `work` shares nothing with this thread that either of them
/// changes.
template<typename Work, typename Then>
void runInBackground(QObject *context, Work work, Then then,
                     QThreadPool &pool = *QThreadPool::globalInstance())
{
    using Value = std::invoke_result_t<Work>;
    const auto promise = std::make_shared<QPromise<Value>>();
    auto *watcher = new QFutureWatcher<Value>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)] {
        watcher->deleteLater();
        then(watcher->future().takeResult());
    });
    watcher->setFuture(promise->future());
    pool.start([promise, work = std::move(work)] {
        promise->start();
        promise->addResult(work());
        promise->finish();
    });
}

/// This thread works when no other needs the processor, or nearly so, from now on. Of a pool's thread that is
/// not the global one's. Linux has no priorities for Qt to set here, but each thread has a nice value.
void letOthersGoFirst();

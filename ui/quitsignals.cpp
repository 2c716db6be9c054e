// SPDX-License-Identifier: GPL-3.0-or-later
#include "quitsignals.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr int quitSignals[] = {SIGTERM, SIGINT, SIGHUP};

constexpr unsigned quitTimeout = 5; // seconds

std::array<int, 2> ends = {-1, -1}; ///< of the pipe: what is read, and what the handler writes to

void handle(int)
{
    const int error = errno;
    [[maybe_unused]] const ssize_t written = ::write(ends[1], "", 1);
    ::alarm(quitTimeout); // which ends the process
    errno = error;
}

void setHandler(void (*handler)(int), bool unlessIgnored)
{
    for (const int signal : quitSignals) {
        struct sigaction before = {};
        ::sigaction(signal, nullptr, &before);
        if (unlessIgnored && before.sa_handler == SIG_IGN)
            continue;
        struct sigaction action = {};
        action.sa_handler = handler;
        action.sa_flags = SA_RESTART;
        sigemptyset(&action.sa_mask);
        ::sigaction(signal, &action, nullptr);
    }
}

} // namespace

QuitSignals::QuitSignals()
{
    if (::pipe(ends.data()) != 0)
        return;
    for (const int end : ends) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(ends[0], &byte, 1) == 1)
            Q_EMIT caught();
    });
    setHandler(handle, true);
}

QuitSignals::~QuitSignals()
{
    if (ends[0] < 0)
        return;
    setHandler(SIG_DFL, true);
    delete findChild<QSocketNotifier *>();
    ::close(ends[0]);
    ::close(ends[1]);
    ends = {-1, -1};
}

#else

QuitSignals::QuitSignals() = default;
QuitSignals::~QuitSignals() = default;

#endif

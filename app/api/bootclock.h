// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

/// Time that nobody sets, and that goes on while the machine sleeps; as std::chrono::steady_clock where the
/// system has no such clock.
struct BootClock
{
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept;
};

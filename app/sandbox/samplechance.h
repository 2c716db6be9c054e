// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// Scatters, and maps no two numbers to the same (the finalizer of splitmix64).
constexpr quint64 scatter(quint64 number)
{
    number += 0x9e3779b97f4a7c15;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
    number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
    return number ^ (number >> 31);
}

/// The `property`-th number from 0 to below 1 of something.
inline double chance(quint64 seed, int property)
{
    return double(scatter(seed ^ (quint64(property) << 56)) >> 11) * 0x1p-53;
}

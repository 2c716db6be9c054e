// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

struct SandboxApplication;

/// The keys that sample credentials hold. The same number is the same key, wherever it is, and another number
/// another one; nobody has the private halves.
namespace SampleKeys {

/// The number of the key of an application's `index`-th sample. Most have one of their own. Some of the first
/// dozen applications have those of the largest, and of what further ones have one in fifty is somewhere
/// else, too.
int number(const SandboxApplication &application, int index);

/// A certificate, PEM. One in twenty has expired by `today`, one in ten will within 30 days.
QString certificate(int number, qint64 today);
/// An RSA key, PEM.
QString publicKey(int number);
/// An RSA key in the form in which a Git host takes deploy keys.
QString deployKey(int number);

} // namespace SampleKeys

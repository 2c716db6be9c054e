// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

/// Says what would change in a key or certificate if it were restored, without showing any of it, and asks.
/// Calls `restore` if that is wanted. Does nothing where there is nothing to restore.
void askToRestore(const QString &fieldName, const QString &text, QWidget *parent,
                  std::function<void()> restore);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

/// Moves the window's focus to the next of these parts that Tab can stop at now, round and round, and scrolls
/// to it. False if there is none.
bool moveFocus(const QWidget &window, QList<QWidget *> parts, bool isForward);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <functional>
#include <vector>

// Orders of many rows, told by a number each, in some milliseconds where std::stable_sort() takes ten times
// as long. What is equal stays in the order that it had.

void sortByNumber(std::vector<quint32> &rows, const std::function<quint64(quint32)> &numberOf);

/// Byte for byte. The texts must stay while it sorts.
void sortByText(std::vector<quint32> &rows, const std::function<QByteArrayView(quint32)> &textOf);

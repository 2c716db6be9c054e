// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

/// The ID of an application in a text that was typed, pasted or given: alone, in quotes or behind its name,
/// or within the address of one of its pages. Empty if there is none.
QString applicationIdIn(QStringView text);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

/// An icon that was drawn when the program was built, for reading its SVG takes longer than the paint that
/// needs it: `size` × `size` pixels, ARGB, premultiplied. `path` is below `icons/`. nullptr if it was not
/// drawn so.
const quint32 *drawnIcon(QStringView path, int size);

// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wiping.h"

void wipe(QByteArray &bytes)
{
    if (bytes.isDetached())
        bytes.fill('\0');
    bytes.clear();
}

void wipe(QString &text)
{
    if (text.isDetached())
        text.fill(QChar::Null);
    text.clear();
}

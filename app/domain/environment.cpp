// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/environment.h"

#include <QStringBuilder>

#include <algorithm>
#include <cstring>

#ifdef Q_OS_UNIX
extern char **environ;
#endif

QByteArray takeFromEnvironment(const char *name)
{
    QByteArray value = qgetenv(name);
#ifdef Q_OS_UNIX
    // Unsetting takes the variable off the list; its text stays where the system put it, and /proc shows
    // that.
    const QByteArray beginning = QByteArray(name) + '=';
    for (char **entry = environ; entry && *entry; ++entry) {
        if (qstrncmp(*entry, beginning.constData(), beginning.size()) == 0) // it may be there twice
            std::fill_n(*entry + beginning.size(), std::strlen(*entry) - std::size_t(beginning.size()), '\0');
    }
#endif
    qunsetenv(name);
    return value;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

/// Hears SIGTERM, SIGINT and SIGHUP in the event loop. The program ends some seconds later, come what may.
///
/// A signal that was ignored when the program was started, as by nohup, stays so. On other systems than Unix
/// nothing is heard.
class QuitSignals : public QObject
{
    Q_OBJECT

public:
    /// One at a time.
    QuitSignals();
    ~QuitSignals() override;

Q_SIGNALS:
    void caught();
};

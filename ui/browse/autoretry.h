// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"

#include <QTimer>

#include <chrono>
#include <vector>

class QWidget;

/// Says when to ask again, unbidden, for what a window shows and the server could not be reached for: after
/// 5 and 10 seconds, then every 15, as long as the window shows.
class AutoRetry : public QObject
{
    Q_OBJECT

public:
    using Delays = std::vector<std::chrono::milliseconds>;

    static const Delays usualDelays;

    /// `part` is a part of the window. The last of the delays is repeated.
    explicit AutoRetry(QWidget *part, Delays delays = usualDelays);

    /// Whether time may mend it.
    static bool isFor(const ApiError &error);
    /// errorText(), and that it is tried again if so.
    static QString textFor(const ApiError &error);

    /// due() follows if the error is such.
    void failed(const ApiError &error);
    /// There is hope that it succeeds now: due() comes at once if it was to come.
    void hurry();
    /// It succeeded, or somebody asked: the next failure is the first again.
    void reset();

Q_SIGNALS:
    void due();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void announce();

    QWidget &m_part;
    const Delays m_delays;
    QTimer m_timer;
    std::size_t m_failures = 0;
    bool m_isOverdue = false; ///< the time came while the window did not show
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProgressBar>
#include <QTimer>

/// A thin line that says that something is under way, for nobody knows how long. It shows once that has taken
/// 300 ms, so that an answer that comes sooner makes no flicker, and keeps its place while it is hidden.
class BusyBar : public QProgressBar
{
    Q_OBJECT

public:
    /// `name` is what a screen reader calls it.
    explicit BusyBar(const QString &name, QWidget *parent = nullptr);

    void setBusy(bool isBusy);

Q_SIGNALS:
    /// It has taken so long that it shows.
    void appeared();

private:
    QTimer m_delay;
};

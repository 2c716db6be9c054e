// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <chrono>

class QProgressBar;
class QPushButton;
class PlainLabel;

/// Says that something is under way, how far it is if that is known, and offers to stop it.
///
/// A thin bar and the button `Stop` show once that has taken 300 ms, so that an answer that comes sooner
/// makes no flicker; after 10 s the server is said to take longer than usual. The place is kept while nothing
/// shows, and the parts are made when they are first needed.
class LoadingBar : public QWidget
{
    Q_OBJECT

public:
    struct Delays
    {
        std::chrono::milliseconds bar;
        std::chrono::milliseconds slow;
    };
    /// Where a narrow bar has no room for it, its owner says that the server is slow.
    enum class SlowText { Beside, Elsewhere };

    static const Delays usualDelays;

    /// `name` is what a screen reader calls the bar.
    explicit LoadingBar(const QString &name, SlowText slowText = SlowText::Beside,
                        const Delays &delays = usualDelays);

    void setBusy(bool isBusy);
    /// `done` of `total` pieces, or of nobody knows how many: then `total` is 0.
    void setProgress(int done, int total);
    /// Something else is under way from now on, if anything is: whether that is slow is yet to be seen.
    void restart();
    bool isShown() const { return m_isShown; }
    bool isSlow() const { return m_isSlow; }
    static QString slowText();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// It has taken so long that the bar shows.
    void appeared();
    void slowChanged();
    void stopClicked();

private:
    void showBar();
    void showSlow();
    void makeParts();

    const QString m_name;
    const SlowText m_slowText;
    const Delays m_delays;
    QTimer m_delay; ///< until the bar shows, then until that is slow
    int m_done = 0;
    int m_total = 0;
    bool m_isShown = false;
    bool m_isSlow = false;
    QProgressBar *m_bar = nullptr;
    PlainLabel *m_slow = nullptr;
    QPushButton *m_stop = nullptr;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadingbar.h"

#include "widgets/tonedlabel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

const LoadingBar::Delays LoadingBar::usualDelays{300ms, 10s};

LoadingBar::LoadingBar(const QString &name, SlowText slowText, const Delays &delays)
    : m_name(name), m_slowText(slowText), m_delays(delays)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, [this] { m_isShown ? showSlow() : showBar(); });
}

QString LoadingBar::slowText()
{
    return tr("The server takes longer than usual.");
}

QSize LoadingBar::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, fontMetrics().height() + 6};
}

QSize LoadingBar::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void LoadingBar::setBusy(bool isBusy)
{
    if (isBusy) {
        if (!m_isShown && !m_delay.isActive())
            m_delay.start(m_delays.bar);
        return;
    }
    m_delay.stop();
    m_isShown = false;
    for (QWidget *part :
         {static_cast<QWidget *>(m_bar), static_cast<QWidget *>(m_slow), static_cast<QWidget *>(m_stop)}) {
        if (part)
            part->hide();
    }
    if (std::exchange(m_isSlow, false))
        Q_EMIT slowChanged();
}

void LoadingBar::setProgress(int done, int total)
{
    m_done = std::min(done, total);
    m_total = total;
    if (!m_bar)
        return;
    m_bar->setRange(0, m_total); // both 0: busy
    m_bar->setValue(m_done);
}

void LoadingBar::restart()
{
    if (!m_isShown)
        return;
    m_delay.start(m_delays.slow - m_delays.bar);
    if (m_slow)
        m_slow->hide();
    if (std::exchange(m_isSlow, false))
        Q_EMIT slowChanged();
}

void LoadingBar::showBar()
{
    m_isShown = true;
    makeParts();
    m_bar->show();
    m_stop->show();
    m_delay.start(m_delays.slow - m_delays.bar);
    Q_EMIT appeared();
}

void LoadingBar::showSlow()
{
    const QWidget *over = QApplication::activeModalWidget();
    if (over && over != window()) { // who is asked something there may be what is waited for
        m_delay.start(m_delays.slow - m_delays.bar);
        return;
    }
    m_isSlow = true;
    if (m_slow)
        m_slow->show();
    Q_EMIT slowChanged();
}

void LoadingBar::makeParts()
{
    if (m_bar)
        return;
    m_bar = new QProgressBar;
    m_bar->setAccessibleName(m_name);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(4);
    m_bar->hide();
    setProgress(m_done, m_total);
    m_stop = new QPushButton(tr("Stop"));
    m_stop->setToolTip(tr("Stop this (Esc)"));
    m_stop->setAutoDefault(false);
    m_stop->setFocusPolicy(Qt::TabFocus); // by a click the focus stays where it is
    m_stop->setFixedHeight(sizeHint().height());
    m_stop->hide();
    connect(m_stop, &QPushButton::clicked, this, &LoadingBar::stopClicked);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_bar, 1);
    if (m_slowText == SlowText::Beside) {
        auto *label = new TonedLabel(TonedLabel::Tone::Quiet);
        label->setWordWrap(false);
        label->setText(slowText());
        label->hide();
        m_slow = label;
        row->addWidget(m_slow);
    }
    row->addWidget(m_stop);
    setFocusPolicy(Qt::TabFocus); // else it could have none after it
    setTabOrder(this, m_stop);
    setFocusPolicy(Qt::NoFocus);
}

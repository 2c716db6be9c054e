// SPDX-License-Identifier: GPL-3.0-or-later
#include "allcredentials.h"
#include "arrival.h"
#include "commands.h"
#include "figures.h"
#include "services/inventory.h"
#include "services/session.h"

#include <QEventLoop>
#include <QScrollBar>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Sends its thread an event every two milliseconds, as long as it lives, and notes for how long each waited.
class WaitProbe : public QObject
{
public:
    WaitProbe()
    {
        m_sender = std::thread([this] {
            for (auto due = Clock::now(); !m_isOver; due += 2ms) {
                std::this_thread::sleep_until(due);
                QCoreApplication::postEvent(this, new Sent);
            }
        });
    }

    ~WaitProbe() override
    {
        m_isOver = true;
        m_sender.join();
    }
    Q_DISABLE_COPY_MOVE(WaitProbe)

    const QJsonArray &waits() const { return m_waits; }

protected:
    void customEvent(QEvent *event) override
    {
        m_waits.append(milliseconds(Clock::now() - static_cast<Sent *>(event)->at));
    }

private:
    struct Sent : QEvent
    {
        Sent() : QEvent(QEvent::User) {}
        const Clock::time_point at = Clock::now();
    };

    std::atomic<bool> m_isOver = false;
    std::thread m_sender;
    QJsonArray m_waits;
};

/// From the arrival of the first answer.
double untilFirstRows(AllCredentials &all)
{
    arrivedAt.reset();
    all.open();
    all.application().untilPainted([] {}, [&all] { return all.model().rowCount() > 0; });
    return milliseconds(all.application().paintedAt() - arrivedAt.value());
}

QJsonArray waitsWhileFilling(AllCredentials &all)
{
    all.open();
    const WaitProbe probe;
    all.awaitFilled();
    return probe.waits();
}

/// Down to the end, and from the top again.
QJsonArray scrollingWhileFilling(AllCredentials &all)
{
    untilFirstRows(all);
    QScrollBar *bar = all.table().verticalScrollBar();
    QJsonArray frames;
    while (!all.isFilled()) {
        const auto action = bar->value() < bar->maximum() ? QAbstractSlider::SliderPageStepAdd
                                                          : QAbstractSlider::SliderToMinimum;
        frames.append(all.untilPainted([&] { bar->triggerAction(action); }, [] { return true; }));
    }
    return frames;
}

} // namespace

void measureFilling(const BenchServer &server, const QStringList &arguments)
{
    QEventLoop loop;
    const double taken = timed([&] {
        Session session(server.profile, "token", Session::Kind::Account);
        Inventory inventory(session.applications(), session.credentials());
        QObject::connect(&inventory, &Inventory::finished, &loop, [&] {
            if (inventory.error() || !inventory.failedParts().empty() ||
                inventory.rowCount() != arguments.at(0).toInt())
                qFatal("%d of %s credentials are there", inventory.rowCount(), qPrintable(arguments.at(0)));
            loop.quit();
        });
        inventory.load();
        loop.exec();
    });
    report({{u"ours"_s, taken}});
}

void measureFillingWindow(const BenchServer &server, const QStringList &arguments)
{
    const int rows = arguments.at(0).toInt();
    noteArrivals();
    QJsonArray first;
    for (int i = 0; i < arguments.at(1).toInt(); ++i) {
        AllCredentials all(server, rows);
        first.append(untilFirstRows(all));
    }
    const auto filling = [&](QJsonArray (*measure)(AllCredentials &)) {
        AllCredentials all(server, rows);
        return measure(all);
    };
    report({{u"first"_s, first},
            {u"waits"_s, filling(waitsWhileFilling)},
            {u"scrolling"_s, filling(scrollingWhileFilling)}});
}

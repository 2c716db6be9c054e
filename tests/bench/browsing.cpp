// SPDX-License-Identifier: GPL-3.0-or-later
#include "arrival.h"
#include "benchapplication.h"
#include "commands.h"
#include "gui/openwindow.h"

#include <QFile>
#include <QScrollBar>
#include <QSpinBox>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The real window on a server of the bench, its first page painted. What it prefetches of the pages around
/// has come in once it is calm.
class Browser
{
public:
    Browser(const BenchServer &server, int rows, std::chrono::milliseconds calm)
        : m_calm(calm), m_application(static_cast<BenchApplication &>(*qApp))
    {
        m_settings.settings.setValue(u"browser/pageSize"_s, rows);
        m_window = std::make_unique<OpenWindow>(server.profile, m_settings.settings, server.applicationId);
        m_table = m_window->table(u"Credentials"_s);
        m_application.watch(m_table->viewport());
        if (m_table->model()->rowCount() < rows)
            m_application.untilPainted([] {}, [&] { return m_table->model()->rowCount() == rows; });
        QTest::qWait(1000);
    }

    OpenWindow &window() { return *m_window; }
    QTableView &table() { return *m_table; }
    BenchApplication &application() { return m_application; }
    void calmDown() const { QTest::qWait(int(m_calm.count())); }

    QString firstName() const { return m_table->model()->index(0, 0).data().toString(); }
    bool beginsAt(int row) const { return firstName().endsWith(u" %1"_s.arg(row + 1, 6, 10, QChar(u'0'))); }

    /// By its number, as one types it.
    double goTo(int page, int firstRow)
    {
        auto *number = qobject_cast<QSpinBox *>(m_window->part(QAccessible::SpinBox, u"Page number"_s));
        number->setFocus();
        number->selectAll();
        m_window->type(QString::number(page + 1));
        return m_application.untilPainted([&] { m_window->key(Qt::Key_Return); },
                                          [&] { return beginsAt(firstRow); });
    }

private:
    const std::chrono::milliseconds m_calm;
    BenchApplication &m_application;
    TestSettings m_settings;
    std::unique_ptr<OpenWindow> m_window;
    QTableView *m_table = nullptr;
};

/// Of the pages of 1000 rows: the server has 25 of them, which come again and again.
int firstRowOf(int page)
{
    return page % 25 * 1000;
}

} // namespace

void measureShowing(const BenchServer &server, const QStringList &arguments)
{
    QFile file(arguments.at(0));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s can't be read", qPrintable(file.fileName()));
    const QByteArray body = file.readAll();

    noteArrivals();
    Browser browser(server, 1000, 500ms);
    QJsonArray ours;
    QJsonArray theirs;
    const int times = arguments.at(1).toInt();
    for (int i = 0; i < times; ++i) {
        // Pages that are no neighbours: nothing prefetches them.
        const int page = 2 + 3 * i;
        browser.calmDown();
        arrivedAt.reset();
        browser.goTo(page, firstRowOf(page));
        ours.append(milliseconds(browser.application().paintedAt() - arrivedAt.value()));
        browser.calmDown();
        theirs.append(timed([&] { return QJsonDocument::fromJson(body).isObject(); }));
    }
    qInstallMessageHandler(nullptr);
    report({{u"ours"_s, ours}, {u"theirs"_s, theirs}});
}

void measureScrolling(const BenchServer &server, const QStringList &arguments)
{
    Browser browser(server, 1000, 500ms);
    QScrollBar *bar = browser.table().verticalScrollBar();
    QJsonArray frames;
    for (int i = 0; i < arguments.at(0).toInt(); ++i) {
        const int page = 2 + 3 * i;
        browser.goTo(page, firstRowOf(page));
        browser.calmDown();
        while (bar->value() < bar->maximum()) {
            frames.append(browser.application().untilPainted(
                [&] { bar->triggerAction(QAbstractSlider::SliderPageStepAdd); }, [] { return true; }));
        }
    }
    report({{u"ours"_s, frames}});
}

void measureTurning(const BenchServer &server, const QStringList &arguments)
{
    Browser browser(server, 100, 700ms);
    const int pages = arguments.at(0).toInt();
    QJsonArray forward;
    QJsonArray back;
    const int barsBefore = browser.application().progressBars();
    const auto turn = [&](Qt::Key key, int page) {
        browser.calmDown();
        return browser.application().untilPainted([&] { browser.window().key(key, Qt::ControlModifier); },
                                                  [&] { return browser.beginsAt(page * 100); });
    };
    for (int page = 1; page <= pages; ++page)
        forward.append(turn(Qt::Key_PageDown, page));
    for (int page = pages - 1; page >= 0; --page)
        back.append(turn(Qt::Key_PageUp, page));
    report({{u"forward"_s, forward},
            {u"back"_s, back},
            {u"progressBars"_s, browser.application().progressBars() - barsBefore}});
}

void measureTyping(const BenchServer &server, const QStringList &arguments)
{
    Browser browser(server, 100, 500ms);
    browser.window().key(Qt::Key_F, Qt::ControlModifier);
    const QString text = arguments.at(0);
    for (const QChar letter : text) {
        browser.window().type(letter);
        QTest::qWait(100);
    }
    QTest::qWait(2000);
    report({{u"isShown"_s, browser.firstName().startsWith(arguments.at(1))}});
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "soak/flakylosant.h"
#include "soak/soakoptions.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTableView>
#include <QTreeView>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Keys and clicks in the real window, for a long time, on a server that fails one call in five.
class WindowSoakTest : public QObject
{
    Q_OBJECT

public:
    explicit WindowSoakTest(const SoakOptions &options)
        : m_options(options), m_server(options.seed), m_random(options.seed + 1)
    {
        m_server.leaveOut(401); // which asks to sign in
    }

private Q_SLOTS:
    void theWindowOutlivesEveryFailure();

private:
    void step();
    void clickApplication();
    void clickRow();
    void typeFilter();
    void clickIfPossible(const QString &button);
    int random(int below) { return int(m_random() % std::uint32_t(below)); }
    QString oneOf(const QStringList &texts) { return texts[random(int(texts.size()))]; }

    const SoakOptions m_options;
    FlakyLosant m_server;
    std::mt19937 m_random;
    TestSettings m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void WindowSoakTest::theWindowOutlivesEveryFailure()
{
    m_server.setFailing(false);
    m_window = std::make_unique<OpenWindow>(m_server.url(), m_settings.settings);
    QTRY_VERIFY(m_window->has(QAccessible::Table, u"Credentials"_s));
    const QAbstractItemModelTester credentials(m_window->table(u"Credentials"_s)->model());
    const QAbstractItemModelTester applications(m_window->tree(u"Applications"_s)->model());

    m_server.setFailing(true);
    QElapsedTimer timer;
    int gestures = 0;
    for (timer.start(); timer.elapsed() < std::chrono::milliseconds(m_options.length).count(); ++gestures) {
        step();
        QTest::qWait(random(100));
        m_server.forgetRequests();
    }
    std::printf("seed %u: %d gestures, %d calls, %lld kinds of faults\n", m_options.seed, gestures,
                m_server.requests(), static_cast<long long>(m_server.faults().size()));
    std::fflush(stdout);

    m_server.setFailing(false);
    m_window->click(u"Refresh"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->has(QAccessible::ProgressBar, u"Loading"_s), 60'000);
    QVERIFY(!m_window->has(QAccessible::StaticText, u"Error message"_s));
    QVERIFY(gestures > 0);
    QVERIFY(!m_server.faults().isEmpty());
    m_window.reset();
}

void WindowSoakTest::step()
{
    static const QStringList buttons{u"First page"_s, u"Previous page"_s, u"Next page"_s,
                                     u"Last page"_s,  u"Back"_s,          u"Forward"_s,
                                     u"Refresh"_s,    u"Retry"_s,         u"Clear filter"_s};
    static const QStringList columns{u"Name"_s, u"Type"_s, u"Created"_s, u"Last updated"_s};
    switch (random(8)) {
    case 0:
        clickApplication();
        break;
    case 1:
        if (m_window->has(QAccessible::Table, u"Credentials"_s))
            m_window->clickHeader(u"Credentials"_s, oneOf(columns));
        break;
    case 2:
        typeFilter();
        break;
    case 3:
        m_window->choose(u"Rows per page"_s, oneOf({u"25"_s, u"50"_s, u"100"_s, u"1000"_s}));
        break;
    case 4:
        clickRow();
        break;
    default:
        clickIfPossible(oneOf(buttons));
        break;
    }
}

void WindowSoakTest::clickApplication()
{
    if (!m_window->has(QAccessible::Tree, u"Applications"_s))
        return;
    QTreeView *tree = m_window->tree(u"Applications"_s);
    const QAbstractItemModel &model = *tree->model();
    if (model.rowCount() < 2)
        return;
    const QModelIndex group = model.index(1 + random(model.rowCount() - 1), 0); // not that of all at once
    const QModelIndex index = model.index(random(model.rowCount(group)), 0, group);
    tree->scrollTo(index);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(index).center());
}

void WindowSoakTest::clickRow()
{
    if (!m_window->has(QAccessible::Table, u"Credentials"_s))
        return;
    QTableView *table = m_window->table(u"Credentials"_s);
    if (table->model()->rowCount() == 0)
        return;
    const QModelIndex index = table->model()->index(random(table->model()->rowCount()), 0);
    table->scrollTo(index);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
}

void WindowSoakTest::typeFilter()
{
    if (!m_window->has(QAccessible::EditableText, u"Filter credentials"_s))
        return;
    m_window->line(u"Filter credentials"_s)->setFocus();
    m_window->key(Qt::Key_A, Qt::ControlModifier);
    m_window->type(oneOf({u"credential 1"_s, u"*2*"_s, u"Cred?n"_s, u" "_s, u"nothing"_s}));
}

void WindowSoakTest::clickIfPossible(const QString &button)
{
    if (m_window->has(QAccessible::PushButton, button) &&
        m_window->isEnabled(QAccessible::PushButton, button))
        m_window->click(button);
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    WindowSoakTest test(SoakOptions::read(application));
    return QTest::qExec(&test, {application.arguments().first(), u"-maxwarnings"_s, u"20"_s});
}

#include "windowsoaktest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "support/watchedapplication.h"

#include <QHelpEvent>
#include <QJsonDocument>
#include <QTableView>
#include <QThread>
#include <QToolTip>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Without optimization, and with sanitizers, everything takes longer.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
constexpr auto maxHold = 50ms;
#else
constexpr auto maxHold = 1000ms;
#endif

const QString credentials = u"Credentials"_s;
#ifndef __SANITIZE_ADDRESS__
constexpr int megabyte = 1'000'000;
#else
constexpr int megabyte = 100'000; // with sanitizers the making of the bodies takes most of the time
#endif

/// What the server answers.
struct Bodies
{
    QByteArray applications;
    QByteArray page;
    int pageStatus = 200;
    QByteArray account = R"({"id":"aaaaaaaaaaaaaaaaaaaaaaaa","email":"ada@example.com"})";
};

using MakeBodies = std::function<Bodies()>;

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray pageOf(const QJsonArray &items)
{
    return json({{u"items"_s, items}, {u"totalCount"_s, items.size()}});
}

QJsonObject application(int number, const QString &name, const QString &organization = {})
{
    QJsonObject application{{u"id"_s, FakeLosant::applicationId(number)}, {u"name"_s, name}};
    if (!organization.isEmpty()) {
        application[u"ownerType"_s] = u"organization"_s;
        application[u"ownerId"_s] = organization;
        application[u"organizationName"_s] = organization;
    }
    return application;
}

/// One application with this page of credentials.
Bodies onPage(const QJsonArray &rows)
{
    return {.applications = pageOf({application(1, u"Plant floor"_s)}), .page = pageOf(rows)};
}

/// One credential with this value.
Bodies withValue(const QString &key, const QJsonValue &value)
{
    QJsonObject row = FakeLosant::credential(u"Odd"_s);
    row[key] = value;
    return onPage({row});
}

/// A server in a thread of its own, whose work is not the window's.
class ServerThread : public QThread
{
public:
    explicit ServerThread(const Bodies &bodies) : m_bodies(bodies)
    {
        start();
        (void)QTest::qWaitFor([this] { return m_isReady.load(); });
    }

    ~ServerThread() override
    {
        quit();
        wait();
    }

    QUrl url() const { return m_url; }

protected:
    void run() override
    {
        ScriptedServer server;
        server.handle([this](const RecordedRequest &request) -> ScriptedReply {
            if (request.path() == "/me")
                return {.body = m_bodies.account};
            if (request.path() == "/applications")
                return {.body = m_bodies.applications};
            return {.status = m_bodies.pageStatus, .body = m_bodies.page};
        });
        m_url = server.url();
        m_isReady = true;
        exec();
    }

private:
    const Bodies m_bodies;
    QUrl m_url;
    std::atomic<bool> m_isReady = false;
};

QString repeated(const QString &text, int size)
{
    return text.repeated(size / int(text.size()) + 1).first(size);
}

} // namespace

/// No text from outside, however long, holds the window.
class LongTextsTest : public QObject
{
    Q_OBJECT

public:
    explicit LongTextsTest(WatchedApplication &application) : m_application(application) {}

private Q_SLOTS:
    void nothingHoldsTheWindow_data();
    void nothingHoldsTheWindow();
    void cleanupTestCase();

private:
    void use(const OpenWindow &window);

    WatchedApplication &m_application;
    QString m_table;
};

void LongTextsTest::nothingHoldsTheWindow_data()
{
    QTest::addColumn<MakeBodies>("make");
    const auto add = [](const char *name, MakeBodies make) { QTest::newRow(name) << std::move(make); };
    const QString words = u"a word and another "_s;
    const QString marks = u"e\u0301\u0302\u0303\u0304\u0305\u0306\u0307"_s;

    const auto description = [&add](const char *name, const QString &part) {
        add(name, [part] { return withValue(u"description"_s, repeated(part, megabyte)); });
    };
    add("nothing long", [] { return withValue(u"description"_s, u"short"_s); });
    add("some Chinese", [] { return withValue(u"description"_s, u"传感器"_s); });
    add("an emoji", [] { return withValue(u"description"_s, u"👩‍👩‍👧‍👦"_s); });
    add("a mark", [] { return withValue(u"description"_s, u"e\u0301\u0301\u0301\u0301\u0301\u0301"_s); });
    description("a description of 1 MB", words);
    description("a description of 1 MB without a blank", u"W"_s);
    add("a description of 30 MB",
        [words] { return withValue(u"description"_s, repeated(words, 30 * megabyte)); });
    description("a description of a million lines", u"\n"_s);
    description("a description in Arabic", u"محطة الطاقة "_s);
    description("a description in Chinese", u"传感器"_s);
    description("a description in Hindi", u"विद्युत संयंत्र "_s);
    description("a description of emoji", u"👩‍👩‍👧‍👦"_s);
    description("a description of private letters", u"\ue000"_s);
    description("a description of no letters", u"\u0378"_s);
    description("a description of hieroglyphs", u"\U00013000"_s);
    description("a description in many scripts", u"aЖ传म한ไα۽ا\n\t"_s);
    description("a description of joiners", u"\u200d"_s);
    description("a description of tabs", u"\t"_s);
    const auto part = [&add](const char *name, const QString &key, const QString &of) {
        add(name, [key, of] { return withValue(key, repeated(of, 200'000)); });
    };
    part("a name of 200 KB", u"name"_s, u"n"_s);
    part("a name of marks", u"name"_s, u"\u0301"_s);
    part("a name of marks beyond the BMP", u"name"_s, u"\U0001d165"_s);
    part("a name of letters with marks", u"name"_s, marks);
    part("a type of 200 KB", u"type"_s, u"t"_s);
    part("an ID of 200 KB", u"id"_s, u"0"_s);
    part("a creator of 200 KB", u"createdById"_s, u"0"_s);
    const auto config = [&add](const char *name, const QString &key, const QJsonValue &value) {
        add(name, [key, value] { return withValue(u"awsConfig"_s, QJsonObject{{key, value}}); });
    };
    config("a value of 1 MB", u"region"_s, repeated(words, megabyte));
    config("a value of 1 MB that looks like a key", u"x"_s,
           QString(u"-----BEGIN "_s + QString(megabyte, u'A')));
    config("a key of 1 MB", QString(megabyte, u'k'), u"v"_s);
    config("a list of 1 MB", u"list"_s, QJsonArray{QString(megabyte, u'l'), 1, 2});
    const auto configOf = [&add](const char *name, int count, int size) {
        add(name, [count, size] {
            // As text: a QJsonObject makes room for each key anew.
            QStringList values;
            for (int i = 0; i < count; ++i)
                values +=
                    u"\"key%1\":\"%2\""_s.arg(QString::number(i), repeated(u"value %1 "_s.arg(i), size));
            Bodies bodies = withValue(u"awsConfig"_s, u"values"_s);
            bodies.page.replace("\"values\"", QByteArray('{' + values.join(u',').toUtf8() + '}'));
            return bodies;
        });
    };
    config("a list of a million numbers", u"list"_s, [] {
        QJsonArray numbers;
        for (int i = 0; i < megabyte; ++i)
            numbers.append(i);
        return numbers;
    }());
    config("a list of 14 MB", u"list"_s, [] {
        QJsonArray numbers;
        for (int i = 0; i < 7 * megabyte; ++i)
            numbers.append(1);
        return numbers;
    }());
    configOf("200,000 configuration keys", 200'000, 10);
    configOf("500 configuration values of 10 KB", 500, 10'000);
    configOf("16 configuration values of 30 KB", 16, 30'000);
    configOf("a configuration of 20 MB", 20, megabyte);

    const auto rows = [&add](const char *name, int count, const std::function<QJsonObject(int)> &row) {
        add(name, [count, row] {
            QJsonArray page;
            for (int i = 1; i <= count; ++i)
                page.append(row(i));
            return onPage(page);
        });
    };
    rows("50 descriptions of 1 MB", 50, [words](int i) {
        QJsonObject row = FakeLosant::credential(u"Credential %1"_s.arg(i), i);
        row[u"description"_s] = repeated(words, megabyte);
        return row;
    });
    rows("100 names of letters with marks", 100,
         [marks](int i) { return FakeLosant::credential(repeated(marks, 2000), i); });
    rows("100 names of emoji", 100,
         [](int i) { return FakeLosant::credential(repeated(u"👩‍👩‍👧‍👦"_s, 2000), i); });
    rows("100 names of private letters", 100,
         [](int i) { return FakeLosant::credential(QString(2000, u'\ue000'), i); });
    rows("100 names of 200 KB", 100,
         [](int i) { return FakeLosant::credential(QString(200'000, u'n') + QString::number(i), i); });

    const auto applications = [&add](const char *name, const std::function<QJsonObject(int)> &row) {
        add(name, [row] {
            QJsonArray all;
            for (int i = 1; i <= 100; ++i)
                all.append(row(i));
            return Bodies{.applications = pageOf(all), .page = pageOf({})};
        });
    };
    applications("100 applications with names of 200 KB", [](int i) {
        return application(i, QString(200'000, u'n') + QString::number(i),
                           QString(200'000, u'o') + QString::number(i % 10));
    });
    applications("100 applications with names of marks",
                 [marks](int i) { return application(i, repeated(marks, 2000)); });

    const auto error = [&add](const char *name, int size) {
        add(name, [size] {
            Bodies failed = onPage({});
            failed.pageStatus = 422;
            failed.page = json({{u"message"_s, QString(size, u'm')}});
            return failed;
        });
    };
    error("an error with a message of 500 KB", 500'000);
    error("an error with a message of 30 MB", 30 * megabyte);
    add("an email address of 1 MB", [] {
        Bodies bodies = onPage({FakeLosant::credential(u"One"_s)});
        bodies.account = json({{u"id"_s, u"a"_s}, {u"email"_s, QString(megabyte, u'@')}});
        return bodies;
    });
}

void LongTextsTest::nothingHoldsTheWindow()
{
    QFETCH(MakeBodies, make);
    const ServerThread server(make());
    // What the text costs it costs each time; what else the machine does comes and goes.
    constexpr int maxRuns = 3;
    auto held = std::chrono::milliseconds::max();
    for (int run = 0; run < maxRuns && held >= maxHold; ++run) {
        TestSettings settings;
        const OpenWindow window(server.url(), settings.settings);
        m_application.forget();

        use(window);

        held = std::min(held, m_application.longestEvent());
        QVERIFY2(window.window().minimumSizeHint().width() <= 1024,
                 qPrintable(QString::number(window.window().minimumSizeHint().width())));
    }
    m_table += u"%1 ms  %2\n"_s.arg(held.count(), 6).arg(QLatin1StringView(QTest::currentDataTag()));
    QVERIFY2(held < maxHold, qPrintable(u"the window was held for %1 ms"_s.arg(held.count())));
}

/// Looks at everything: the rows, all columns, the details, the tips, the applications.
void LongTextsTest::use(const OpenWindow &window)
{
    QTest::qWait(300);
    if (window.has(QAccessible::Table, credentials)) {
        QTableView *table = window.table(credentials);
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0 || !table->isVisible(), 20'000);
        for (int column = 0; column < table->model()->columnCount(); ++column)
            table->setColumnHidden(column, false);
        QTest::qWait(50);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, {20, 10});
        QTest::qWait(100);
        for (int column = 0; column < table->model()->columnCount(); ++column) {
            const QPoint at = table->visualRect(table->model()->index(0, column)).center();
            QCoreApplication::postEvent(
                table->viewport(), new QHelpEvent(QEvent::ToolTip, at, table->viewport()->mapToGlobal(at)));
            QTest::qWait(20);
        }
        QToolTip::hideText();
        QTest::keyClick(table, Qt::Key_Down);
        QTest::qWait(50);
        QTest::keyClick(table, Qt::Key_Up);
        QTest::qWait(50);
    }
    window.window().resize(1100, 700);
    QTest::qWait(50);
    window.key(Qt::Key_K, Qt::ControlModifier);
    window.type(u"n"_s);
    QTest::qWait(400);
}

void LongTextsTest::cleanupTestCase()
{
    std::fputs(qPrintable(u"\nThe longest that the window was held, for each long text:\n"_s + m_table),
               stdout);
    std::fflush(stdout);
}

int main(int argc, char *argv[])
{
    WatchedApplication application(argc, argv);
    LongTextsTest test(application);
    return QTest::qExec(&test, argc, argv);
}

#include "longtextstest.moc"

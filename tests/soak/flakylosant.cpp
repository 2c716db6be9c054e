// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/flakylosant.h"

#include "sandbox/sandboxstore.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray httpDate(const QDateTime &date)
{
    return QLocale::c().toString(date.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

QJsonObject credential(const QString &id, const QString &name, const QString &type, const QDateTime &date)
{
    return {{u"id"_s, id},
            {u"name"_s, name},
            {u"type"_s, type},
            {u"enabled"_s, true},
            {u"createdById"_s, u"aaaaaaaaaaaaaaaaaaaaaaaa"_s},
            {u"createdByType"_s, u"user"_s},
            {u"creationDate"_s, date.toUTC().toString(Qt::ISODateWithMs)},
            {u"lastUpdated"_s, date.toUTC().toString(Qt::ISODateWithMs)}};
}

QByteArray error(const char *message)
{
    return compact({{u"type"_s, u"Error"_s}, {u"message"_s, QString::fromUtf8(message)}});
}

} // namespace

FlakyLosant::FlakyLosant(std::uint32_t seed)
    : m_port(m_server.serverPort()), m_random(seed), m_allFaults(allFaults())
{
    static const QStringList types{u"aws"_s, u"sql"_s, u"http"_s, u"floppy"_s};
    int number = 0;
    for (const int count : {0, 1, 24, 101, 260, 1100}) {
        const QString id = u"%1"_s.arg(m_applications.size() + 1, 24, 16, QChar(u'0'));
        std::vector<QJsonObject> &credentials = m_applications[id];
        for (int i = 0; i < count; ++i, ++number)
            credentials.push_back(credential(u"c%1"_s.arg(number, 23, 16, QChar(u'0')),
                                             u"Credential %1"_s.arg(i + 1), types[i % types.size()],
                                             QDateTime::currentDateTimeUtc().addDays(-number)));
    }
    m_server.handle([this](const RecordedRequest &request) { return reply(request); });
}

std::vector<FlakyLosant::Fault> FlakyLosant::allFaults()
{
    const QByteArray html = "<html><body><h1>Sign in to the guest network</h1></body></html>";
    const QByteArray problems = compact(
        {{u"type"_s, u"Validation"_s},
         {u"validationErrors"_s, QJsonArray{QJsonObject{{u"name"_s, u"name"_s}, {u"message"_s, u"no"_s}}}}});
    const QByteArray soon = httpDate(QDateTime::currentDateTimeUtc()), late = "Fri, 31 Dec 2100 00:00:00 GMT";
    const auto moved = [](int status, const char *to) {
        return ScriptedReply{.status = status, .headers = {{"Location", to}}};
    };
    std::vector<Fault> faults{
        {"connection refused", {.way = Way::CloseBefore}},
        {"reset before", {.way = Way::CloseBefore}},
        {"reset in headers", {.way = Way::CloseInHeaders}},
        {"reset in body", {.way = Way::CloseInBody}},
        {"stalled", {.way = Way::Stall}},
        {"stalled in body", {.way = Way::StallInBody}},
        {"301 same origin", moved(301, "/me")},
        {"302 same origin", moved(302, "/applications")},
        {"307 other origin", moved(307, "http://127.0.0.1:1/applications")},
        {"308 no address", {.status = 308}},
        {"400 plain", {.status = 400, .body = "Bad request"}, true},
        {"400 with problems", {.status = 400, .body = problems}, true},
        {"429 in a second", {.status = 429, .body = error("slow"), .headers = {{"Retry-After", "1"}}}, true},
        {"429 in a minute", {.status = 429, .body = error("slow"), .headers = {{"Retry-After", "60"}}}, true},
        {"429 at a date", {.status = 429, .headers = {{"Retry-After", soon}}}, true},
        {"429 at a late date", {.status = 429, .headers = {{"Retry-After", late}}}, true},
        {"429 without", {.status = 429}, true},
        {"500 JSON", {.status = 500, .body = error("oops")}},
        {"500 HTML", {.status = 500, .body = html, .contentType = "text/html"}},
        {"204", {.raw = "HTTP/1.1 204 No Content\r\n\r\n"}},
        {"200 empty", {.body = {}}},
        {"200 HTML", {.body = html, .contentType = "text/html"}},
        {"200 of another shape", {.body = R"({"items":{"name":[]},"name":{"items":3}})"}},
        {"200 with NUL", {.body = QByteArray("{\"items\":[],\"name\":\"\0\"}", 24)}},
        {"200 of invalid UTF-8", {.body = "{\"items\":[{\"name\":\"\xff\xc0\x80\"}],\"name\":\"\xff\"}"}},
        {"truncated JSON", {}},
        {"items twice", {}},
        {"counts that lie", {}},
        {"10 MB of items", {}},
        {"no Date", {}},
    };
    for (const int status : {401, 403, 404, 405, 406, 409, 411, 413, 414, 415, 422, 431})
        faults.push_back({nullptr, {.status = status, .body = error("no")}, true});
    for (const int status : {303, 304, 402, 408, 410, 418, 423, 425, 451, 499, 502, 503, 504, 600, 999})
        faults.push_back({nullptr, {.status = status, .body = error("oops")}});
    return faults;
}

void FlakyLosant::leaveOut(int status)
{
    std::erase_if(m_allFaults, [status](const Fault &fault) { return fault.reply.status == status; });
}

FlakyLosant::Fate FlakyLosant::settle(const QString &applicationId, const QString &name)
{
    Fate fate{.posts = m_postsOf.take(name)};
    m_expected.remove(name);
    std::erase_if(m_applications[applicationId], [&](const QJsonObject &one) {
        const bool isIt = one[u"name"_s].toString() == name;
        if (isIt)
            fate.types += one[u"type"_s].toString();
        return isIt;
    });
    return fate;
}

void FlakyLosant::forgetRequests()
{
    // One that is under way is waited for, one that broke off will never be whole.
    constexpr int maxRetryDelay = 3;
    if (!std::ranges::all_of(m_server.requests(), &RecordedRequest::isWhole) && ++m_waits < maxRetryDelay)
        return;
    m_waits = 0;
    m_posts += m_server.count("POST");
    m_server.forget();
}

ScriptedReply FlakyLosant::reply(const RecordedRequest &request)
{
    ++m_requests;
    const bool isPost = request.method == "POST";
    if (isPost) {
        const QString name = QJsonDocument::fromJson(request.body)[u"name"_s].toString();
        ++m_postsOf[name];
        m_strayPosts += !m_expected.contains(name);
    }
    if (!m_isFailing || random(5) > 0)
        return rightReply(request);
    const Fault &fault = m_allFaults[std::size_t(random(int(m_allFaults.size())))];
    ++m_faults[fault.name ? QByteArray(fault.name) : QByteArray::number(fault.reply.status)];
    if (fault.name == "connection refused"_ba)
        refuseConnections();
    const bool isCarriedOut = !isPost || (!fault.isRefusal && random(2) == 0);
    return spoilt(fault, isCarriedOut ? rightReply(request) : ScriptedReply{.body = "{}"});
}

/// For a moment. What is connected stays so.
void FlakyLosant::refuseConnections()
{
    m_server.close();
    QTimer::singleShot(300ms, &m_server, [this] {
        if (!m_server.isListening() && !m_server.listen(QHostAddress::LocalHost, m_port))
            qFatal("The test server can't listen again: %s", qPrintable(m_server.errorString()));
    });
}

ScriptedReply FlakyLosant::spoilt(const Fault &fault, ScriptedReply right) const
{
    const QByteArray name(fault.name);
    if (fault.reply.way != Way::Whole) {
        right.way = fault.reply.way;
        return right;
    }
    if (name == "truncated JSON") {
        right.body.chop(right.body.size() / 2 + 1);
    } else if (name == "no Date") {
        right.headers.clear();
    } else if (name == "counts that lie") {
        QJsonObject page = QJsonDocument::fromJson(right.body).object();
        page[u"totalCount"_s] = right.body.size() % 2 ? qint64(-1) : qint64(9'000'000'000'000'000);
        right.body = compact(page);
    } else if (name == "items twice" || name == "10 MB of items") {
        constexpr qsizetype much = 10 * 1024 * 1024;
        const QByteArray first = compact(QJsonDocument::fromJson(right.body)[u"items"_s][0].toObject()) + ',';
        const qsizetype start = right.body.indexOf("[{") + 1;
        if (start > 0)
            right.body.insert(start, first.repeated(name == "items twice" ? 1 : much / first.size()));
    } else {
        return fault.reply;
    }
    return right;
}

ScriptedReply FlakyLosant::rightReply(const RecordedRequest &request)
{
    ScriptedReply reply;
    if (request.method == "POST")
        reply = created(request);
    else if (request.path().endsWith("/credentials"))
        reply = pageReply(request);
    else if (request.path() == "/applications")
        reply = applicationsReply();
    else
        reply.body = R"({"id":"aaaaaaaaaaaaaaaaaaaaaaaa","email":"ada@example.com"})";
    reply.headers = {{"Date", httpDate(QDateTime::currentDateTimeUtc())}};
    reply.delay = std::chrono::milliseconds(random(20));
    return reply;
}

ScriptedReply FlakyLosant::applicationsReply() const
{
    QJsonArray items;
    for (const QString &id : applicationIds())
        items.append(QJsonObject{{u"id"_s, id},
                                 {u"name"_s, QString(u"Application "_s + id.right(1))},
                                 {u"ownerType"_s, items.size() % 2 ? u"user"_s : u"organization"_s},
                                 {u"ownerId"_s, QString::number(items.size() % 3)},
                                 {u"organizationName"_s, u"ACME"_s}});
    return {.body = compact({{u"items"_s, items}, {u"totalCount"_s, items.size()}})};
}

ScriptedReply FlakyLosant::pageReply(const RecordedRequest &request) const
{
    const QString glob = request.parameter(u"filter"_s).toCaseFolded();
    const QString filtered = request.parameter(u"filterField"_s);
    const QString sorted = request.parameter(u"sortField"_s);
    const bool isDescending = request.parameter(u"sortDirection"_s) == "desc"_L1;
    std::vector<QJsonObject> rows;
    std::ranges::copy_if(m_applications.value(QString::fromUtf8(request.path().split('/').value(2))),
                         std::back_inserter(rows), [&](const QJsonObject &one) {
                             return glob.isEmpty() ||
                                    globMatches(glob, one[filtered].toString().toCaseFolded());
                         });
    std::ranges::stable_sort(rows, [&](const QJsonObject &a, const QJsonObject &b) {
        const int order = QString::compare(a[sorted].toString(), b[sorted].toString());
        return isDescending ? order > 0 : order < 0;
    });
    const qint64 perPage = request.parameter(u"perPage"_s).toInt();
    const qint64 first = perPage * request.parameter(u"page"_s).toInt();
    QJsonArray items;
    for (qint64 i = first; i < std::min(first + perPage, qint64(rows.size())); ++i)
        items.append(rows[std::size_t(i)]);
    return {.body = compact({{u"items"_s, items}, {u"totalCount"_s, qint64(rows.size())}})};
}

ScriptedReply FlakyLosant::created(const RecordedRequest &request)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const QJsonObject one =
        credential(u"d%1"_s.arg(++m_createdCount, 23, 16, QChar(u'0')), body[u"name"_s].toString(),
                   body[u"type"_s].toString(), QDateTime::currentDateTimeUtc());
    m_applications[QString::fromUtf8(request.path().split('/').value(2))].push_back(one);
    return {.status = 201, .body = compact(one)};
}

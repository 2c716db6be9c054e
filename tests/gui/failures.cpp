// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/failures.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Way = ScriptedReply::Way;

namespace {

using Reply = std::function<ScriptedReply(const Asked &)>;
using Headers = decltype(ScriptedReply::headers);

const QByteArray html = "<!DOCTYPE html><html><body>Sign in to <b>Wi-Fi</b></body></html>";

Reply always(ScriptedReply reply)
{
    return [reply = std::move(reply)](const Asked &) { return reply; };
}

Reply status(int status, const Headers &headers = {})
{
    return always({.status = status,
                   .body = R"({"type":"Any","message":"Because of <i>this</i>."})",
                   .headers = headers});
}

Reply page(int status)
{
    return always({.status = status, .body = html, .contentType = "text/html"});
}

Reply body(const QByteArray &body)
{
    return always({.body = body});
}

/// As the server would that spells its status so.
Reply odd(const QByteArray &status)
{
    return always({.raw = "HTTP/1.1 " + status + " Odd\r\nContent-Length: 2\r\n\r\n{}"});
}

/// Another status line, then the answer that a success would be.
Reply early(const QByteArray &status)
{
    return [status](const Asked &asked) -> ScriptedReply {
        const QByteArray body = asked.success.body;
        return {.raw = "HTTP/1.1 " + status + " Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: " +
                       QByteArray::number(body.size()) + "\r\n\r\n" + body};
    };
}

/// The answer that a success would be, on its way to somewhere else.
Reply broken(Way way)
{
    return [way](const Asked &asked) {
        ScriptedReply reply = asked.success;
        reply.way = way;
        return reply;
    };
}

/// The body that a success would have, changed.
Reply changed(QByteArray (*change)(const Asked &asked, QByteArray body))
{
    return [change](const Asked &asked) {
        ScriptedReply reply = asked.success;
        reply.body = change(asked, reply.body);
        return reply;
    };
}

Reply redirect(int status)
{
    return [status](const Asked &asked) -> ScriptedReply {
        if (asked.request.hasParameter(u"moved"_s))
            return asked.success;
        const QByteArray separator = asked.request.target.contains('?') ? "&" : "?";
        return {.status = status,
                .body = {},
                .headers = {{"Location", asked.request.target + separator + "moved=1"}}};
    };
}

Reply redirectElsewhere(int status)
{
    return [status](const Asked &asked) -> ScriptedReply {
        return {.status = status,
                .body = html,
                .headers = {{"Location", asked.elsewhere.toEncoded() + "/login?from=s3cret-query"}}};
    };
}

QByteArray httpDate(const QDateTime &date)
{
    return QLocale::c().toString(date, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

Reply throttledUntil(int seconds)
{
    return [seconds](const Asked &asked) {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        return status(429, {{"Retry-After", httpDate(now.addSecs(seconds))}, {"Date", httpDate(now)}})(asked);
    };
}

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

bool isPage(Call call)
{
    return call == Call::List || call == Call::Applications;
}

/// Ten megabytes of what the answer holds.
QByteArray huge(const Asked &asked, QByteArray body)
{
    static std::map<Call, QByteArray> made; // the making is none of the program's business
    QByteArray &answer = made[asked.call];
    if (!answer.isEmpty())
        return answer;
    QJsonObject root = QJsonDocument::fromJson(body).object();
    if (!isPage(asked.call)) {
        root[u"padding"_s] = QString(10'000'000, u'x');
        return answer = json(root);
    }
    QJsonArray items = root[u"items"_s].toArray();
    for (int i = 0; i < 30'000; ++i) {
        items.append(QJsonObject{{u"id"_s, u"%1"_s.arg(i, 24, 16, QChar(u'0'))},
                                 {u"name"_s, u"Item %1"_s.arg(i)},
                                 {u"type"_s, u"aws"_s},
                                 {u"ownerType"_s, u"user"_s},
                                 {u"creationDate"_s, u"2016-06-13T04:00:00.000Z"_s},
                                 {u"description"_s, QString(200, u'd')}});
    }
    root[u"items"_s] = items;
    root[u"totalCount"_s] = items.size();
    return answer = json(root);
}

QByteArray withRepeatedIds(const Asked &asked, QByteArray body)
{
    if (!isPage(asked.call))
        return body.replace("{", "{\"id\":\"1\",\"id\":\"2\",");
    QJsonObject root = QJsonDocument::fromJson(body).object();
    QJsonArray items = root[u"items"_s].toArray();
    items.append(items.first());
    items.append(items.first());
    root[u"items"_s] = items;
    return json(root);
}

QByteArray withLyingCounts(const Asked &, QByteArray body)
{
    QJsonObject root = QJsonDocument::fromJson(body).object();
    root[u"count"_s] = -7;
    root[u"totalCount"_s] = 1'000'000;
    root[u"perPage"_s] = u"many"_s;
    root[u"page"_s] = QJsonArray{3};
    return json(root);
}

/// Texts with a NUL in them, as JSON may have it.
QByteArray withNul(const Asked &, QByteArray body)
{
    return body.replace("described", "descr\\u0000ibed");
}

QByteArray withRawNul(const Asked &, QByteArray body)
{
    return body.replace("described", QByteArray("descr\0ibed", 10));
}

QByteArray withInvalidUtf8(const Asked &, QByteArray body)
{
    return body.replace("described", "descr\xc3\x28\xff ibed");
}

QByteArray half(const Asked &, QByteArray body)
{
    return body.left(body.size() / 2);
}

std::vector<Failure> makeFailures()
{
    std::vector<Failure> failures;
    // The two GETs do alike, and so do the three changes.
    const auto add = [&](const QByteArray &name, Reply reply, const QStringList &words, const QString &get,
                         const QString &create, const QString &signIn) -> Failure & {
        const QString edit = QString(create).replace(u"created"_s, u"saved"_s),
                      remove = QString(create).replace(u"created"_s, u"deleted"_s);
        return failures.emplace_back(Failure{.name = name,
                                             .reply = std::move(reply),
                                             .cells = {get, create, get, signIn, edit, remove},
                                             .words = words});
    };
    const auto lastCell = [&](Call call) -> QString & { return failures.back().cells[std::size_t(call)]; };

    const QString success = u"success 1"_s, created = u"success 1, created"_s;
    add(
        "no failure", [](const Asked &asked) { return asked.success; }, {}, success, created, success);

    const QStringList offline{u"can't be reached"_s, u"Check the network connection"_s};
    const QString nobody = u"Offline 0 for 3"_s, notSent = u"Offline 0 for 1"_s,
                  notCreated = u"Offline 0 for 1, not created"_s;
    add("DNS failure", {}, offline, nobody, notCreated, notSent).network = Failure::Network::NoSuchHost;
    lastCell(Call::Edit) = u"Offline 0, not saved"_s; // what there is to edit can't be read
    add("refused", {}, offline, nobody, notCreated, notSent).network = Failure::Network::Refused;
    add("TLS failure", {}, {u"not safe"_s, u"could not prove who it is"_s, u"Nothing was sent"_s},
        u"Tls 0 for 1"_s, u"Tls 0 for 1, not created"_s, u"Tls 0 for 1"_s)
        .network = Failure::Network::Untrusted;

    // Qt asks again by itself when a connection closes, but never what has a body of ours.
    const QStringList closed{u"closed the connection"_s, u"Try again"_s};
    for (const auto &[name, way] : {std::pair("closed before the answer", Way::CloseBefore),
                                    std::pair("closed in its headers", Way::CloseInHeaders),
                                    std::pair("closed in its body", Way::CloseInBody),
                                    std::pair("reset before the answer", Way::ResetBefore),
                                    std::pair("reset in its body", Way::ResetInBody)}) {
        add(name, broken(way), closed, u"Offline *"_s, u"Offline 1, unknown"_s, u"Offline 1"_s);
        lastCell(Call::Delete) = u"Offline *, unknown"_s;
    }
    const QStringList stalled{u"does not answer"_s, u"Try again later"_s};
    for (const auto &[name, way] : {std::pair("stalled before the answer", Way::Stall),
                                    std::pair("stalled in its body", Way::StallInBody)}) {
        add(name, broken(way), stalled, u"Timeout 3"_s, u"Timeout 1, unknown"_s, u"Timeout 1"_s)
            .stallTimeout = 300ms;
    }

    const QString protocol = u"Protocol 1"_s, lostProtocol = u"Protocol 1, unknown"_s;
    for (const int code : {301, 302, 303, 307, 308}) {
        const QString number = QString::number(code);
        const QStringList words{u"points to another address (%1)"_s.arg(code), u"Check the server URL"_s,
                                u"login page"_s};
        add(number.toLatin1() + " within the origin", redirect(code), words, u"success 2"_s, lostProtocol,
            protocol);
        add(number.toLatin1() + " to another origin", redirectElsewhere(code),
            words + QStringList{u"/login)"_s}, protocol, lostProtocol, protocol);
    }

    const auto refuse = [&](const QByteArray &name, Reply reply, const QStringList &words,
                            const QString &kind) {
        const QString once = kind + u" 1"_s;
        add(name, std::move(reply), words, once, once + u", not created"_s, once);
    };
    const QString theServer = u"The server says: “Because of <i>this</i>.”"_s;
    refuse("400", status(400), {u"refuses"_s, u"then try again"_s, theServer}, u"Validation"_s);
    refuse("400 with problems of fields",
           body(R"({"type":"Validation","message":"No good.","validationErrors":[
                   {"type":"pattern","name":"awsConfig.region","message":"There is no such region."}]})"),
           {}, u"Validation"_s);
    failures.back().reply = [reply = failures.back().reply](const Asked &asked) {
        ScriptedReply refusal = reply(asked);
        refusal.status = 400;
        return refusal;
    };
    // Who refuses the token may not be who carries out.
    add("401", status(401, {{"WWW-Authenticate", "Bearer"}}), {u"not accepted"_s, theServer},
        u"Unauthorized 1"_s, u"Unauthorized 1, unknown"_s, u"Unauthorized 1"_s);
    failures.back().ownWords[Call::SignIn] = {u"The email address or the password is not accepted"_s};
    refuse("403", status(403), {u"does not permit"_s, u"Sign in with one that has"_s, theServer},
           u"Forbidden"_s);
    failures.back().ownWords[Call::Create] = {u"not create them"_s, u"credentials.post"_s,
                                              u"What you typed stays"_s};
    failures.back().ownWords[Call::Edit] = {u"not change them"_s, u"credential.patch"_s,
                                            u"What you typed stays"_s};
    failures.back().ownWords[Call::Delete] = {u"not delete them"_s, u"credential.delete"_s};
    refuse("404", status(404), {u"does not exist"_s, u"Refresh"_s, theServer}, u"NotFound"_s);
    failures.back().isGone = true;
    failures.back().ownWords[Call::Edit] = {u"not there any more"_s, u"Nothing was saved"_s,
                                            u"What you typed stays"_s};
    lastCell(Call::Delete) = u"success 1, deleted"_s; // as a GET agrees
    for (const int code : {405, 406, 411, 414, 415, 422, 431}) {
        refuse(QByteArray::number(code), status(code),
               {u"unexpected answer (%1)"_s.arg(code), u"Check that the server URL"_s}, u"Protocol"_s);
    }
    // None of these clearly says that nothing was created.
    for (const int code : {304, 402, 410, 418, 423, 425, 451, 499, 600, 999, 1000}) {
        add(QByteArray::number(code), status(code),
            {u"unexpected answer (%1)"_s.arg(code), u"Check that the server URL"_s}, protocol, lostProtocol,
            protocol);
    }
    refuse("409", status(409), {u"conflicts"_s, u"Refresh"_s, theServer}, u"Validation"_s);
    refuse("413", status(413), {u"too large"_s, u"Shorten it"_s, theServer}, u"Validation"_s);

    const auto throttle = [&](const QByteArray &name, Reply reply, const QString &whatToDo) -> Failure & {
        return add(name, std::move(reply), {u"too many requests"_s, whatToDo, theServer}, u"Throttled 3"_s,
                   u"Throttled 1, not created"_s, u"Throttled 1"_s);
    };
    throttle("429 with seconds", status(429, {{"Retry-After", "1"}}), u"Try again in 1 second"_s).pause = 1s;
    throttle("429 with a date", throttledUntil(2), u"Try again in 2 second"_s).pause = 2s;
    throttle("429 without", status(429), u"Wait a moment, then try again"_s).pause = 250ms;
    failures.emplace_back(failures.back());
    failures.back().name = "429 for a minute";
    failures.back().reply = status(429, {{"Retry-After", "60"}});
    failures.back().words[1] = u"Try again in 60 second"_s;
    failures.back().cells[0] = failures.back().cells[2] = u"Throttled 1"_s;

    const auto fail = [&](const QByteArray &name, int code, Reply reply) {
        add(name, std::move(reply), {u"has failed (%1)"_s.arg(code), u"Try again later"_s}, u"Server 3"_s,
            u"Server 1, unknown"_s, u"Server 1"_s);
    };
    fail("408", 408, status(408));
    fail("500 with JSON", 500, status(500));
    fail("500 with HTML", 500, page(500));
    fail("502", 502, page(502));
    fail("503", 503, status(503));
    fail("504", 504, page(504));
    fail("511 of a network's login", 511, page(511));
    failures.back().words = {u"sign in to it first (511)"_s, u"Open any page in a web browser"_s};

    const QStringList unreadable{u"can't be read"_s, u"Check that the server URL"_s, u"no login page"_s};
    const auto mistake = [&](const QByteArray &name, Reply reply) {
        add(name, std::move(reply), unreadable, protocol, lostProtocol, protocol);
    };
    mistake("204", always({.raw = "HTTP/1.1 204 No Content\r\n\r\n"}));
    lastCell(Call::Delete) = u"success 1, deleted"_s; // there is nothing to be read
    // Qt takes the first status line but 100 for the answer.
    for (const char *status : {"000", "099"})
        mistake(QByteArray(status) + " for an answer", odd(status));
    const QString interim = u"Protocol 3"_s;
    for (const char *status : {"101", "103", "199"})
        add(QByteArray(status) + " for an answer", odd(status), unreadable, interim, lostProtocol, protocol);
    add("103, then the answer", early("103"), unreadable, interim, lostProtocol, protocol);
    mistake("200 empty", body(""));
    mistake("200 with HTML", page(200));
    mistake("truncated JSON", changed(half));
    mistake("JSON of the wrong shape",
            body(R"({"items":{"a":1},"token":["x"],"name":7,"totalCount":"all"})"));
    mistake("JSON that is a list", body("[1,2,3]"));
    mistake("a NUL byte", changed(withRawNul));
    mistake("invalid UTF-8", changed(withInvalidUtf8));

    add("100, then the answer", early("100"), {}, success, created, success);
    add("a NUL in a text", changed(withNul), {}, success, created, success);
    lastCell(Call::Edit) = u"success 1, saved differently"_s;
    Failure &tooMany = add("10 MB of items", changed(huge), unreadable, protocol, created, success);
    tooMany.words += u"1000 items"_s;
    add("duplicate ids", changed(withRepeatedIds), {}, success, created, success);
    add("counts that lie", changed(withLyingCounts), {}, success, created, success);
    lastCell(Call::Applications) = u"success 2"_s; // nothing new comes with the second page
    return failures;
}

} // namespace

QString callName(Call call)
{
    switch (call) {
    case Call::List:
        return u"list"_s;
    case Call::Create:
        return u"create"_s;
    case Call::Applications:
        return u"applications"_s;
    case Call::SignIn:
        return u"sign-in"_s;
    case Call::Edit:
        return u"edit"_s;
    case Call::Delete:
        return u"delete"_s;
    }
    Q_UNREACHABLE();
}

const std::vector<Failure> &allFailures()
{
    static const std::vector<Failure> failures = makeFailures();
    return failures;
}

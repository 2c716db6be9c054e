// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <vector>

/// A server of applications whose credentials are told by their names: of `a` they are a1, a2 …, oldest
/// first.
class ManyApplications
{
public:
    ManyApplications()
    {
        m_server.handle([this](const RecordedRequest &request) { return reply(request); });
    }

    QUrl url() const { return m_server.url(); }
    int requestCount() const { return m_server.count("GET"); }

    void add(const QString &id, int credentials)
    {
        Listed application{.id = id};
        for (int number = 1; number <= credentials; ++number)
            application.names += id + QString::number(number);
        m_ever += application.names;
        m_applications.push_back(application);
    }
    void removeApplication(const QString &id)
    {
        std::erase_if(m_applications, [&](const Listed &of) { return of.id == id; });
    }
    void hideCount(const QString &id) { of(id).hasCount = false; }
    void create(const QString &id, const QString &name)
    {
        of(id).names += name;
        m_ever += name;
    }
    void remove(const QString &id, const QString &name) { of(id).names.removeOne(name); }
    /// On one page.
    void repeat(const QString &id, const QString &name) { of(id).names += name; }

    /// Sorted.
    QStringList names(const QString &id)
    {
        QStringList sorted = of(id).names;
        sorted.sort();
        return sorted;
    }
    QStringList names() const
    {
        QStringList all;
        for (const Listed &application : m_applications)
            all += application.names;
        return all;
    }
    /// Those that were there at any time.
    const QStringList &namesEver() const { return m_ever; }

    /// Pages of the application are answered so, as often as that or always.
    void answer(const QString &id, const ScriptedReply &reply, int times = always)
    {
        m_replies[id] = {reply, times};
    }
    void answerPages(const ScriptedReply &reply, int times = always) { m_pagesReply = {reply, times}; }
    void answerList(const ScriptedReply &reply) { m_listReply = {reply, always}; }
    /// From now on all is well.
    void answerNothingElse()
    {
        m_replies.clear();
        m_pagesReply = m_listReply = {};
        m_chance.reset();
    }
    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; }
    /// Before the page is answered for the first time.
    void onPage(const QString &id, int page, std::function<void()> then)
    {
        m_onPage[{id, page}] = std::move(then);
    }
    /// One page in ten fails, one in thirty is throttled, and with each some credential comes, goes or is
    /// renamed.
    void beFlaky(const QRandomGenerator &chance) { m_chance = chance; }

    /// The pages that were asked for: application and number.
    const QStringList &asked() const { return m_asked; }
    void forgetAsked() { m_asked.clear(); }
    int mostUnderWay() const { return m_mostUnderWay; }

private:
    struct Listed
    {
        QString id;
        QStringList names = {};
        bool hasCount = true;
    };
    struct Instead
    {
        ScriptedReply reply = {};
        int times = 0;

        std::optional<ScriptedReply> take()
        {
            if (times == 0)
                return std::nullopt;
            if (times > 0)
                --times;
            return reply;
        }
    };

    static constexpr int always = -1;

    Listed &of(const QString &id)
    {
        return *std::find_if(m_applications.begin(), m_applications.end(),
                             [&](const Listed &application) { return application.id == id; });
    }

    ScriptedReply reply(const RecordedRequest &request)
    {
        const QByteArrayList path = request.path().split('/'); // "", "applications", id, "credentials"
        if (path.size() == 2)
            return m_listReply.take().value_or(list(request));
        const QString id = QString::fromUtf8(path.at(2));
        m_asked += id + u' ' + request.parameter(QStringLiteral("page"));
        ++m_underWay;
        m_mostUnderWay = std::max(m_mostUnderWay, m_underWay);
        QTimer::singleShot(m_delay, &m_server, [this] { --m_underWay; });
        ScriptedReply reply = pageReply(id, request);
        reply.delay = m_delay;
        return reply;
    }

    ScriptedReply pageReply(const QString &id, const RecordedRequest &request)
    {
        const auto then = m_onPage.find({id, request.parameter(QStringLiteral("page")).toInt()});
        if (then != m_onPage.end()) {
            then->second();
            m_onPage.erase(then);
        }
        if (const auto instead = m_replies[id].take())
            return *instead;
        if (const auto instead = m_pagesReply.take())
            return *instead;
        if (m_chance) {
            changeSomething();
            if (m_chance->bounded(10) == 0)
                return {.status = m_chance->bounded(2) == 0 ? 500 : 502};
            if (m_chance->bounded(30) == 0)
                return {.status = 429, .headers = {{"Retry-After", "1"}}};
        }
        return page(of(id).names, request);
    }

    void changeSomething()
    {
        Listed &application = m_applications[std::size_t(m_chance->bounded(int(m_applications.size())))];
        const int what = m_chance->bounded(3);
        const QString name = QStringLiteral("new%1").arg(m_ever.size());
        if (what == 0 || application.names.isEmpty()) {
            application.names += name;
            m_ever += name;
            return;
        }
        const qsizetype index = m_chance->bounded(int(application.names.size()));
        if (what == 1) {
            application.names.removeAt(index);
        } else {
            application.names[index] = name;
            m_ever += name;
        }
    }

    ScriptedReply list(const RecordedRequest &request) const
    {
        QJsonArray items;
        const int perPage = request.parameter(QStringLiteral("perPage")).toInt();
        const int first = request.parameter(QStringLiteral("page")).toInt() * perPage;
        for (int i = first; i < std::min(first + perPage, int(m_applications.size())); ++i) {
            const Listed &application = m_applications[std::size_t(i)];
            QJsonObject item{{QStringLiteral("id"), application.id},
                             {QStringLiteral("name"), application.id}};
            if (application.hasCount)
                item[QStringLiteral("summary")] =
                    QJsonObject{{QStringLiteral("credentialCount"), application.names.size()}};
            items.append(item);
        }
        return json(items, int(m_applications.size()));
    }

    static ScriptedReply page(const QStringList &names, const RecordedRequest &request)
    {
        QJsonArray items;
        const qsizetype perPage = request.parameter(QStringLiteral("perPage")).toInt();
        const qsizetype first = request.parameter(QStringLiteral("page")).toInt() * perPage;
        for (qsizetype i = first; i < std::min(first + perPage, names.size()); ++i)
            items.append(QJsonObject{{QStringLiteral("id"), QString(QStringLiteral("id-") + names[i])},
                                     {QStringLiteral("name"), names[i]},
                                     {QStringLiteral("type"), QStringLiteral("aws")}});
        return json(items, int(names.size()));
    }

    static ScriptedReply json(const QJsonArray &items, int totalCount)
    {
        const QJsonObject body{{QStringLiteral("items"), items}, {QStringLiteral("totalCount"), totalCount}};
        return {.body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
    }

    ScriptedServer m_server;
    std::vector<Listed> m_applications;
    QStringList m_ever;
    std::map<QString, Instead> m_replies;
    Instead m_pagesReply;
    Instead m_listReply;
    std::map<std::pair<QString, int>, std::function<void()>> m_onPage;
    std::optional<QRandomGenerator> m_chance;
    std::chrono::milliseconds m_delay{0};
    QStringList m_asked;
    int m_underWay = 0;
    int m_mostUnderWay = 0;
};

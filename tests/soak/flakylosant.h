// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedserver.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

#include <random>
#include <vector>

/// A Losant API that fails one request in five, in every way that one server can, and knows what it has
/// carried out all the same.
class FlakyLosant
{
public:
    explicit FlakyLosant(std::uint32_t seed);

    QUrl url() const { return m_server.url(); }
    QStringList applicationIds() const { return m_applications.keys(); }

    /// This status is no longer among the faults.
    void leaveOut(int status);
    /// Whether calls fail, as they do from the start.
    void setFailing(bool isFailing) { m_isFailing = isFailing; }

    /// A credential of this name is about to be posted.
    void expect(const QString &name) { m_expected.insert(name); }
    /// What became of it, counted; it is removed, as if by somebody else.
    struct Fate
    {
        int posts = 0;     ///< that came over the wire
        QStringList types; ///< of the credentials of this name
    };
    Fate settle(const QString &applicationId, const QString &name);

    /// What was recorded of requests so far is forgotten, now or at one of the next calls: it is no growth.
    void forgetRequests();

    int requests() const { return m_requests; }
    const QMap<QByteArray, int> &faults() const { return m_faults; }
    qsizetype kindsOfFaults() const { return qsizetype(m_allFaults.size()); }
    /// POSTs of a name that nobody is creating (any more).
    int strayPosts() const { return m_strayPosts; }
    /// Also those that broke off.
    int posts() const { return m_posts + m_server.count("POST"); }

private:
    struct Fault
    {
        const char *name;
        ScriptedReply reply;
        /// A POST that is refused so is not carried out; any other may be.
        bool isRefusal = false;
    };

    ScriptedReply reply(const RecordedRequest &request);
    ScriptedReply rightReply(const RecordedRequest &request);
    ScriptedReply applicationsReply() const;
    ScriptedReply pageReply(const RecordedRequest &request) const;
    ScriptedReply created(const RecordedRequest &request);
    ScriptedReply spoilt(const Fault &fault, ScriptedReply right) const;
    void refuseConnections();
    int random(int below) { return int(m_random() % std::uint32_t(below)); }
    static std::vector<Fault> allFaults();

    ScriptedServer m_server;
    quint16 m_port;
    std::mt19937 m_random;
    std::vector<Fault> m_allFaults;
    QMap<QString, std::vector<QJsonObject>> m_applications; ///< the credentials of each
    QMap<QByteArray, int> m_faults;
    QSet<QString> m_expected;
    QHash<QString, int> m_postsOf;
    int m_requests = 0;
    int m_posts = 0;
    int m_strayPosts = 0;
    int m_createdCount = 0;
    int m_waits = 0; ///< for requests under way
    bool m_isFailing = true;
};

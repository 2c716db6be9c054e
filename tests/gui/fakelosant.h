// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedserver.h"

#include <QJsonArray>
#include <QJsonObject>

#include <map>
#include <optional>

/// A Losant API with the data that a test gives it. Knows of no type what its configuration holds, and
/// records what it is asked.
class FakeLosant
{
public:
    /// The id of the application number `n`, from 1.
    static QString applicationId(int n);

    FakeLosant();

    QUrl url() const { return m_server.url(); }

    /// In the user's own sandbox, or an organization's. Returns its id.
    QString addApplication(const QString &name, const QString &organization = {});
    void setCredentials(const QString &applicationId, const QJsonArray &credentials);
    QJsonArray credentials(const QString &applicationId) const { return m_credentials.at(applicationId); }
    /// `Credential 1` and so on, each a day older than the one before, type by type.
    static QJsonArray someCredentials(int count);
    static QJsonObject credential(const QString &name, int number = 1,
                                  const QString &type = QStringLiteral("aws"));

    /// Answers that come before all others, as long as the function gives one.
    using Exception = std::function<std::optional<ScriptedReply>(const RecordedRequest &)>;
    void setException(Exception exception) { m_exception = std::move(exception); }
    /// Every page of credentials is answered so; `{}` ends that.
    void failPages(std::optional<ScriptedReply> reply) { m_pageReply = std::move(reply); }
    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; }
    void setApplicationsPerPage(int count) { m_applicationsPerPage = count; }

    ScriptedServer &server() { return m_server; }
    /// The questions for a page of credentials so far.
    std::vector<RecordedRequest> pageRequests() const;
    int pageCount() const { return int(pageRequests().size()); }
    /// Those for the page of this number, from 0, whatever the order and the filter.
    int pageCount(int page) const;
    /// The last one's parameter.
    QString asked(const QString &parameter) const;

    static ScriptedReply error(int status, const QString &message);

private:
    ScriptedReply reply(const RecordedRequest &request);
    ScriptedReply applicationsReply(const RecordedRequest &request) const;
    ScriptedReply pageReply(const QString &applicationId, const RecordedRequest &request) const;
    ScriptedReply create(const QString &applicationId, const RecordedRequest &request);
    ScriptedReply one(const QString &applicationId, const QString &credentialId,
                      const RecordedRequest &request);

    ScriptedServer m_server;
    QJsonArray m_applications;
    std::map<QString, QJsonArray> m_credentials;
    Exception m_exception;
    std::optional<ScriptedReply> m_pageReply;
    std::chrono::milliseconds m_delay{0};
    int m_applicationsPerPage = 1000;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"
#include "api/transport.h"
#include "gui/failures.h"
#include "support/logrecorder.h"

#include <QElapsedTimer>

/// What came of a call.
struct Seen
{
    QString outcome; ///< a kind of error or `success`, and what is known of a credential
    QString words;   ///< as a person reads them
    int onTheWire = 0;
    int ours = 0;               ///< requests of ours, whether they reached the wire or not
    QStringList lost;           ///< what should have stayed and did not
    std::vector<qint64> pauses; ///< between requests, in milliseconds

    /// As the table prints it.
    QString cell() const;
};

/// One call to a server that fails in one way, with what a person had before: rows, a selection, a form.
class FailureScene
{
public:
    FailureScene(const Failure &failure, Call call);
    ~FailureScene();

    /// Makes the call and waits until it has ended.
    Seen run();

    /// Another server, which must never be asked.
    const ScriptedServer &elsewhere() const { return m_elsewhere; }

private:
    void list();
    void applications();
    void create();
    void createByDialog();
    void signIn();
    void signInByForm();

    void fail();
    bool isUnderTest(const RecordedRequest &request) const;
    ScriptedReply success(const RecordedRequest &request) const;
    ScriptedReply reply(const RecordedRequest &request);
    void keep(bool isKept, const QString &what);
    void takeError(const std::optional<ApiError> &error);
    int sentByUs() const;
    QByteArray method() const { return m_call == Call::Create || m_call == Call::SignIn ? "POST" : "GET"; }

    const Failure &m_failure;
    const Call m_call;
    LogRecorder m_log;
    ScriptedServer m_server;
    ScriptedServer m_elsewhere;
    Transport m_transport;
    QElapsedTimer m_timer;
    std::vector<qint64> m_times; ///< of requests under test
    bool m_isFailing = false;
    int m_sentBefore = 0;
    Seen m_seen;
};

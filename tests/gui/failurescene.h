// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apierror.h"
#include "api/transport.h"
#include "gui/failures.h"
#include "support/logrecorder.h"

#include <QElapsedTimer>

#include <functional>
#include <memory>

class CredentialChange;
class CredentialService;
class FormDriver;
class QSignalSpy;
class QWidget;
struct ChangeOutcome;
struct Credential;

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
    void edit();
    void remove();
    void signIn();
    void signInByForm();

    using StartChange = std::function<std::unique_ptr<CredentialChange>(
        CredentialService &service, std::function<void(ChangeOutcome)> then)>;
    /// Makes the change, and where it is unknown what became of it looks once more.
    void change(const StartChange &start);

    struct ChangeDialogParts
    {
        const QWidget &dialog;
        std::function<QString()> words; ///< of what went wrong
        std::function<void(const QString &button)> click;
        QString action;              ///< the button that makes the change
        const QSignalSpy &announced; ///< that it was made
    };
    /// Once more as a person does it, to see what the dialog keeps and says.
    void changeBy(const ChangeDialogParts &parts);
    void keepForm(FormDriver &driver, const QString &region);
    Credential readCredential(const QString &id);
    bool isUnknown() const;

    void fail();
    void breakNetwork();
    bool isUnderTest(const RecordedRequest &request) const;
    ScriptedReply success(const RecordedRequest &request) const;
    ScriptedReply successOfChange(const RecordedRequest &request) const;
    ScriptedReply reply(const RecordedRequest &request);
    void keep(bool isKept, const QString &what);
    void takeError(const std::optional<ApiError> &error);
    int sentByUs() const;
    QByteArray method() const;

    const Failure &m_failure;
    const Call m_call;
    LogRecorder m_log;
    ScriptedServer m_server;
    ScriptedServer m_elsewhere;
    Transport m_transport;
    QElapsedTimer m_timer;
    std::vector<qint64> m_times; ///< of requests under test
    bool m_isFailing = false;
    bool m_isCarriedOut = false; ///< the change, as a GET shows
    int m_sentBefore = 0;
    Seen m_seen;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/failurescene.h"

#include "api/losantjson.h"
#include "gui/createdialogdriver.h"
#include "gui/deletescene.h"
#include "gui/editdialogdriver.h"
#include "services/credentialchange.h"
#include "services/credentialservice.h"
#include "support/asking.h"
#include "support/drafts.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;
const QString secret = u"wJalrXUtnFEMI"_s;

/// The dialog before another server than its own.
class DeleteDriver : public DeleteScene
{
public:
    explicit DeleteDriver(const QUrl &server)
    {
        setUp();
        m_elsewhere = server;
        open();
    }
    ~DeleteDriver() override { tearDown(); }

    /// As soon as it is known whether it has to be named.
    void allow()
    {
        (void)QTest::qWaitFor([this] { return canDelete() || asksForName(); }, patience);
        if (!canDelete())
            typeName(m_credential.name);
    }

    using DeleteScene::canDelete;
    using DeleteScene::error;
    using DeleteScene::isOpen;
    using DeleteScene::m_deleted;
    using DeleteScene::m_probe;
};

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A credential as the platform shows it, before it is edited and after.
QJsonObject shown(const QString &id, bool isEdited)
{
    const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    return {{u"id"_s, id},
            {u"name"_s, u"S3 archive"_s},
            {u"description"_s, u"described"_s},
            {u"enabled"_s, true},
            {u"type"_s, u"aws"_s},
            {u"lastUpdated"_s, isEdited ? now : u"2026-01-02T03:04:05.678Z"_s},
            {u"awsConfig"_s, QJsonObject{{u"accessKeyId"_s, u"AKIAIOSFODNN7EXAMPLE"_s},
                                         {u"region"_s, isEdited ? u"eu-west-1"_s : u"us-east-1"_s}}}};
}

QString stateName(const ChangeOutcome &outcome, const QString &done)
{
    switch (outcome.state) {
    case ChangeOutcome::State::Done:
        return outcome.isAsMeant ? done : done + u" differently"_s;
    case ChangeOutcome::State::NotDone:
        return u"not "_s + done;
    case ChangeOutcome::State::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

bool saysThatTheAnswerWasLost(const QWidget &dialog)
{
    const auto labels = dialog.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [](const QLabel *label) {
        return label->isVisible() && label->text().startsWith("The answer was lost"_L1);
    });
}

} // namespace

void FailureScene::create()
{
    fail();
    change([](CredentialService &service, CredentialChange::Finished then) {
        return CredentialChange::create(service, u"575e"_s, draftOfType("aws"_L1), std::move(then));
    });
    CreateDialogDriver driver(m_transport.baseUrl());
    driver.transport.setToken("s3cret-token");
    driver.transport.setStallTimeout(m_transport.stallTimeout());
    driver.fillIn();
    changeBy({.dialog = driver.dialog,
              .words = [&]() -> QString { return driver.errorMessage() + driver.problem(u"Region"_s); },
              .click = [&](const QString &button) { driver.click(button); },
              .action = u"Create"_s,
              .announced = driver.created});
    if (!driver.dialog.isVisible())
        return;
    keepForm(driver, u"us-east-1"_s);
    keep(QTest::qWaitFor([&] { return driver.part(u"Create"_s)->isEnabled(); }, 1000),
         u"the button to try again"_s);
    keep(driver.find(u"Check again"_s) || !isUnknown(), u"the button to look again"_s);
}

void FailureScene::edit()
{
    EditDialogDriver driver(m_transport.baseUrl());
    driver.setAws();
    const bool isReachable = m_failure.network != Failure::Network::NoSuchHost;
    if (isReachable) {
        driver.open();
        driver.type(u"Region"_s, u"eu-west-1"_s);
        driver.type(u"Secret access key"_s, secret);
    } else {
        driver.show();
    }
    CredentialDraft draft = LosantJson::readDraft(readCredential(EditDialogDriver::credentialId()));
    draft.set(draft.shownField("region"_L1).value(), u"eu-west-1"_s);
    draft.set(draft.shownField("secretAccessKey"_L1).value(), secret);

    fail();
    change([&](CredentialService &service, CredentialChange::Finished then) {
        return CredentialChange::edit(service, u"575e"_s, draft, {}, std::move(then));
    });
    if (!isReachable) {
        keep(QTest::qWaitFor([&] { return !driver.errorMessage().isEmpty(); }, patience),
             u"the end of loading"_s);
        m_seen.words = driver.errorMessage();
        keep(driver.find(u"Retry"_s), u"the button to load again"_s);
        return;
    }
    changeBy({.dialog = *driver.dialog,
              .words = [&]() -> QString { return driver.errorMessage() + driver.problem(u"Region"_s); },
              .click = [&](const QString &button) { driver.click(button); },
              .action = u"Save"_s,
              .announced = *driver.changed});
    if (QWidget *told = QApplication::activeModalWidget()) {
        keep(m_seen.outcome.endsWith("differently"_L1), u"silence"_s);
        told->close();
    } else {
        keep(!m_seen.outcome.endsWith("differently"_L1), u"a word about the difference"_s);
    }
    if (!driver.dialog->isVisible())
        return;
    keepForm(driver, u"eu-west-1"_s);
    keep(QTest::qWaitFor([&] { return driver.part(u"Save"_s)->isEnabled(); }, 1000),
         u"the button to try again"_s);
    keep(driver.find(u"Check again"_s) || !isUnknown(), u"the button to look again"_s);
}

void FailureScene::remove()
{
    DeleteDriver driver(m_transport.baseUrl());
    driver.allow();
    const Credential credential = readCredential(u"c1"_s);

    fail();
    change([&](CredentialService &service, CredentialChange::Finished then) {
        return CredentialChange::remove(service, u"575e"_s, credential, std::move(then));
    });
    changeBy({.dialog = driver.m_probe->window(),
              .words = [&] { return driver.error(); },
              .click = [&](const QString &button) { driver.m_probe->click(button); },
              .action = u"Delete"_s,
              .announced = *driver.m_deleted});
    if (!driver.isOpen())
        return;
    const auto has = [&](const QString &button) {
        return driver.m_probe->has(QAccessible::PushButton, button);
    };
    keep(QTest::qWaitFor([&] { return isUnknown() || driver.canDelete(); }, 1000),
         u"the button to try again"_s);
    keep(has(u"Check again"_s) == isUnknown(), u"the button to look again"_s);
    keep(has(u"Delete"_s) != isUnknown(), u"the one button for what is known"_s);
}

/// As the program has it from before. It also lets the transport know that this is the API.
Credential FailureScene::readCredential(const QString &id)
{
    const Result<Credential> known =
        LosantJson::readCredential({.httpStatus = 200, .body = bytes(shown(id, false))});
    if (m_failure.network == Failure::Network::NoSuchHost)
        return known.value();
    Heard<Credential> heard;
    CredentialService service(m_transport);
    const auto call = service.get(u"575e"_s, id, heard.listener());
    keep(heard.wait(patience) && heard.isSuccess(), u"what there was before"_s);
    return known.value();
}

void FailureScene::change(const StartChange &start)
{
    CredentialService service(m_transport);
    std::vector<ChangeOutcome> outcomes;
    const auto change = start(service, [&](const ChangeOutcome &one) { outcomes.push_back(one); });
    // What the search for it finds, other tests look at.
    QObject::connect(
        change.get(), &CredentialChange::answerLost, change.get(),
        [this, change = change.get()] {
            if (!(m_call == Call::Delete && m_failure.isGone))
                change->cancel();
        },
        Qt::QueuedConnection);
    keep(QTest::qWaitFor([&] { return !outcomes.empty(); }, patience), u"the outcome"_s);
    QTest::qWait(0);
    keep(outcomes.size() == 1, u"the one outcome"_s);
    const ChangeOutcome outcome = outcomes.front();
    const bool isDone = outcome.state == ChangeOutcome::State::Done;
    takeError(isDone ? std::nullopt : std::optional(outcome.error));
    m_seen.outcome += ", "_L1 + stateName(outcome, m_call == Call::Create ? u"created"_s
                                                   : m_call == Call::Edit ? u"saved"_s
                                                                          : u"deleted"_s);
    if (!isUnknown() || m_call == Call::Create)
        return;
    m_isCarriedOut = true;
    change->checkAgain();
    keep(QTest::qWaitFor([&] { return outcomes.size() == 2; }, patience), u"what checking again finds"_s);
    keep(outcomes.back().state == ChangeOutcome::State::Done, u"that it was done, once that shows"_s);
    m_isCarriedOut = false;
}

void FailureScene::changeBy(const ChangeDialogParts &parts)
{
    const auto isAtEnd = [&] { return !parts.dialog.isVisible() || !parts.words().isEmpty(); };
    parts.click(parts.action);
    const auto isLost = [&] { return saysThatTheAnswerWasLost(parts.dialog); };
    keep(QTest::qWaitFor([&] { return isAtEnd() || isLost(); }, patience), u"the end of waiting"_s);
    if (!isAtEnd() && isUnknown())
        parts.click(u"Cancel"_s);
    keep(QTest::qWaitFor(isAtEnd, patience), u"the end of the search"_s);
    keep(sentByUs() - m_sentBefore == 2 * m_seen.ours, u"the one request of ours for one click"_s);
    if (m_seen.onTheWire <= m_seen.ours)
        keep(m_server.count(method()) == 2 * m_seen.onTheWire, u"the one request for one click"_s);
    m_seen.words = parts.dialog.isVisible() ? parts.words() : QString();
    const bool isDone = m_seen.outcome.startsWith("success"_L1);
    keep(parts.announced.count() == (isDone ? 1 : 0), u"the news"_s);
    keep(parts.dialog.isVisible() != isDone, u"the dialog"_s);
}

void FailureScene::keepForm(FormDriver &driver, const QString &region)
{
    keep(driver.text(u"Name"_s) == "S3 archive"_L1 && driver.text(u"Region"_s) == region, u"the form"_s);
    keep(driver.text(u"Secret access key"_s) == secret, u"the secret in the form"_s);
}

bool FailureScene::isUnknown() const
{
    return m_seen.outcome.endsWith(", unknown"_L1);
}

ScriptedReply FailureScene::successOfChange(const RecordedRequest &request) const
{
    const QString id = m_call == Call::Edit ? EditDialogDriver::credentialId() : u"c1"_s;
    const bool isRead = request.method == "GET";
    if (m_call == Call::Create) {
        if (isRead)
            return {.body = R"({"items":[],"totalCount":0})"}; // none of this name
        return {.status = 201,
                .body = R"({"id":"57","name":"S3 archive","type":"aws","description":"described"})"};
    }
    if (request.path().endsWith("/linkedResources"))
        return {.body = R"({"integrations":{"items":[],"count":0,"totalCount":0},)"
                        R"("flows":{"items":[],"count":0,"totalCount":0},)"
                        R"("flowVersions":{"items":[],"count":0,"totalCount":0}})"};
    if (isRead && !request.path().contains("/credentials/"))
        return {.body = R"({"id":"575e"})"}; // the application
    if (m_call == Call::Delete) {
        if (!isRead)
            return {.body = R"({"success":true,"new":"described"})"};
        if (m_isCarriedOut || (m_isFailing && m_failure.isGone))
            return {.status = 404, .body = R"({"type":"NotFound","message":"There is none."})"};
    }
    const QString date =
        QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    return {.body = bytes(shown(id, !isRead || m_isCarriedOut)), .headers = {{"Date", date.toLatin1()}}};
}

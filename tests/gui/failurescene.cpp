// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/failurescene.h"

#include "errortext.h"
#include "models/applicationtreemodel.h"
#include "models/credentialtablemodel.h"
#include "services/applicationservice.h"
#include "services/authservice.h"
#include "services/credentialservice.h"
#include "signin/signinform.h"
#include "support/asking.h"
#include "support/guiprobe.h"
#include "support/kindname.h"
#include "support/testcertificate.h"
#include "widgets/secretedit.h"

#include <QItemSelectionModel>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 30'000;
const QByteArray token = "s3cret-token";
const QString email = u"ada@example.com"_s;
const QString password = u"s3cret-password"_s;

ScriptedServer::Security securityFor(const Failure &failure)
{
    return failure.network == Failure::Network::Untrusted ? ScriptedServer::Security::Tls
                                                          : ScriptedServer::Security::None;
}

QByteArray page(const QString &what, int count)
{
    QJsonArray items;
    for (int i = 1; i <= count; ++i)
        items.append(QJsonObject{{u"id"_s, u"%1 %2"_s.arg(what).arg(i)},
                                 {u"name"_s, u"Name %1"_s.arg(i)},
                                 {u"type"_s, u"aws"_s},
                                 {u"ownerType"_s, u"user"_s},
                                 {u"description"_s, u"described"_s}});
    return QJsonDocument(QJsonObject{{u"items"_s, items}, {u"totalCount"_s, count}})
        .toJson(QJsonDocument::Compact);
}

QStringList idsOf(const CredentialTableModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.credential(row).id);
    return ids;
}

QStringList idsOf(const ApplicationTreeModel &model)
{
    QStringList ids;
    const QModelIndex group = model.index(0, 0);
    for (int row = 0; row < model.rowCount(group); ++row)
        ids.append(model.index(row, 0, group).data(ApplicationTreeModel::IdRole).toString());
    return ids;
}

} // namespace

QString Seen::cell() const
{
    const qsizetype comma = outcome.indexOf(u',');
    QString cell = outcome.left(comma) + u" %1"_s.arg(onTheWire);
    if (ours != onTheWire)
        cell += u" for %1"_s.arg(ours);
    return comma < 0 ? cell : cell + outcome.mid(comma);
}

FailureScene::FailureScene(const Failure &failure, Call call)
    : m_failure(failure)
    , m_call(call)
    , m_log(u"credenza.api.debug=true"_s)
    , m_server(securityFor(failure))
    , m_transport(failure.network == Failure::Network::NoSuchHost ? QUrl(u"https://credenza.invalid"_s)
                                                                  : m_server.url())
{
    m_transport.setToken(token);
    m_server.handle([this](const RecordedRequest &request) { return reply(request); });
}

FailureScene::~FailureScene() = default;

Seen FailureScene::run()
{
    switch (m_call) {
    case Call::List:
        list();
        break;
    case Call::Create:
        create();
        break;
    case Call::Edit:
        edit();
        break;
    case Call::Delete:
        remove();
        break;
    case Call::Applications:
        applications();
        break;
    case Call::SignIn:
        signIn();
        signInByForm();
        break;
    }
    return m_seen;
}

void FailureScene::list()
{
    CredentialService service(m_transport);
    PageCache pages(service);
    CredentialTableModel model(pages);
    QItemSelectionModel selection(&model);
    const PageQuery query{.applicationId = u"575e"_s};
    const auto load = [&] {
        if (model.hasPage())
            model.refresh();
        else
            model.setQuery(query);
        keep(QTest::qWaitFor([&] { return !model.isLoading(); }, patience), u"the end of loading"_s);
    };
    if (m_failure.network != Failure::Network::NoSuchHost) {
        load();
        selection.setCurrentIndex(model.index(1, 0), QItemSelectionModel::SelectCurrent);
    }
    const QStringList before = idsOf(model);
    fail();
    load();
    takeError(model.error());
    keep(model.query() == query, u"the query"_s);
    if (m_failure.isGone) {
        keep(model.rowCount() == 0 && !model.hasPage(), u"nothing of what is gone"_s);
    } else if (model.error()) {
        keep(idsOf(model) == before, u"the rows"_s);
        keep(before.isEmpty() || model.isStale(), u"that the rows are older"_s);
        keep(before.isEmpty() || idsOf(model).value(selection.currentIndex().row()) == before[1],
             u"the selection"_s);
    } else {
        keep(!before.isEmpty() && model.rowOf(before[1]) >= 0, u"the row that is selected, by its id"_s);
        keep(model.totalCount() >= model.rowCount(), u"the count"_s);
    }
}

void FailureScene::applications()
{
    ApplicationService service(m_transport);
    ApplicationTreeModel model(service);
    QPersistentModelIndex current;
    const auto load = [&] {
        model.load();
        keep(QTest::qWaitFor([&] { return !model.isLoading(); }, patience), u"the end of loading"_s);
    };
    if (m_failure.network != Failure::Network::NoSuchHost) {
        load();
        current = model.indexOf(u"application 2"_s);
    }
    const QStringList before = idsOf(model);
    fail();
    load();
    takeError(model.error());
    if (model.error()) {
        keep(idsOf(model) == before, u"the applications"_s);
        keep(before.isEmpty() || current.data(ApplicationTreeModel::IdRole) == before.value(1),
             u"the choice"_s);
    } else {
        keep(model.isComplete(), u"the end of the list"_s);
        keep(model.indexOf(u"application 2"_s).isValid(), u"the application that was chosen, by its id"_s);
    }
}

void FailureScene::signIn()
{
    fail();
    Heard<SignedIn> heard;
    const auto call =
        AuthService(m_transport)
            .signIn({.email = email, .password = password, .scopes = AuthService::scopes(false)},
                    heard.listener());
    keep(heard.wait(patience), u"the answer"_s);
    takeError(heard.isSuccess() ? std::nullopt : std::optional(heard.error()));
    keep(heard.count == 1, u"the one answer"_s);
}

/// Once more as a person does it, to see what the form keeps and says. It waits as long as the program does.
void FailureScene::signInByForm()
{
    const int sent = m_server.count("POST");
    SignInForm form;
    form.setProfile({.connection = {.server = m_transport.baseUrl()}}, {});
    form.show();
    keep(QTest::qWaitForWindowActive(&form), u"the window"_s);
    const GuiProbe probe(form);
    const QSignalSpy signedIn(&form, &SignInForm::signedIn);
    probe.line(u"Email"_s)->setFocus();
    probe.type(email);
    auto *passwordEdit = qobject_cast<SecretEdit *>(probe.part(QAccessible::EditableText, u"Password"_s));
    passwordEdit->setFocus();
    probe.type(password);
    form.signIn();
    const auto isFailed = [&] { return probe.has(QAccessible::StaticText, u"Error message"_s); };
    keep(QTest::qWaitFor([&] { return isFailed() || !signedIn.isEmpty(); }, patience),
         u"the end of waiting"_s);
    keep(m_server.count("POST") == 2 * sent, u"the one request for one click"_s);
    keep(signedIn.isEmpty() == (m_seen.outcome != "success"_L1), u"the same outcome"_s);
    if (!isFailed())
        return;
    m_seen.words = probe.label(u"Error message"_s);
    keep(!form.isBusy(), u"the end of being busy"_s);
    keep(probe.line(u"Email"_s)->text() == email, u"the address"_s);
    keep(passwordEdit->text() == password, u"the password"_s);
}

/// From now on nothing goes well.
void FailureScene::fail()
{
    if (m_call != Call::Edit) // which reads first what there is
        breakNetwork();
    if (m_failure.reply) // some take their time to be made
        m_failure.reply({.call = m_call, .request = {}, .elsewhere = {}, .success = success({})});
    m_transport.setStallTimeout(m_failure.stallTimeout);
    QTest::qWait(10); // until the program has seen that a connection is gone
    m_server.forget();
    m_sentBefore = sentByUs();
    m_isFailing = true;
    m_timer.start();
}

void FailureScene::breakNetwork()
{
    switch (m_failure.network) {
    case Failure::Network::Works:
    case Failure::Network::NoSuchHost:
        break;
    case Failure::Network::Refused:
        m_server.close();
        break;
    case Failure::Network::Untrusted:
        m_server.setCertificate(TestCertificate::stranger());
        break;
    }
    if (m_call != Call::Edit && m_failure.network != Failure::Network::Works)
        m_server.closeConnections();
}

QByteArray FailureScene::method() const
{
    switch (m_call) {
    case Call::List:
    case Call::Applications:
        return "GET";
    case Call::Create:
    case Call::SignIn:
        return "POST";
    case Call::Edit:
        return "PATCH";
    case Call::Delete:
        return "DELETE";
    }
    Q_UNREACHABLE();
}

bool FailureScene::isUnderTest(const RecordedRequest &request) const
{
    return m_isFailing && request.method == method();
}

ScriptedReply FailureScene::reply(const RecordedRequest &request)
{
    if (m_isFailing && m_call == Call::Edit && m_failure.network != Failure::Network::Works) {
        breakNetwork(); // for the PATCH, which goes over a new connection
        ScriptedReply last = success(request);
        last.headers.push_back({"Connection", "close"});
        last.way = ScriptedReply::Way::ThenClose;
        return last;
    }
    if (!isUnderTest(request) || !m_failure.reply)
        return success(request);
    m_times.push_back(m_timer.elapsed());
    return m_failure.reply(
        {.call = m_call, .request = request, .elsewhere = m_elsewhere.url(), .success = success(request)});
}

ScriptedReply FailureScene::success(const RecordedRequest &request) const
{
    if (m_call == Call::SignIn)
        return {.body = R"({"userId":"57","token":"eyJ.x.y","new":"described"})"};
    if (m_call == Call::Applications)
        return {.body = page(u"application"_s, 2)};
    if (m_call == Call::List)
        return {.body = page(u"credential"_s, 3)};
    return successOfChange(request);
}

void FailureScene::keep(bool isKept, const QString &what)
{
    if (!isKept)
        m_seen.lost.append(what);
}

void FailureScene::takeError(const std::optional<ApiError> &error)
{
    QTest::qWait(20); // for requests that should not come
    m_seen.outcome = error ? kindName(error->kind) : u"success"_s;
    m_seen.words = error ? errorText(*error) : QString();
    for (std::size_t i = 1; i < m_times.size(); ++i)
        m_seen.pauses.push_back(m_times[i] - m_times[i - 1]);
    m_seen.onTheWire = m_server.count(method());
    m_seen.ours = sentByUs() - m_sentBefore;
}

int FailureScene::sentByUs() const
{
    return int(m_log.lines().filter(u"credenza.api: "_s + QString::fromLatin1(method())).size());
}

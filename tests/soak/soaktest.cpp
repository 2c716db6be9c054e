// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/transport.h"
#include "services/applicationservice.h"
#include "services/credentialchange.h"
#include "services/credentialservice.h"
#include "soak/browser.h"
#include "soak/flakylosant.h"
#include "soak/memory.h"
#include "soak/soakoptions.h"
#include "support/drafts.h"

#include <QCoreApplication>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <random>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = ChangeOutcome::State;

namespace {

constexpr int creationsAtOnce = 8;

/// Somebody who creates credentials, now and then loses patience, and tells whether what the program said of
/// each is so.
class Creator : public QObject
{
public:
    Creator(CredentialService &service, FlakyLosant &server, std::uint32_t seed)
        : m_service(service), m_server(server), m_random(seed)
    {
        for (const CredentialType &type : credentialTypes())
            m_drafts.push_back(draftOfType(type.key));
    }

    void step()
    {
        if (m_creations.size() < creationsAtOnce && random(4) == 0)
            create();
        if (!m_creations.empty() && random(60) == 0)
            m_creations[std::size_t(random(int(m_creations.size())))]->call->cancel();
    }

    bool isIdle() const { return m_creations.empty(); }
    int count() const { return m_count; }
    /// For one create.
    int mostPosts() const { return m_mostPosts; }
    int told(State state) const { return m_told.value(state); }
    int found(State state) const { return m_found.value(state); }
    /// What was said and is not so.
    const QStringList &lies() const { return m_lies; }

private:
    struct Creation
    {
        QString applicationId;
        QString name;
        QString type;
        std::unique_ptr<CredentialChange> call;
        bool wasCheckedAgain = false;
    };

    void create()
    {
        CredentialDraft draft = m_drafts[std::size_t(random(int(m_drafts.size())))];
        draft.set(FieldId::name, u"Soak %1 [a-z]*? ä+&=%2"_s.arg(++m_count).arg(random(1000)));
        const QStringList applications = m_server.applicationIds();
        m_server.expect(draft.value(FieldId::name));
        auto *creation = m_creations
                             .emplace_back(std::make_unique<Creation>(
                                 Creation{applications[random(int(applications.size()))],
                                          draft.value(FieldId::name), draft.type()->key, nullptr}))
                             .get();
        creation->call = CredentialChange::create(
            m_service, creation->applicationId, draft,
            [this, creation](const ChangeOutcome &outcome) { finished(*creation, outcome); });
    }

    void finished(Creation &creation, const ChangeOutcome &outcome)
    {
        if (outcome.state == State::Unknown && !creation.wasCheckedAgain && random(2) == 0) {
            creation.wasCheckedAgain = true;
            creation.call->checkAgain();
            return;
        }
        const FlakyLosant::Fate fate = m_server.settle(creation.applicationId, creation.name);
        m_mostPosts = std::max(m_mostPosts, fate.posts);
        ++m_told[outcome.state];
        m_found[outcome.state] += int(fate.types.size());
        check(creation, outcome, fate);
        std::erase_if(m_creations, [&creation](const auto &one) { return one.get() == &creation; });
    }

    void check(const Creation &creation, const ChangeOutcome &outcome, const FlakyLosant::Fate &fate)
    {
        const auto lie = [&](const QString &what) { m_lies += creation.name + ": "_L1 + what; };
        if (fate.types.size() > 1)
            lie(u"created %1 times"_s.arg(fate.types.size()));
        if (outcome.state == State::Done && fate.types != QStringList{creation.type})
            lie("said to be created, but is: "_L1 + fate.types.join(u' '));
        if (outcome.state == State::Done && outcome.credential.name != creation.name)
            lie("said to be called "_L1 + outcome.credential.name);
        if (outcome.state == State::NotDone && !fate.types.isEmpty())
            lie(u"said not to be created, but is"_s);
    }

    int random(int below) { return int(m_random() % std::uint32_t(below)); }

    CredentialService &m_service;
    FlakyLosant &m_server;
    std::mt19937 m_random;
    std::vector<CredentialDraft> m_drafts;
    std::vector<std::unique_ptr<Creation>> m_creations;
    int m_count = 0;
    int m_mostPosts = 0;
    QMap<State, int> m_told;
    QMap<State, int> m_found;
    QStringList m_lies;
};

} // namespace

/// Somebody browses and creates for a long time on a server that fails one call in five.
class SoakTest : public QObject
{
    Q_OBJECT

public:
    explicit SoakTest(const SoakOptions &options)
        : m_options(options)
        , m_server(options.seed)
        , m_transport(m_server.url())
        , m_credentials(m_transport)
        , m_applications(m_transport)
        , m_browser(m_credentials, m_applications, m_server.applicationIds(), options.seed + 1)
        , m_creator(m_credentials, m_server, options.seed + 2)
    {
        m_transport.setStallTimeout(300ms);
        m_transport.setToken("token");
    }

private Q_SLOTS:
    void initTestCase();
    void theServerFailedInEveryWay();
    void whatIsSaidOfEachCreateIsSo();
    void noPostReachesTheWireTwice();
    void rowsStayWhenAPageFails();
    void everyCallComesToAnEnd();
    void memoryStaysLevel();

private:
    void report() const;

    const SoakOptions m_options;
    FlakyLosant m_server;
    Transport m_transport;
    CredentialService m_credentials;
    ApplicationService m_applications;
    Browser m_browser;
    Creator m_creator;
    Memory m_memory;
};

void SoakTest::initTestCase()
{
    QTimer browse, create, second;
    std::mt19937 pause(m_options.seed + 3);
    connect(&browse, &QTimer::timeout, this, [&] {
        m_browser.step();
        browse.start(std::chrono::milliseconds(pause() % 80));
    });
    connect(&create, &QTimer::timeout, this, [&] { m_creator.step(); });
    connect(&second, &QTimer::timeout, this, [&] {
        m_server.forgetRequests();
        m_memory.sample();
    });
    browse.start(0ms);
    create.start(25ms);
    second.start(1s);
    QTest::qWait(int(std::chrono::milliseconds(m_options.length).count()));

    browse.stop();
    create.stop();
    second.stop();
    const bool isIdle = QTest::qWaitFor([this] { return m_creator.isIdle(); }, 60'000);
    report();
    QVERIFY(isIdle);
}

void SoakTest::report() const
{
    const auto line = [](const char *what, int count) { std::printf("%-28s %8d\n", what, count); };
    std::printf("seed %u, %lld s\n", m_options.seed, static_cast<long long>(m_options.length.count()));
    line("calls", m_server.requests());
    for (auto fault = m_server.faults().cbegin(); fault != m_server.faults().cend(); ++fault)
        line(QByteArray("  " + fault.key()).constData(), fault.value());
    line("pages shown", m_browser.pagesLoaded());
    line("pages failed", m_browser.pagesFailed());
    line("creates", m_creator.count());
    line("  POSTs on the wire", m_server.posts());
    line("  said to be created", m_creator.told(State::Done));
    line("    found", m_creator.found(State::Done));
    line("  said not to be created", m_creator.told(State::NotDone));
    line("    found", m_creator.found(State::NotDone));
    line("  said to be unknown", m_creator.told(State::Unknown));
    line("    found", m_creator.found(State::Unknown));
    std::printf("resident %.0f kB, %+.1f kB a minute after %d s; heap in use %.0f kB, %+.1f kB a minute\n",
                m_memory.lastResident(), m_memory.residentSlope(), m_memory.warmUp(), m_memory.lastHeap(),
                m_memory.heapSlope());
    std::fflush(stdout);
}

void SoakTest::theServerFailedInEveryWay()
{
    int faults = 0;
    for (const int count : m_server.faults())
        faults += count;
    const double share = double(faults) / m_server.requests();
    QVERIFY2(share > 0.15 && share < 0.25, qPrintable(QString::number(share)));
    if (m_options.length >= 5min) // by chance, a shorter one misses some
        QCOMPARE(m_server.faults().size(), m_server.kindsOfFaults());
}

void SoakTest::whatIsSaidOfEachCreateIsSo()
{
    QVERIFY(m_creator.told(State::Done) > 0);
    QVERIFY(m_creator.told(State::NotDone) > 0);
    QCOMPARE(m_creator.lies().join(u'\n'), QString());
    QCOMPARE(m_creator.found(State::Done), m_creator.told(State::Done));
}

void SoakTest::noPostReachesTheWireTwice()
{
    QCOMPARE(m_creator.mostPosts(), 1);
    QCOMPARE(m_server.strayPosts(), 0);
    QVERIFY(m_server.posts() <= m_creator.count());
}

void SoakTest::rowsStayWhenAPageFails()
{
    QVERIFY(m_browser.pagesLoaded() > 0);
    QVERIFY(m_browser.pagesFailed() > 0);
    QCOMPARE(m_browser.complaints().join(u'\n'), QString());
}

void SoakTest::everyCallComesToAnEnd()
{
    QVERIFY(QTest::qWaitFor([this] { return m_browser.isIdle(); }, 60'000));
    m_server.setFailing(false);
    m_browser.reload();
    QVERIFY(QTest::qWaitFor([this] { return m_browser.isIdle(); }, 20'000));
    QVERIFY(m_browser.isFine());
}

void SoakTest::memoryStaysLevel()
{
    if (!m_memory.isMeaningful())
        QSKIP("Only a longer run without sanitizers tells.");
    // What a leak of 100 bytes in each call would add.
    const double most = 0.1 * m_server.requests() * 60 / double(m_options.length.count());
    QVERIFY2(m_memory.heapSlope() < most, qPrintable(u"%1 kB a minute"_s.arg(m_memory.heapSlope())));
    // Holes in the heap come on top; a page of 10 MB that stayed once in twenty minutes would show.
    QVERIFY2(m_memory.residentSlope() < 512, qPrintable(u"%1 kB a minute"_s.arg(m_memory.residentSlope())));
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    SoakTest test(SoakOptions::read(application));
    return QTest::qExec(&test, {application.arguments().first()});
}

#include "soaktest.moc"

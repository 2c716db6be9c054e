// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/credentialchange.h"

#include "support/creationscene.h"
#include "support/holdsfor.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = ChangeOutcome::State;
using Scene = CreationScene;

namespace {

qint64 jump = 0; ///< of the computer's clock, in seconds

} // namespace

// The C library's, for this process: its clock can be set without that of the computer.
extern "C" int clock_gettime(clockid_t id, timespec *time) noexcept
{
    const long result = syscall(SYS_clock_gettime, id, time);
    if (id == CLOCK_REALTIME)
        time->tv_sec += jump;
    return int(result);
}

extern "C" int gettimeofday(timeval *time, void *) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    *time = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return 0;
}

/// Whether a credential that is found is the created one, as far as dates and ids tell.
class CreationClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { jump = 0; }

    void clocksMayDifferByTenMinutes_data();
    void clocksMayDifferByTenMinutes();
    void anOlderOneIsNotTakenForItWhateverTheDateSays_data();
    void anOlderOneIsNotTakenForItWhateverTheDateSays();
    void aDateThatIsMissingOrUnreadableTellsNothing_data();
    void aDateThatIsMissingOrUnreadableTellsNothing();
    void ofWhatIsFoundOnlyTheSameCanBeIt_data();
    void ofWhatIsFoundOnlyTheSameCanBeIt();
    void ourClockMayJumpMeanwhile_data();
    void ourClockMayJumpMeanwhile();

    void whereTheClockIsKnownToBeOffIdsTell_data();
    void whereTheClockIsKnownToBeOffIdsTell();
    void whereTheClockIsRightNothingIsAskedBefore();
    void aListThatIsNotWholeTellsNoIds();
    void aLookUpBeforeThatFailsStopsNothing();
    void cancellingTheLookUpBeforeSendsNothing();

private:
    /// The transport hears how late it is there.
    static void hearTheTime(Scene &scene)
    {
        bool isHeard = false;
        const PendingCall call =
            scene.service.list({.applicationId = u"575e"_s}, [&](const auto &) { isHeard = true; });
        QTRY_VERIFY(isHeard);
        scene.server.forget();
        scene.lookUpTimes.clear();
    }
};

void CreationClockTest::clocksMayDifferByTenMinutes_data()
{
    QTest::addColumn<qint64>("ahead");
    QTest::addColumn<State>("state");
    QTest::newRow("right") << qint64(0) << State::Done;
    QTest::newRow("nine minutes ahead") << qint64(9 * 60) << State::Done;
    QTest::newRow("nine minutes behind") << qint64(-9 * 60) << State::Done;
    QTest::newRow("eleven minutes ahead") << qint64(11 * 60) << State::Unknown;
    QTest::newRow("eleven minutes behind") << qint64(-11 * 60) << State::Unknown;
    QTest::newRow("a day behind") << qint64(-86'400) << State::Unknown;
}

void CreationClockTest::clocksMayDifferByTenMinutes()
{
    QFETCH(qint64, ahead);
    Scene scene;
    scene.clockAhead = ahead;
    scene.lookUps = {[&] { return scene.page({scene.listed()}); }};
    const ChangeOutcome outcome = scene.outcomeOfOneLookUp();
    QTEST(outcome.state, "state");
    QCOMPARE(outcome.hasNamesake, outcome.state == State::Unknown);
    QCOMPARE(scene.server.count("POST"), 1);
}

void CreationClockTest::anOlderOneIsNotTakenForItWhateverTheDateSays_data()
{
    QTest::addColumn<qint64>("dateAhead");
    QTest::addColumn<qint64>("secondsAgo");
    QTest::addColumn<bool>("isNamesake"); // or plainly an older one
    const qint64 hour = 3600, year = 365 * 24 * hour;
    QTest::newRow("Date right, an hour old") << qint64(0) << hour << false;
    QTest::newRow("Date right, ten seconds old") << qint64(0) << qint64(10) << false;
    QTest::newRow("Date two hours behind, an hour old") << -2 * hour << hour << true;
    QTest::newRow("Date two hours ahead, an hour old") << 2 * hour << hour << true;
    QTest::newRow("Date eleven minutes behind, ten minutes old") << qint64(-660) << qint64(600) << true;
    QTest::newRow("Date of 1996, an hour old") << -30 * year << hour << true;
    QTest::newRow("Date of 2126, an hour old") << 100 * year << hour << true;
    QTest::newRow("Date nine minutes ahead, an hour old") << qint64(540) << hour << false;
    QTest::newRow("Date nine minutes behind, an hour old") << qint64(-540) << hour << false;
}

void CreationClockTest::anOlderOneIsNotTakenForItWhateverTheDateSays()
{
    QFETCH(qint64, dateAhead);
    QFETCH(qint64, secondsAgo);
    Scene scene;
    scene.dateAhead = dateAhead;
    scene.lookUps = {[&] { return scene.page({scene.listed(secondsAgo)}); }};
    const ChangeOutcome outcome = scene.outcomeOfOneLookUp();
    QCOMPARE(outcome.state, State::Unknown);
    QTEST(outcome.hasNamesake, "isNamesake");
    QCOMPARE(scene.server.count("POST"), 1);
}

void CreationClockTest::aDateThatIsMissingOrUnreadableTellsNothing_data()
{
    QTest::addColumn<QByteArray>("date");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("a number") << QByteArray::number(QDateTime::currentSecsSinceEpoch());
    QTest::newRow("ISO") << QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toLatin1();
    QTest::newRow("no day") << QByteArray("Mon, 31 Feb 2026 25:61:00 GMT");
}

void CreationClockTest::aDateThatIsMissingOrUnreadableTellsNothing()
{
    QFETCH(QByteArray, date);
    Scene scene;
    scene.lookUps = {[&] {
        ScriptedReply reply = scene.page({scene.listed()});
        reply.headers.clear();
        if (!date.isNull())
            reply.headers = {{"Date", date}};
        return reply;
    }};
    const ChangeOutcome outcome = scene.outcomeOfOneLookUp();
    QCOMPARE(outcome.state, State::Unknown);
    QVERIFY(outcome.hasNamesake);
}

void CreationClockTest::ofWhatIsFoundOnlyTheSameCanBeIt_data()
{
    using Items = std::function<QJsonArray(const Scene &)>;
    QTest::addColumn<Items>("items");
    QTest::addColumn<State>("state");
    QTest::addColumn<bool>("isNamesake");
    const auto add = [](const char *name, State state, bool isNamesake, Items items) {
        QTest::newRow(name) << std::move(items) << state << isNamesake;
    };
    const QString name = u"S3 archive"_s;
    add("itself", State::Done, false, [](const Scene &s) { return QJsonArray{s.listed()}; });
    add("none", State::Unknown, false, [](const Scene &) { return QJsonArray(); });
    add("another type", State::Unknown, false,
        [=](const Scene &s) { return QJsonArray{s.listed(0, name, u"gcp"_s)}; });
    add("no type", State::Unknown, true, [=](const Scene &s) {
        return QJsonArray{Scene::with(s.listed(), u"type"_s, QJsonValue::Undefined)};
    });
    add("another case", State::Unknown, false,
        [](const Scene &s) { return QJsonArray{s.listed(0, u"s3 archive"_s)}; });
    add("a blank more", State::Unknown, false,
        [=](const Scene &s) { return QJsonArray{s.listed(0, name + u' ')}; });
    add("no date", State::Unknown, true, [](const Scene &s) {
        return QJsonArray{Scene::with(s.listed(), u"creationDate"_s, QJsonValue::Undefined)};
    });
    add("a date that is none", State::Unknown, true,
        [](const Scene &s) { return QJsonArray{Scene::with(s.listed(), u"creationDate"_s, u"today"_s)}; });
    add("a date to come", State::Unknown, true, [](const Scene &s) { return QJsonArray{s.listed(-3600)}; });
    add("a date of the next minute", State::Done, false,
        [](const Scene &s) { return QJsonArray{s.listed(-60)}; });
    add("no id", State::Done, false,
        [](const Scene &s) { return QJsonArray{Scene::with(s.listed(), u"id"_s, QJsonValue::Undefined)}; });
    add("it and an older one", State::Done, false, [](const Scene &s) {
        return QJsonArray{s.listed(), Scene::with(s.listed(3600), u"id"_s, u"6"_s)};
    });
    add("it, listed twice", State::Done, false, [](const Scene &s) {
        return QJsonArray{s.listed(), s.listed()};
    });
    add("two that could be it", State::Unknown, true, [](const Scene &s) {
        return QJsonArray{s.listed(), Scene::with(s.listed(), u"id"_s, u"6"_s)};
    });
    add("it, and one without a date", State::Unknown, true, [](const Scene &s) {
        const QJsonObject other = Scene::with(s.listed(), u"id"_s, u"6"_s);
        return QJsonArray{s.listed(), Scene::with(other, u"creationDate"_s, QJsonValue::Undefined)};
    });
}

void CreationClockTest::ofWhatIsFoundOnlyTheSameCanBeIt()
{
    QFETCH(std::function<QJsonArray(const Scene &)>, items);
    Scene scene;
    scene.lookUps = {[&] { return scene.page(items(scene)); }};
    const ChangeOutcome outcome = scene.outcomeOfOneLookUp();
    QTEST(outcome.state, "state");
    QTEST(outcome.hasNamesake, "isNamesake");
    QCOMPARE(scene.server.count("POST"), 1);
}

void CreationClockTest::ourClockMayJumpMeanwhile_data()
{
    QTest::addColumn<qint64>("wrongBy"); // at first, in seconds
    QTest::addColumn<qint64>("jumpsBy"); // once it was posted
    QTest::addColumn<qint64>("secondsAgo");
    QTest::addColumn<State>("state");
    const qint64 hour = 3600;
    QTest::newRow("nine hours slow, set right; an hour old")
        << -9 * hour << 9 * hour << hour << State::Unknown;
    QTest::newRow("nine hours slow, set right; new") << -9 * hour << 9 * hour << qint64(0) << State::Done;
    QTest::newRow("nine hours fast, set right; new") << 9 * hour << -9 * hour << qint64(0) << State::Done;
    QTest::newRow("nine hours fast, set right; an hour old")
        << 9 * hour << -9 * hour << hour << State::Unknown;
    QTest::newRow("right, five minutes back; new") << qint64(0) << qint64(-300) << qint64(0) << State::Done;
    QTest::newRow("right, five minutes on; four minutes old")
        << qint64(0) << qint64(300) << qint64(240) << State::Unknown;
    QTest::newRow("right, set wrong; an hour old") << qint64(0) << 9 * hour << hour << State::Unknown;
    QTest::newRow("right, set wrong; new") << qint64(0) << -9 * hour << qint64(0) << State::Unknown;
}

void CreationClockTest::ourClockMayJumpMeanwhile()
{
    QFETCH(qint64, wrongBy);
    QFETCH(qint64, secondsAgo);
    jump = wrongBy;
    Scene scene;
    scene.post = {.way = ScriptedReply::Way::CloseBefore};
    scene.clockAhead = -wrongBy; // the server's does not jump
    scene.lookUps = {[&] { return scene.page({scene.listed(secondsAgo)}); }};
    scene.create();
    connect(
        scene.creation.get(), &CredentialChange::answerLost, scene.creation.get(),
        [&] {
            QFETCH(qint64, jumpsBy);
            jump += jumpsBy;
            scene.clockAhead -= jumpsBy;
            scene.creation->cancel(); // all but one look-up
        },
        Qt::QueuedConnection);
    QVERIFY(scene.wait());
    scene.creation->checkAgain();
    QVERIFY(scene.wait(2));
    QTEST(scene.outcomes[1].state, "state");
    QCOMPARE(scene.server.count("POST"), 1);
}

void CreationClockTest::whereTheClockIsKnownToBeOffIdsTell_data()
{
    QTest::addColumn<bool>("wasThere");
    QTest::addColumn<bool>("isCreated");
    QTest::newRow("new") << false << true;
    QTest::newRow("new beside one of the name") << true << true;
    QTest::newRow("only one that was there") << true << false;
    QTest::newRow("none") << false << false;
}

void CreationClockTest::whereTheClockIsKnownToBeOffIdsTell()
{
    QFETCH(bool, wasThere);
    QFETCH(bool, isCreated);
    Scene scene;
    scene.clockAhead = 7200;
    hearTheTime(scene);
    const auto page = [&](bool isThere) {
        QJsonArray items;
        if (isThere)
            items.append(scene.listed(-5)); // its date tells nothing
        if (wasThere)
            items.append(Scene::with(scene.listed(-10), u"id"_s, u"before"_s));
        return scene.page(items);
    };
    scene.lookUps = {[&] { return page(false); }, [&] { return page(isCreated); }};
    const ChangeOutcome outcome = scene.outcomeOfOneLookUp();
    QCOMPARE(outcome.state, isCreated ? State::Done : State::Unknown);
    QCOMPARE(outcome.credential.id, isCreated ? u"575ecf887ae143cd83dc4aa2"_s : QString());
    QVERIFY(!outcome.hasNamesake);
    QCOMPARE(scene.methods().first(2), (QByteArrayList{"GET", "POST"}));
    QCOMPARE(scene.server.count("POST"), 1);
}

void CreationClockTest::whereTheClockIsRightNothingIsAskedBefore()
{
    Scene scene;
    hearTheTime(scene);
    scene.post = {.status = 201, .body = R"({"id":"575e","name":"S3 archive","type":"aws"})"};
    scene.create();
    QVERIFY(scene.wait());
    QCOMPARE(scene.methods(), QByteArrayList{"POST"});
}

void CreationClockTest::aListThatIsNotWholeTellsNoIds()
{
    Scene scene;
    scene.clockAhead = 7200;
    hearTheTime(scene);
    scene.lookUps = {[&] { return scene.page({}, 1); }, [&] { return scene.page({scene.listed()}); }};
    const ChangeOutcome outcome = scene.outcomeOfOneLookUp();
    QCOMPARE(outcome.state, State::Unknown);
    QVERIFY(outcome.hasNamesake);
}

void CreationClockTest::aLookUpBeforeThatFailsStopsNothing()
{
    Scene scene;
    scene.clockAhead = 7200;
    hearTheTime(scene);
    scene.lookUps = {[&] { return ScriptedReply{.status = 403}; }};
    scene.post = {.status = 201, .body = R"({"id":"575e","name":"S3 archive","type":"aws"})"};
    scene.create();
    QVERIFY(scene.wait());
    QCOMPARE(scene.outcomes[0].state, State::Done);
    QCOMPARE(scene.methods(), (QByteArrayList{"GET", "POST"}));
}

void CreationClockTest::cancellingTheLookUpBeforeSendsNothing()
{
    Scene scene;
    scene.clockAhead = 7200;
    hearTheTime(scene);
    scene.transport.setStallTimeout(10s);
    scene.lookUps = {[&] { return ScriptedReply{.way = ScriptedReply::Way::Stall}; }};
    scene.create();
    QTRY_COMPARE(scene.server.count("GET"), 1);
    scene.creation->cancel();
    QVERIFY(scene.wait(1, 500));
    QCOMPARE(scene.outcomes[0].state, State::NotDone);
    QCOMPARE(scene.outcomes[0].error.httpStatus, 0);
    VERIFY_HOLDS_FOR(100ms, scene.server.count("POST") == 0 && scene.lost == 0);
}

QTEST_GUILESS_MAIN(CreationClockTest)
#include "creationclocktest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/pagemessages.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Action = StateMessage::Action;
using Kind = ApiError::Kind;

Q_DECLARE_METATYPE(PageStatus)
Q_DECLARE_METATYPE(StateMessage::Action)

/// What a page of credentials says of rows that are not there, or not as they should be.
class PageMessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStateFollowsFromTheStatus_data();
    void theStateFollowsFromTheStatus();
    void rowsNeedNoState_data();
    void rowsNeedNoState();
    void whereNothingMayBeCreatedThereIsNoButtonForIt();
    void theListSaysWhyItFailed();
    void whatTheBannerSaysIsNotAnnouncedTwice();
    void aWindowThatHasJustOpenedSaysNothing();

    void withoutAnErrorThereIsNoBanner();
    void anApplicationThatIsGoneIsNoMatterForTheBanner();
    void aFailureIsToBeTriedAgain();
    void olderRowsAreSaidToBeOlder();
    void whatWasStoppedIsNotSaidToBeTriedAgain();
    void aRefusedTokenIsSaidOnce();
    void aTokenRefusedForTheListAloneIsSaidToo();
};

namespace {

LoadStatus failed(Kind kind)
{
    return {.error = ApiError{.kind = kind}};
}

/// Ten rows of one of three applications.
PageStatus loaded()
{
    return {.applicationCount = 3,
            .areAllApplicationsThere = true,
            .isApplicationChosen = true,
            .hasPage = true,
            .rowCount = 10,
            .totalCount = 10};
}

PageStatus withoutPage(const LoadStatus &page)
{
    return {
        .applicationCount = 3, .areAllApplicationsThere = true, .isApplicationChosen = true, .page = page};
}

PageStatus withoutApplications(const LoadStatus &applications)
{
    return {.applications = applications};
}

PageStatus empty()
{
    PageStatus status = loaded();
    status.rowCount = 0;
    status.totalCount = 0;
    return status;
}

} // namespace

void PageMessagesTest::theStateFollowsFromTheStatus_data()
{
    QTest::addColumn<PageStatus>("status");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("button");
    QTest::addColumn<Action>("action");

    PageStatus status = empty();
    QTest::newRow("no credential yet") << status << u"No credentials yet"_s << u"keys and passwords"_s
                                       << u"New credential"_s << Action::Create;
    status.isFiltered = true;
    QTest::newRow("none matches") << status << u"No match"_s << u"matches the filter"_s << u"Clear filter"_s
                                  << Action::ClearFilter;
    status.totalCount = 7; // whatever the filter
    QTest::newRow("a page past the end")
        << status << u"Nothing on this page"_s << u"gone"_s << u"Retry"_s << Action::Load;

    QTest::newRow("the page failed") << withoutPage(failed(Kind::Server)) << u"Nothing to show"_s
                                     << u"could not be loaded"_s << QString() << Action::None;
    QTest::newRow("the page is forbidden") << withoutPage(failed(Kind::Forbidden)) << u"No permission"_s
                                           << u"credentials.get"_s << QString() << Action::None;
    QTest::newRow("the page was stopped") << withoutPage({.isStopped = true}) << u"Not loaded"_s
                                          << u"You have stopped it"_s << u"Load"_s << Action::Load;
    QTest::newRow("the token is refused") << withoutPage(failed(Kind::Unauthorized)) << u"Nothing to show"_s
                                          << u""_s << QString() << Action::None;
    QTest::newRow("the application is gone")
        << withoutPage(failed(Kind::NotFound)) << u"Application not found"_s << u"another on the left"_s
        << QString() << Action::None;
    status = withoutPage(failed(Kind::NotFound));
    status.applicationCount = 0;
    QTest::newRow("the only application is gone")
        << status << u"Application not found"_s << u"Check its ID"_s << u"Open by ID"_s << Action::OpenById;
    status.applications.error = ApiError{.kind = Kind::NotFound, .urlIsSuspect = true};
    QTest::newRow("nothing is there at all")
        << status << u"No applications"_s << u"server URL right"_s << u"Retry"_s << Action::LoadApplications;

    QTest::newRow("no application is chosen")
        << PageStatus{.applicationCount = 3} << u"No application chosen"_s << u"on the left"_s << QString()
        << Action::None;
    QTest::newRow("some are there though the list failed")
        << PageStatus{.applications = failed(Kind::Server), .applicationCount = 3}
        << u"No application chosen"_s << u"on the left"_s << QString() << Action::None;
    QTest::newRow("the list loads") << withoutApplications({.isLoading = true}) << u"Loading applications…"_s
                                    << u""_s << QString() << Action::None;
    QTest::newRow("the list was stopped")
        << withoutApplications({.isStopped = true}) << u"Applications not loaded"_s
        << u"You have stopped it"_s << u"Load"_s << Action::LoadApplications;
    QTest::newRow("the list is forbidden")
        << withoutApplications(failed(Kind::Forbidden)) << u"Which application?"_s << u"applications.get"_s
        << u"Open by ID"_s << Action::OpenById;
    QTest::newRow("the list failed") << withoutApplications(failed(Kind::Server)) << u"No applications"_s
                                     << u"failed"_s << u"Retry"_s << Action::LoadApplications;
    QTest::newRow("the list is empty")
        << PageStatus{.areAllApplicationsThere = true} << u"No applications"_s
        << u"none that this token can see"_s << u"Retry"_s << Action::LoadApplications;
}

void PageMessagesTest::theStateFollowsFromTheStatus()
{
    QFETCH(const PageStatus, status);
    QFETCH(const QString, title);
    QFETCH(const QString, words);
    QFETCH(const QString, button);
    QFETCH(const Action, action);

    const auto state = PageMessages(status).state();
    QVERIFY(state);
    QCOMPARE(state->title, title);
    QVERIFY2(state->text.contains(words), qPrintable(state->text));
    QCOMPARE(state->text.isEmpty(), words.isEmpty());
    QCOMPARE(state->button, button);
    QCOMPARE(state->action, action);
    QVERIFY(!state->icon.isEmpty());
}

void PageMessagesTest::rowsNeedNoState_data()
{
    QTest::addColumn<PageStatus>("status");
    QTest::newRow("rows") << loaded();
    for (const Kind kind : {Kind::Offline, Kind::Forbidden, Kind::Unauthorized}) {
        PageStatus status = loaded();
        status.page = failed(kind);
        status.isStale = true;
        QTest::addRow("older rows after failure %d", int(kind)) << status;
    }
    QTest::newRow("the first page loads") << withoutPage({.isLoading = true});
    PageStatus status = withoutPage({.isLoading = true});
    status.applications = failed(Kind::Unauthorized); // this page may tell
    QTest::newRow("the first page loads, the list is refused") << status;
}

void PageMessagesTest::rowsNeedNoState()
{
    QFETCH(const PageStatus, status);
    QVERIFY(!PageMessages(status).state());
}

void PageMessagesTest::whereNothingMayBeCreatedThereIsNoButtonForIt()
{
    PageStatus status = empty();
    status.isReadOnly = true;
    const auto state = PageMessages(status).state();
    QCOMPARE(state.value().title, u"No credentials yet"_s);
    QCOMPARE(state->button, QString());
}

void PageMessagesTest::theListSaysWhyItFailed()
{
    PageStatus status = withoutApplications(failed(Kind::Offline));
    QVERIFY(PageMessages(status).state().value().text.contains(u"keeps trying by itself"_s));
    status.applications.isStopped = true;
    QVERIFY(PageMessages(status).state()->text.contains(u"can't be reached"_s));
    QVERIFY(!PageMessages(status).state()->text.contains(u"keeps trying by itself"_s));
}

void PageMessagesTest::whatTheBannerSaysIsNotAnnouncedTwice()
{
    QVERIFY(!PageMessages(withoutPage(failed(Kind::Server))).state().value().isAnnounced);
    QVERIFY(PageMessages(withoutPage(failed(Kind::NotFound))).state().value().isAnnounced); // has no banner
    QVERIFY(PageMessages(empty()).state().value().isAnnounced);
}

void PageMessagesTest::aWindowThatHasJustOpenedSaysNothing()
{
    QVERIFY(!PageMessages(PageStatus{}).state().value().isAnnounced);
    QVERIFY(PageMessages(withoutApplications(failed(Kind::Server))).state().value().isAnnounced);
}

void PageMessagesTest::withoutAnErrorThereIsNoBanner()
{
    QVERIFY(!PageMessages(loaded()).banner());
    QVERIFY(!PageMessages(empty()).banner());
    QVERIFY(!PageMessages(withoutPage({.isStopped = true})).banner());
    QVERIFY(
        !PageMessages(withoutApplications(failed(Kind::Server))).banner()); // said where the rows would be
}

void PageMessagesTest::anApplicationThatIsGoneIsNoMatterForTheBanner()
{
    QVERIFY(!PageMessages(withoutPage(failed(Kind::NotFound))).banner());
}

void PageMessagesTest::aFailureIsToBeTriedAgain()
{
    const auto banner = PageMessages(withoutPage(failed(Kind::Offline))).banner();
    QCOMPARE(banner.value().action, BannerMessage::Action::Retry);
    QVERIFY(banner->text.contains(u"keeps trying by itself"_s));
    QVERIFY(!banner->text.contains(u"older"_s));
}

void PageMessagesTest::olderRowsAreSaidToBeOlder()
{
    PageStatus status = loaded();
    status.page = failed(Kind::Server);
    status.isStale = true;
    QVERIFY(PageMessages(status).banner().value().text.endsWith(u"The rows below are older."_s));
}

void PageMessagesTest::whatWasStoppedIsNotSaidToBeTriedAgain()
{
    PageStatus status = withoutPage(failed(Kind::Offline));
    status.page.isStopped = true;
    QVERIFY(!PageMessages(status).banner().value().text.contains(u"keeps trying"_s));
}

void PageMessagesTest::aRefusedTokenIsSaidOnce()
{
    PageStatus status = withoutPage(failed(Kind::Unauthorized));
    status.applications = failed(Kind::Unauthorized);
    const auto banner = PageMessages(status).banner();
    QCOMPARE(banner.value().action, BannerMessage::Action::SignIn);
    QVERIFY(banner->text.contains(u"not accepted"_s));
    QVERIFY(PageMessages(status).state().value().text.isEmpty());
}

void PageMessagesTest::aTokenRefusedForTheListAloneIsSaidToo()
{
    PageStatus status = loaded();
    status.applications = failed(Kind::Unauthorized);
    status.isStale = true;
    const auto banner = PageMessages(status).banner();
    QCOMPARE(banner.value().action, BannerMessage::Action::SignIn);
    QVERIFY(!banner->text.contains(u"older"_s)); // which the list says nothing about
    QVERIFY(!PageMessages(status).state());
}

QTEST_GUILESS_MAIN(PageMessagesTest)
#include "pagemessagestest.moc"

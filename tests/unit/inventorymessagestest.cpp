// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory/inventorymessages.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Action = StateMessage::Action;
using Kind = ApiError::Kind;

namespace {

InventoryStatus loaded()
{
    return {
        .hasList = true, .applicationCount = 12, .rowCount = 3412, .expectedCount = 3412, .shownCount = 3412};
}

InventoryStatus failed(Kind kind)
{
    return {.load = {.error = ApiError{.kind = kind}}};
}

QString textOf(const InventoryStatus &status)
{
    return InventoryMessages(status).statusText();
}

} // namespace

/// What the page of all applications says of how much is there, and of what is not.
class InventoryMessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCountIsThatOfAll();
    void nothingIsSaidBeforeAnythingIsKnown();
    void whileItLoadsItSaysHowFarItIs();
    void whatWasStoppedIsSaidToBe();
    void whatTheFilterFindsIsCounted();
    void whatCouldNotBeReadIsCounted();
    void fromFiveMinutesOnItSaysHowOldItIs();
    void rowsNeedNoState();
    void theStateFollowsFromTheStatus();
    void aFailureIsForTheBanner();
};

void InventoryMessagesTest::theCountIsThatOfAll()
{
    QCOMPARE(textOf(loaded()), u"3,412 credential(s) in 12 application(s)"_s);
}

void InventoryMessagesTest::nothingIsSaidBeforeAnythingIsKnown()
{
    QCOMPARE(textOf({}), QString());
    QCOMPARE(textOf({.load = {.isLoading = true}}), QString());
    QCOMPARE(textOf(failed(Kind::Offline)), QString());
}

void InventoryMessagesTest::whileItLoadsItSaysHowFarItIs()
{
    InventoryStatus status = loaded();
    status.load.isLoading = true;
    status.readCount = 1204; // those that were there before stay until they are read again
    status.unreadCount = 2;  // are tried again at the end
    status.age = 10min;
    QCOMPARE(textOf(status), u"1,204 of 3,412 credentials"_s);
    status.isThrottled = true;
    QCOMPARE(textOf(status), u"1,204 of 3,412 credentials · the server asks to wait"_s);
}

void InventoryMessagesTest::whatWasStoppedIsSaidToBe()
{
    InventoryStatus status = loaded();
    status.load.isStopped = true;
    status.rowCount = 1204;
    QCOMPARE(textOf(status), u"Stopped: 1,204 of 3,412 credentials"_s);
    status.rowCount = 3412; // while it was read again
    QCOMPARE(textOf(status), u"3,412 credential(s) in 12 application(s)"_s);
}

void InventoryMessagesTest::whatTheFilterFindsIsCounted()
{
    InventoryStatus status = loaded();
    status.isFiltered = true;
    status.shownCount = 1021;
    QCOMPARE(textOf(status), u"3,412 credential(s) in 12 application(s) · 1,021 found"_s);
}

void InventoryMessagesTest::whatCouldNotBeReadIsCounted()
{
    InventoryStatus status = loaded();
    status.unreadCount = 1;
    QCOMPARE(textOf(status),
             u"3,412 credential(s) in 11 application(s) · 1 application(s) could not be read"_s);
    status.unreadCount = 2;
    QVERIFY(textOf(status).endsWith(u" · 2 application(s) could not be read"_s));
}

void InventoryMessagesTest::fromFiveMinutesOnItSaysHowOldItIs()
{
    InventoryStatus status = loaded();
    status.age = 5min - 1s;
    QCOMPARE(textOf(status), u"3,412 credential(s) in 12 application(s)"_s);
    status.age = 5min;
    QCOMPARE(textOf(status), u"3,412 credential(s) in 12 application(s) · as of 5 minute(s) ago"_s);
    status.age = 3h;
    QVERIFY(textOf(status).endsWith(u"as of 3 hour(s) ago"_s));
}

void InventoryMessagesTest::rowsNeedNoState()
{
    QVERIFY(!InventoryMessages(loaded()).state());
    QVERIFY(!InventoryMessages({.load = {.isLoading = true}}).state());
    InventoryStatus empty = loaded();
    empty.load.isLoading = true;
    empty.shownCount = 0;
    QVERIFY(!InventoryMessages(empty).state()); // more may come
}

void InventoryMessagesTest::theStateFollowsFromTheStatus()
{
    const auto stateOf = [](const InventoryStatus &status) {
        return InventoryMessages(status).state().value_or(StateMessage());
    };
    InventoryStatus status = loaded();
    status.shownCount = 0;
    QCOMPARE(stateOf(status).button, u"Clear filter"_s);
    QCOMPARE(stateOf(status).action, Action::ClearFilter);
    QCOMPARE(stateOf(status).text, u"No credential matches the filter."_s);
    InventoryStatus incomplete = status;
    incomplete.unreadCount = 1;
    QVERIFY(stateOf(incomplete).text.endsWith(u"some were not."_s));
    incomplete = status;
    incomplete.load.isStopped = true;
    incomplete.rowCount = 1204;
    QVERIFY(stateOf(incomplete).text.endsWith(u"some were not."_s));
    QCOMPARE(stateOf({.hasList = true, .applicationCount = 3}).title, u"No credentials yet"_s);
    QCOMPARE(stateOf({.hasList = true}).title, u"No applications"_s);
    QCOMPARE(stateOf({.hasList = true, .applicationCount = 3, .unreadCount = 3}).button, u"Retry"_s);
    QCOMPARE(stateOf({.load = {.isStopped = true}}).button, u"Load"_s);
    QCOMPARE(stateOf(failed(Kind::Offline)).title, u"Nothing to show"_s);
    QCOMPARE(stateOf(failed(Kind::Forbidden)).icon, u"lock"_s);
    QVERIFY(!stateOf(failed(Kind::Offline)).isAnnounced); // the banner is
}

void InventoryMessagesTest::aFailureIsForTheBanner()
{
    QVERIFY(!InventoryMessages(loaded()).banner());
    const auto banner = InventoryMessages(failed(Kind::Offline)).banner();
    QVERIFY(banner && banner->action == BannerMessage::Action::Retry);
    QVERIFY(banner->text.contains(u"keeps trying"_s));
    QVERIFY(!banner->text.contains(u"older"_s));
    QCOMPARE(InventoryMessages(failed(Kind::Unauthorized)).banner()->action, BannerMessage::Action::SignIn);
    InventoryStatus older = loaded();
    older.load.error = ApiError{.kind = Kind::Server, .httpStatus = 500};
    QVERIFY(InventoryMessages(older).banner()->text.endsWith(u"The rows below are older."_s));
    QVERIFY(!InventoryMessages(older).state());
}

QTEST_MAIN(InventoryMessagesTest)
#include "inventorymessagestest.moc"

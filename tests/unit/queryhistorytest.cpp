// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/queryhistory.h"

#include <QTest>

using namespace Qt::StringLiterals;
using FilterField = PageQuery::FilterField;

/// Going back and forward through what was looked at.
class QueryHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyOneGoesNowhere();
    void backAndForwardReturnToWhatWasLookedAt();
    void aNewQueryForgetsWhatWasAhead();
    void theSameQueryAgainIsNoStep();
    void typingAFilterIsOneStep();
    void anotherFilterAfterSomethingElseIsAnotherStep();
    void itForgetsTheOldestInTheEnd();
    void aQueryThatTurnedOutOtherwiseIsReplaced();
    void aQueryThatTurnedOutLikeItsNeighbourIsNoStep();
    void whatWasNotReachedIsRolledBack();
    void goingBackIsRolledBackToo();
};

namespace {

PageQuery page(int number)
{
    return PageQuery{.applicationId = u"1"_s}.onPage(number);
}

} // namespace

void QueryHistoryTest::anEmptyOneGoesNowhere()
{
    const QueryHistory history;
    QVERIFY(!history.canGoBack());
    QVERIFY(!history.canGoForward());
}

void QueryHistoryTest::backAndForwardReturnToWhatWasLookedAt()
{
    QueryHistory history;
    for (int number = 0; number < 4; ++number)
        history.push(page(number));
    QVERIFY(!history.canGoForward());
    QCOMPARE(history.back(), page(2));
    QCOMPARE(history.back(), page(1));
    QCOMPARE(history.back(), page(0));
    QVERIFY(!history.canGoBack());
    QCOMPARE(history.forward(), page(1));
    QVERIFY(history.canGoBack() && history.canGoForward());
}

void QueryHistoryTest::aNewQueryForgetsWhatWasAhead()
{
    QueryHistory history;
    for (int number = 0; number < 4; ++number)
        history.push(page(number));
    history.back();
    history.back();
    history.push(page(9));
    QVERIFY(!history.canGoForward());
    QCOMPARE(history.back(), page(1));
    QCOMPARE(history.forward(), page(9));
}

void QueryHistoryTest::theSameQueryAgainIsNoStep()
{
    QueryHistory history;
    history.push(page(0));
    history.push(page(0));
    QVERIFY(!history.canGoBack());
    history.push(page(1));
    history.back();
    history.push(page(0)); // what going back sets
    QVERIFY(history.canGoForward());
}

void QueryHistoryTest::typingAFilterIsOneStep()
{
    QueryHistory history;
    history.push(page(3));
    for (const QString &filter : {u"*a*"_s, u"*aw*"_s, u"*aws*"_s})
        history.push(page(0).withFilter(FilterField::Name, filter));
    history.push(page(0).withFilter(FilterField::Name, u"*aws*"_s).onPage(1));
    QCOMPARE(history.back().filter, u"*aws*"_s);
    QCOMPARE(history.back(), page(3));
    QVERIFY(!history.canGoBack());
}

void QueryHistoryTest::anotherFilterAfterSomethingElseIsAnotherStep()
{
    QueryHistory history;
    const PageQuery aws = page(0).withFilter(FilterField::Name, u"*aws*"_s);
    history.push(page(0));
    history.push(aws);
    history.push(aws.onPage(1));
    history.push(page(0).withFilter(FilterField::Name, u"*gcp*"_s));
    QCOMPARE(history.back(), aws.onPage(1));
    QCOMPARE(history.back(), aws);
    QCOMPARE(history.back(), page(0));
}

void QueryHistoryTest::itForgetsTheOldestInTheEnd()
{
    QueryHistory history;
    for (int number = 0; number < 1000; ++number)
        history.push(page(number));
    int steps = 0;
    for (; history.canGoBack(); ++steps)
        QCOMPARE(history.back().page, 998 - steps);
    QVERIFY(steps >= 100 && steps < 999);
}

void QueryHistoryTest::aQueryThatTurnedOutOtherwiseIsReplaced()
{
    QueryHistory history;
    for (int number = 0; number < 3; ++number)
        history.push(page(number));
    history.back();
    history.settle(page(7));
    QCOMPARE(history.forward(), page(2));
    QCOMPARE(history.back(), page(7));
    QCOMPARE(history.back(), page(0));
    QVERIFY(!history.canGoBack());
}

void QueryHistoryTest::aQueryThatTurnedOutLikeItsNeighbourIsNoStep()
{
    QueryHistory history;
    for (int number = 0; number < 4; ++number)
        history.push(page(number));
    history.settle(page(2));
    QVERIFY(!history.canGoForward());
    QCOMPARE(history.back(), page(1));

    history.settle(page(2));
    QVERIFY(!history.canGoForward());
    QCOMPARE(history.back(), page(0));
    QVERIFY(!history.canGoBack());
}

void QueryHistoryTest::whatWasNotReachedIsRolledBack()
{
    QueryHistory history;
    history.push(page(0));
    history.push(page(5));
    history.commit(page(4)); // it turned out to be the last
    history.push(page(1));
    history.push(page(2));
    history.rollBack();
    QVERIFY(!history.canGoForward());
    QCOMPARE(history.back(), page(0));
    QCOMPARE(history.forward(), page(4));
}

void QueryHistoryTest::goingBackIsRolledBackToo()
{
    QueryHistory history;
    for (int number = 0; number < 3; ++number) {
        history.push(page(number));
        history.commit(page(number));
    }
    history.back();
    history.back();
    history.rollBack();
    QVERIFY(!history.canGoForward());
    QCOMPARE(history.back(), page(1));
    QCOMPARE(history.forward(), page(2));
}

QTEST_GUILESS_MAIN(QueryHistoryTest)
#include "queryhistorytest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pagequery.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using SortField = PageQuery::SortField;
using FilterField = PageQuery::FilterField;

class PageQueryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewQueryAsksForTheNewestHundredUnfiltered();
    void aFirstSortByATextAscendsAndByADateDescends_data();
    void aFirstSortByATextAscendsAndByADateDescends();
    void theSameFieldAgainTurnsTheOrderRound();
    void anotherOrderOrFilterGoesBackToTheFirstPage();
    void anotherApplicationKeepsOrderAndPageSizeAndDropsTheFilter();
    void anotherPageSizeKeepsTheVisibleRowOnThePage();
    void pagesAreCountedUpToTheLastRow_data();
    void pagesAreCountedUpToTheLastRow();
    void aPageBeforeTheFirstIsTheFirst();
    void newestFirstFindsWhatWasJustCreated();
    void aTypedTextBecomesAGlob_data();
    void aTypedTextBecomesAGlob();
    void theTextOfAGlobMakesTheSameGlobAgain();
    void aTextSurvivesItsGlob();
};

void PageQueryTest::aNewQueryAsksForTheNewestHundredUnfiltered()
{
    const PageQuery query;
    QCOMPARE(query.sortField, SortField::CreationDate);
    QCOMPARE(query.sortOrder, Qt::DescendingOrder);
    QCOMPARE(query.page, 0);
    QCOMPARE(query.perPage, 100);
    QVERIFY(!query.isFiltered());
    QVERIFY(query.applicationId.isEmpty());
}

void PageQueryTest::aFirstSortByATextAscendsAndByADateDescends_data()
{
    QTest::addColumn<SortField>("field");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::newRow("name") << SortField::Name << Qt::AscendingOrder;
    QTest::newRow("type") << SortField::Type << Qt::AscendingOrder;
    QTest::newRow("last updated") << SortField::LastUpdated << Qt::DescendingOrder;
}

void PageQueryTest::aFirstSortByATextAscendsAndByADateDescends()
{
    QFETCH(SortField, field);
    QTEST(PageQuery().sortedBy(field).sortOrder, "order");
    QCOMPARE(PageQuery().sortedBy(field).sortField, field);
}

void PageQueryTest::theSameFieldAgainTurnsTheOrderRound()
{
    const PageQuery once = PageQuery().sortedBy(SortField::Name);
    QCOMPARE(once.sortedBy(SortField::Name).sortOrder, Qt::DescendingOrder);
    QCOMPARE(once.sortedBy(SortField::Name).sortedBy(SortField::Name), once);
    QCOMPARE(PageQuery().sortedBy(SortField::CreationDate).sortOrder, Qt::AscendingOrder);
}

void PageQueryTest::anotherOrderOrFilterGoesBackToTheFirstPage()
{
    const PageQuery query = PageQuery().onPage(7);
    QCOMPARE(query.page, 7);
    QCOMPARE(query.sortedBy(SortField::Name).page, 0);
    QCOMPARE(query.sortedBy(SortField::CreationDate).page, 0);
    QCOMPARE(query.withFilter(FilterField::Name, u"aws*"_s).page, 0);
    QCOMPARE(query.withFilter(FilterField::Name, u"aws*"_s).onPage(3).withoutFilter().page, 0);
}

void PageQueryTest::anotherApplicationKeepsOrderAndPageSizeAndDropsTheFilter()
{
    PageQuery query{.applicationId = u"one"_s};
    query =
        query.sortedBy(SortField::Type).withPageSize(25, 0).withFilter(FilterField::Type, u"aws"_s).onPage(4);
    const PageQuery other = query.forApplication(u"two"_s);
    QCOMPARE(other.applicationId, u"two"_s);
    QCOMPARE(other.sortField, SortField::Type);
    QCOMPARE(other.sortOrder, Qt::AscendingOrder);
    QCOMPARE(other.perPage, 25);
    QCOMPARE(other.page, 0);
    QVERIFY(!other.isFiltered());
    QVERIFY(other != query);
}

void PageQueryTest::anotherPageSizeKeepsTheVisibleRowOnThePage()
{
    for (const int from : PageQuery::pageSizes) {
        for (const int to : PageQuery::pageSizes) {
            for (const int page : {0, 1, 7}) {
                for (const int visible : {0, 1, from / 2, from - 1}) {
                    const PageQuery query{.page = page, .perPage = from};
                    const PageQuery resized = query.withPageSize(to, visible);
                    const int row = page * from + visible;
                    QCOMPARE(resized.perPage, to);
                    QVERIFY(resized.firstRow() <= row && row < resized.firstRow() + to);
                }
            }
        }
    }
    QCOMPARE(PageQuery().withPageSize(25, -1).page, 0);
}

void PageQueryTest::pagesAreCountedUpToTheLastRow_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("pages");
    QTest::newRow("none") << 0 << 1;
    QTest::newRow("one row") << 1 << 1;
    QTest::newRow("a full page") << 100 << 1;
    QTest::newRow("one more") << 101 << 2;
    QTest::newRow("2,500") << 2500 << 25;
    QTest::newRow("a count that lies") << std::numeric_limits<int>::max() << 21474837;
}

void PageQueryTest::pagesAreCountedUpToTheLastRow()
{
    QFETCH(int, rows);
    QTEST(PageQuery().pageCount(rows), "pages");
}

void PageQueryTest::aPageBeforeTheFirstIsTheFirst()
{
    QCOMPARE(PageQuery().onPage(-1).page, 0);
}

void PageQueryTest::newestFirstFindsWhatWasJustCreated()
{
    const PageQuery query = PageQuery{.applicationId = u"one"_s}
                                .withFilter(FilterField::Type, u"aws"_s)
                                .sortedBy(SortField::Name)
                                .onPage(4)
                                .newestFirst();
    QCOMPARE(query, PageQuery{.applicationId = u"one"_s}.withFilter(FilterField::Type, {}));
    QCOMPARE(PageQuery().newestFirst().sortOrder, Qt::DescendingOrder);
}

void PageQueryTest::aTypedTextBecomesAGlob_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("glob");
    QTest::newRow("nothing") << u""_s << u""_s;
    QTest::newRow("blanks are no filter") << u" \t "_s << u""_s;
    QTest::newRow("a text means contains") << u"aws"_s << u"*aws*"_s;
    QTest::newRow("a star is as typed") << u"aws*"_s << u"aws*"_s;
    QTest::newRow("a question mark is one") << u"aws-?"_s << u"*aws-?*"_s;
    QTest::newRow("a question mark alone") << u"?"_s << u"*?*"_s;
    QTest::newRow("a question mark in a pattern") << u"aws-?*"_s << u"aws-?*"_s;
    QTest::newRow("a star alone") << u"*"_s << u"*"_s;
    QTest::newRow("blanks within") << u"S3 archive"_s << u"*S3 archive*"_s;
    QTest::newRow("a blank behind") << u"aws "_s << u"*aws*"_s;
    QTest::newRow("blanks before") << u"  aws"_s << u"*aws*"_s;
    QTest::newRow("a line break behind") << u"aws\n"_s << u"*aws*"_s;
    QTest::newRow("a line break of Windows before") << u"\r\naws"_s << u"*aws*"_s;
    QTest::newRow("a tab behind") << u"aws\t"_s << u"*aws*"_s;
    QTest::newRow("a no-break space behind") << u"aws\u00a0"_s << u"*aws*"_s;
    QTest::newRow("a byte order mark before") << u"\ufeffaws"_s << u"*aws*"_s;
    QTest::newRow("a zero width space behind") << u"aws\u200b"_s << u"*aws*"_s;
    QTest::newRow("a blank behind a pattern") << u"aws* "_s << u"aws*"_s;
    QTest::newRow("a line break before a pattern") << u"\n*aws"_s << u"*aws"_s;
    QTest::newRow("a line break within") << u"S3\narchive"_s << u"*S3 archive*"_s;
    QTest::newRow("a line break of Windows within") << u"S3\r\narchive"_s << u"*S3 archive*"_s;
    QTest::newRow("a blank and a line break within") << u"S3 \narchive"_s << u"*S3 archive*"_s;
    QTest::newRow("a tab within") << u"S3\tarchive"_s << u"*S3 archive*"_s;
    QTest::newRow("a line separator within") << u"S3\u2028archive"_s << u"*S3 archive*"_s;
    QTest::newRow("a pattern in lines") << u"S3\n*"_s << u"S3 *"_s;
    QTest::newRow("what can't be seen alone") << u"\u200b\ufeff"_s << u""_s;
    QTest::newRow("other scripts") << u"仓库"_s << u"*仓库*"_s;
}

void PageQueryTest::aTypedTextBecomesAGlob()
{
    QFETCH(QString, text);
    QTEST(PageQuery::globFor(text), "glob");
}

void PageQueryTest::theTextOfAGlobMakesTheSameGlobAgain()
{
    const quint32 seed = 20240613;
    QRandomGenerator random(seed);
    const QString letters = u"ab *?\n\té仓\u00a0\u200b"_s;
    for (int run = 0; run < 20'000; ++run) {
        QString text;
        for (int length = random.bounded(7); length > 0; --length)
            text += letters[random.bounded(int(letters.size()))];
        const QString glob = PageQuery::globFor(text);
        const QString again = PageQuery::globFor(PageQuery::textFor(glob));
        if (again != glob)
            QFAIL(qPrintable(u"seed %1: “%2” → “%3” → “%4”"_s.arg(seed).arg(text, glob, again)));
    }
}

void PageQueryTest::aTextSurvivesItsGlob()
{
    for (const QString &text : {u"aws"_s, u"aws*"_s, u"*aws"_s, u"a?c"_s, u"**"_s, u"a?"_s, u"a  b"_s})
        QCOMPARE(PageQuery::textFor(PageQuery::globFor(text)), text);
    QCOMPARE(PageQuery::textFor(u"*aws*"_s), u"aws"_s);
    QCOMPARE(PageQuery::textFor(u"*a*b*"_s), u"*a*b*"_s);
}

QTEST_GUILESS_MAIN(PageQueryTest)
#include "pagequerytest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "domain/queryhistory.h"
#include "domain/straytext.h"
#include "sandbox/sandboxquery.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <iterator>

// The input is a query string, as a client may send it; and a glob, a line break and a text; and a row of
// gestures in the browser.

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView sortFields[] = {"creationDate"_L1, "name"_L1, "type"_L1, "lastUpdated"_L1};
constexpr QLatin1StringView filterFields[] = {"name"_L1, "type"_L1};
constexpr ListRules rules{.sortFields = sortFields, .filterFields = filterFields, .isDescending = true};

CredentialTable &someCredentials()
{
    static CredentialTable table = [] {
        std::vector<SandboxCredential> credentials;
        for (const char16_t *name : {u"aws prod", u"AWS Test", u"a", u"", u"*", u"?", u"ÄÖÜ straße", u"𝒜🔑"}) {
            SandboxCredential &credential = credentials.emplace_back();
            credential.id = QByteArray::number(credentials.size());
            credential.name = QString::fromUtf16(name);
            credential.foldedName = credential.name.toCaseFolded();
            credential.type = &credentialTypes()[credentials.size() % credentialTypes().size()];
            credential.creationDate = qint64(credentials.size() % 3);
        }
        return CredentialTable(std::move(credentials));
    }();
    return table;
}

std::u32string codePointsOf(QStringView text)
{
    std::u32string points;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        points += isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        i += isPair;
    }
    return points;
}

/// The glob as it is described, table by table and slowly.
bool matchesByTheBook(QStringView glob, QStringView text)
{
    const std::u32string pattern = codePointsOf(glob), points = codePointsOf(text);
    std::vector<bool> before(points.size() + 1);
    before[0] = true; // nothing matches nothing
    for (const char32_t wanted : pattern) {
        std::vector<bool> now(points.size() + 1);
        now[0] = wanted == U'*' && before[0];
        for (std::size_t i = 1; i <= points.size(); ++i)
            now[i] = wanted == U'*' ? before[i] || now[i - 1] : before[i - 1] && wanted == points[i - 1];
        before = std::move(now);
    }
    return before.back();
}

void checkList(const QByteArray &bytes)
{
    const auto parameters = queryParameters(bytes);
    if (!parameters)
        return;
    QByteArray again;
    for (auto it = parameters->begin(); it != parameters->end(); ++it)
        again += (again.isEmpty() ? "" : "&") + QUrl::toPercentEncoding(it.key()) + '=' +
                 QUrl::toPercentEncoding(it.value());
    must(queryParameters(again) == parameters, "parameters are what was encoded");

    const ListQuery list = listQuery(*parameters, rules);
    for (const BodyProblem &problem : list.problems)
        must(!problem.field.isEmpty() && !problem.message.isEmpty(), "a problem says something");
    if (!list.problems.empty())
        return;
    must(list.page.perPage >= 1 && list.page.perPage <= 1000 && list.page.page >= 0, "bounds of a page");
    must(std::ranges::find(sortFields, list.page.sortField) != std::end(sortFields), "a field to sort by");

    const CredentialTable::Page page = someCredentials().page(list.page);
    must(page.total <= someCredentials().size() && qsizetype(page.rows.size()) <= page.total, "total");
    must(qsizetype(page.rows.size()) <= list.page.perPage, "no page is longer than was asked for");
    const bool isFiltered = !list.page.filter.isEmpty() && list.page.filterField == "name"_L1;
    for (const SandboxCredential *row : page.rows)
        must(!isFiltered || matchesByTheBook(list.page.filter.toCaseFolded(), row->foldedName),
             "a row is what was filtered for");
    must(listAnswer(list.page, qsizetype(page.rows.size()), page.total)["page"_L1].toInteger() ==
             list.page.page,
         "an answer says which page it is");
}

void checkGlob(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    const QString glob = QString::fromUtf8(bytes.left(end));
    const QString text = end < 0 ? QString() : QString::fromUtf8(bytes.mid(end + 1));
    must(globMatches(glob, text) == matchesByTheBook(glob, text), "a glob matches what it says");

    const QString typed = PageQuery::globFor(text);
    must(PageQuery::globFor(PageQuery::textFor(typed)) == typed, "a filter is what its text makes");
    const QString line = StrayText::inOneLine(text);
    must(typed.isEmpty() == StrayText::isBlank(text), "only a blank text is no filter");
    must(typed.isEmpty() || globMatches(typed, line), "a text is found by itself");
    must(typed.isEmpty() || typed == line || globMatches(typed, QString(glob + line + glob)),
         "and within another");
    (void)PageQuery::globFor(PageQuery::textFor(glob));
}

void checkInvariants(const PageQuery &query)
{
    must(query.page >= 0 && query.firstRow() >= 0, "a page is no less than the first");
    must(std::ranges::find(PageQuery::pageSizes, query.perPage) != std::end(PageQuery::pageSizes),
         "a page has one of the sizes that are offered");
}

/// Each byte is a gesture of somebody who browses a list as long as any server says.
void checkGestures(const QByteArray &bytes)
{
    QueryHistory history;
    PageQuery query{.applicationId = u"1"_s};
    history.push(query);
    for (qsizetype i = 0; i + 1 < bytes.size(); i += 2) {
        const int choice = uchar(bytes[i + 1]);
        const PageQuery before = query;
        switch (uchar(bytes[i]) % 8) {
        case 0:
            query = query.forApplication(QString::number(choice));
            must(query.page == 0 && !query.isFiltered(), "another application begins anew");
            break;
        case 1:
            query = query.sortedBy(PageQuery::SortField(choice % 4));
            must(query.page == 0, "another order begins anew");
            break;
        case 2: {
            const int total = choice << (choice % 23);
            const int last = query.pageCount(total) - 1;
            must(qint64(last + 1) * query.perPage >= total && qint64(last) * query.perPage <= total,
                 "as many pages as rows need");
            query = query.onPage(choice % 2 ? last : last / 2);
            break;
        }
        case 3: {
            const int row = query.firstRow() + choice % query.perPage;
            query = query.withPageSize(PageQuery::pageSizes[choice % std::size(PageQuery::pageSizes)],
                                       row - query.firstRow());
            must(query.firstRow() <= row && row - query.firstRow() < query.perPage, "the row stays in sight");
            break;
        }
        case 4:
            query = query.withFilter(PageQuery::FilterField(choice % 2), QString(QChar(choice)));
            break;
        case 5:
            query = query.newestFirst();
            break;
        case 6:
            query = history.canGoBack() ? history.back() : query;
            break;
        case 7:
            query = history.canGoForward() ? history.forward() : query;
            break;
        }
        checkInvariants(query);
        if (uchar(bytes[i]) % 8 < 6) {
            history.push(query);
            must(query == before || !history.canGoForward(), "nothing lies ahead of a new step");
        }
        if (history.canGoBack()) {
            history.back();
            must(history.canGoForward() && history.forward() == query, "back and forward is where one was");
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = bytesOf(data, size);
    checkList(bytes);
    checkGlob(bytes);
    checkGestures(bytes);
    return 0;
}

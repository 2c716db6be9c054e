// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inventoryfilter.h"

#include "models/bytesearch.h"
#include "models/filterwords.h"
#include "services/inventoryrow.h"

#include <QByteArrayView>
#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

using Field = InventoryFilter::Term::Field;

constexpr qint64 day = 86'400'000;
constexpr qint64 ever = std::numeric_limits<qint64>::max();
constexpr char lineFeed = '\n';

/// By FilterKey.
constexpr std::array fields = {Field::Type,   Field::Application, Field::Owner,   Field::Name,   Field::Key,
                               Field::Status, Field::Created,     Field::Updated, Field::Expires};
static_assert(fields.size() == filterKeys.size());

/// `from` and `until` of a year, a month or a day; whether it is one.
bool readPeriod(QStringView text, InventoryFilter::Term &term)
{
    static const QRegularExpression form(uR"(^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$)"_s);
    const QRegularExpressionMatch match = form.match(text.toString());
    if (!match.hasMatch())
        return false;
    const bool hasMonth = match.hasCaptured(2);
    const bool hasDay = match.hasCaptured(3);
    const QDate first(match.capturedView(1).toInt(), hasMonth ? match.capturedView(2).toInt() : 1,
                      hasDay ? match.capturedView(3).toInt() : 1);
    if (!first.isValid())
        return false;
    const QDate next = hasDay ? first.addDays(1) : hasMonth ? first.addMonths(1) : first.addYears(1);
    term.from = first.startOfDay().toMSecsSinceEpoch();
    term.until = next.startOfDay().toMSecsSinceEpoch();
    return true;
}

/// Of an age such as `30d`, in milliseconds; 0 of another letter.
qint64 unitOf(QChar letter)
{
    switch (letter.toLower().unicode()) {
    case u'd':
        return day;
    case u'w':
        return 7 * day;
    case u'm':
        return 30 * day;
    case u'y':
        return 365 * day;
    default:
        return 0;
    }
}

bool isNumber(QStringView text)
{
    return !text.isEmpty() && text.size() <= 5 &&
           std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

// What is wrong with a word, if something is.

/// What means something in other programs, but stands for itself here.
QString wordMistake(const FilterWord &word)
{
    if (word.isQuoted)
        return {};
    if (word.value == u"-")
        return InventoryFilter::tr("Write what is to be excluded right behind the “-”.");
    if (word.value == u"<" || word.value == u">" || word.value == u":")
        return InventoryFilter::tr("Write conditions without blanks, such as %1.").arg("expires<30d"_L1);
    if (word.value.contains(u'*'))
        return InventoryFilter::tr(
            "There are no wildcards: words are found wherever they stand. To look for the asterisk itself, "
            "put it in quotation marks.");
    return {};
}

QString keyMistake(const FilterWord &word)
{
    if (word.key == FilterKey::None) {
        QStringList keys;
        for (const QLatin1StringView key : filterKeys)
            keys.append(key + u':');
        return InventoryFilter::tr(
                   "There is no “%1”, only %2. To look for the text itself, put it in quotation marks.")
            .arg(word.keyText + u':', keys.join(u", "_s));
    }
    if (word.mark != u':' && !isDate(word.key))
        return InventoryFilter::tr("Only dates can be compared. Write “%1”.").arg(word.keyText + u':');
    if (word.value.trimmed().isEmpty() && word.isClosed)
        return InventoryFilter::tr("Say behind “%1” what to look for.").arg(word.keyText + word.mark);
    return {};
}

QString readStatus(const FilterWord &word, InventoryFilter::Term &term)
{
    for (const QLatin1StringView status : {"enabled"_L1, "disabled"_L1}) {
        if (status.startsWith(word.value, Qt::CaseInsensitive)) {
            term.text = QByteArray(status.data(), status.size());
            return {};
        }
    }
    return InventoryFilter::tr("A status is enabled or disabled.");
}

QString readDate(const FilterWord &word, InventoryFilter::Term &term)
{
    if (readPeriod(word.value, term))
        return {};
    return InventoryFilter::tr(
               "A date is a year, a month or a day: 2024, 2024-05 or 2024-05-17. An age needs < or >: %1.")
        .arg(word.keyText + "<30d"_L1);
}

QString readAge(const FilterWord &word, qint64 now, InventoryFilter::Term &term)
{
    if (InventoryFilter::Term period; word.value.size() >= 4 && readPeriod(word.value, period))
        return InventoryFilter::tr("A date needs a colon: %1. < and > compare an age: %2.")
            .arg(word.keyText + u':' + word.value, word.keyText + word.mark + "30d"_L1);
    if (isNumber(word.value))
        return InventoryFilter::tr(
                   "An age needs its unit: %1d for days, %1w for weeks, %1m for months, %1y for years.")
            .arg(word.value);
    const qint64 unit = unitOf(word.value.back());
    if (unit == 0 || !isNumber(word.value.chopped(1)))
        return InventoryFilter::tr(
                   "An age is a number with its unit: 30d, 2w, 6m or 1y. A date needs a colon: %1.")
            .arg(word.keyText + ":2024-05"_L1);
    const qint64 age = word.value.chopped(1).toLongLong() * unit;
    // What expires is ahead, what was created or updated behind.
    const bool isAhead = term.field == Field::Expires;
    const qint64 limit = isAhead ? now + age + 1 : now - age;
    const bool isBefore = isAhead == (word.mark == u'<');
    term.from = isBefore ? -ever : limit;
    term.until = isBefore ? limit : ever;
    return {};
}

/// Both ends of a key that is shortened in the middle, as two lines; else all of it.
QByteArray foldedKey(QStringView text)
{
    for (const QStringView ellipsis : {QStringView(u"…"), QStringView(u"...")}) {
        if (const qsizetype at = text.indexOf(ellipsis); at >= 0)
            return foldedText(text.first(at)) + lineFeed + foldedText(text.sliced(at + ellipsis.size()));
    }
    return foldedText(text);
}

QString readValue(const FilterWord &word, qint64 now, InventoryFilter::Term &term)
{
    if (isDate(word.key))
        return word.mark == u':' ? readDate(word, term) : readAge(word, now, term);
    if (word.key == FilterKey::Status)
        return readStatus(word, term);
    term.text = word.key == FilterKey::Key ? foldedKey(word.value) : foldedText(word.value);
    return {};
}

/// Lines `first` to `last` of a text of which each line is ended, without the last line feed.
QByteArrayView lines(QByteArrayView text, int first, int last)
{
    qsizetype begin = 0;
    qsizetype end = -1;
    for (int line = 0; line <= last; ++line) {
        if (line == first)
            begin = end + 1;
        end = text.indexOf(lineFeed, end + 1);
        if (end < 0)
            return line >= first ? text.sliced(begin) : QByteArrayView();
    }
    return text.sliced(begin, end - begin);
}

/// Of an application.
enum Line { NameLine, OwnerLine, IdLine };

bool isKey(QByteArrayView key, QByteArrayView sought)
{
    const qsizetype gap = sought.indexOf(lineFeed);
    if (gap < 0)
        return containsBytes(key, sought);
    const QByteArrayView head = sought.first(gap);
    const QByteArrayView tail = sought.sliced(gap + 1);
    return key.size() >= head.size() + tail.size() && key.startsWith(head) && key.endsWith(tail);
}

bool isWithin(const InventoryFilter::Term &term, qint64 date)
{
    return date != InventoryRow::noDate && date >= term.from && date < term.until;
}

/// Of a term that is about an application alone, or may be found there as well.
bool holdsOf(const InventoryFilter::Term &term, QByteArrayView application)
{
    switch (term.field) {
    case Field::Any:
        return containsBytes(lines(application, NameLine, OwnerLine), term.text);
    case Field::Application:
        return containsBytes(lines(application, NameLine, NameLine), term.text) ||
               lines(application, IdLine, IdLine) == term.text;
    case Field::Owner:
        return containsBytes(lines(application, OwnerLine, OwnerLine), term.text);
    default:
        return false;
    }
}

bool holdsOf(const InventoryFilter::Term &term, const InventoryRow &row)
{
    switch (term.field) {
    case Field::Any:
        return containsBytes(row.searched(), term.text);
    case Field::Name:
        return containsBytes(row.foldedName(), term.text);
    case Field::Type:
        return containsBytes(row.foldedType(), term.text);
    case Field::Key:
        return isKey(row.foldedKey(), term.text);
    case Field::Status:
        return row.status ==
               (term.text.startsWith('e') ? InventoryRow::Status::Enabled : InventoryRow::Status::Disabled);
    case Field::Created:
        return isWithin(term, row.creationDate);
    case Field::Updated:
        return isWithin(term, row.lastUpdated);
    case Field::Expires:
        return isWithin(term, row.expiryDate);
    case Field::Application:
    case Field::Owner:
        break; // is about no row
    }
    Q_UNREACHABLE();
}

/// All that one finds the other finds, whatever they exclude.
bool findsNoMore(const InventoryFilter::Term &term, const InventoryFilter::Term &other)
{
    switch (term.field) {
    case Field::Any:
    case Field::Name:
    case Field::Owner:
    case Field::Type:
        return term.text.contains(other.text);
    case Field::Key:
        return term.text == other.text || (!term.text.contains(lineFeed) && term.text.contains(other.text));
    case Field::Application: // the ID has to be the same
    case Field::Status:
        return term.text == other.text;
    case Field::Created:
    case Field::Updated:
    case Field::Expires:
        return term.from >= other.from && term.until <= other.until;
    }
    Q_UNREACHABLE();
}

bool narrowsTerm(const InventoryFilter::Term &term, const InventoryFilter::Term &other)
{
    return term.field == other.field && term.isExcluded == other.isExcluded &&
           (term.isExcluded ? findsNoMore(other, term) : findsNoMore(term, other));
}

} // namespace

InventoryFilter InventoryFilter::parse(const QString &text, qint64 now)
{
    InventoryFilter filter;
    for (const FilterWord &word : filterWords(text))
        filter.add(word, now);
    return filter;
}

void InventoryFilter::addMistake(qsizetype position, qsizetype length, const QString &message)
{
    if (!m_mistake)
        m_mistake = {.position = position, .length = length, .message = message};
}

void InventoryFilter::add(const FilterWord &word, qint64 now)
{
    if (!word.isCondition()) {
        if (const QString message = wordMistake(word); !message.isEmpty()) {
            addMistake(word.valueBegin, word.value.size(), message);
            return;
        }
    } else if (const QString message = keyMistake(word); !message.isEmpty()) {
        const qsizetype begin = word.begin + (word.isExcluded ? 1 : 0);
        addMistake(begin, word.valueBegin - (word.isQuoted ? 1 : 0) - begin, message);
        return;
    }
    if (!word.isClosed) {
        addMistake(word.valueBegin - 1, word.end - word.valueBegin + 1,
                   tr("The second quotation mark is missing."));
        return;
    }
    Term term{.isExcluded = word.isExcluded};
    if (word.isCondition())
        term.field = fields[std::size_t(word.key)];
    if (const QString message = readValue(word, now, term); !message.isEmpty())
        addMistake(word.valueBegin, word.value.size(), message);
    else if (isDate(word.key) || !term.text.isEmpty())
        m_terms.push_back(std::move(term));
}

bool InventoryFilter::narrows(const InventoryFilter &other) const
{
    return std::ranges::all_of(other.m_terms, [this](const Term &wider) {
        return std::ranges::any_of(m_terms, [&](const Term &term) { return narrowsTerm(term, wider); });
    });
}

std::optional<InventoryFilter> InventoryFilter::inApplication(const QByteArray &searched) const
{
    InventoryFilter rest;
    for (const Term &term : m_terms) {
        const bool isFound = holdsOf(term, searched);
        const bool isDecided = isFound || term.field == Field::Application || term.field == Field::Owner;
        if (!isDecided)
            rest.m_terms.push_back(term);
        else if (isFound == term.isExcluded)
            return std::nullopt;
    }
    return rest;
}

bool InventoryFilter::matches(const InventoryRow &row) const
{
    return std::ranges::all_of(m_terms,
                               [&](const Term &term) { return holdsOf(term, row) != term.isExcluded; });
}

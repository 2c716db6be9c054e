// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

struct FilterWord;
struct InventoryRow;

/// What a person looks for in all applications: words, all of which must be found, and conditions.
///
/// `"…"` is a phrase, `-word` excludes. Keys are `type`, `app`, `owner`, `name`, `key`, `status`, with a
/// colon; `created`, `updated` and `expires` with a colon and a year, a month or a day (2024, 2024-05,
/// 2024-05-17), or with `<` or `>` and an age (30d, 2w, 6m, 1y): `expires<30d` is what expires within that,
/// or has; `updated>1y` what was last updated longer ago. A `-` before a condition excludes as well. Years
/// and days are those of the local time zone; an age counts days of 24 hours, 30 to a month and 365 to a
/// year.
class InventoryFilter
{
    Q_DECLARE_TR_FUNCTIONS(InventoryFilter)

public:
    /// Why the text can't be understood, and where: in the UI's language, a whole sentence.
    struct Mistake
    {
        qsizetype position = 0; ///< in the text, in UTF-16 code units
        qsizetype length = 0;
        QString message;

        bool operator==(const Mistake &) const = default;
    };

    struct Term
    {
        enum class Field { Any, Name, Application, Owner, Type, Status, Key, Created, Updated, Expires };

        Field field = Field::Any;
        bool isExcluded = false;
        QByteArray
            text; ///< folded; of a type, status or text; of a key that is shortened, its ends as two lines
        qint64 from = 0;  ///< of a date, in milliseconds since 1970; the first that is meant
        qint64 until = 0; ///< the first that is not meant any more

        bool operator==(const Term &) const = default;
    };

    InventoryFilter() = default;
    /// `now` in milliseconds since 1970, UTC: what ages count from. What could not be understood is left out.
    static InventoryFilter parse(const QString &text, qint64 now);

    bool isEmpty() const { return m_terms.empty(); }
    const std::optional<Mistake> &mistake() const { return m_mistake; } ///< the first one
    const std::vector<Term> &terms() const { return m_terms; }
    /// Finds no row that the other does not find: it may look among what the other found.
    bool narrows(const InventoryFilter &other) const;

    /// What is left to be found in the rows of an application; nothing if none of them can match. So what the
    /// application says is looked at once, and not for each of its rows. `searched` is
    /// Inventory::Part::searched.
    std::optional<InventoryFilter> inApplication(const QByteArray &searched) const;
    /// Of a filter that inApplication() returned.
    bool matches(const InventoryRow &row) const;

    /// What may stand in place of the word that the cursor is in, the whole word each: keys, then values of
    /// the key.
    static QStringList completions(const QString &text, qsizetype cursor, const QStringList &applications);
    /// The text with the word that the cursor is in replaced, or with a word more where it is in none.
    static QString completed(const QString &text, qsizetype cursor, const QString &completion);

    bool operator==(const InventoryFilter &) const = default;

private:
    void addMistake(qsizetype position, qsizetype length, const QString &message);
    void add(const FilterWord &word, qint64 now);

    std::vector<Term> m_terms;
    std::optional<Mistake> m_mistake;
};

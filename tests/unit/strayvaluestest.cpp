// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftvalidator.h"

#include "support/drafts.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

/// What does not belong into a value is named, and taken out if one wants it so.
class StrayValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLineBreakAtTheEndOfAFileIsNoBlank();
    void theRemedyOfSurroundingBlanksTrims_data();
    void theRemedyOfSurroundingBlanksTrims();
};

namespace {

void set(CredentialDraft &draft, QLatin1StringView key, const QString &value)
{
    draft.setValue(draft.shownField(key), value);
}

std::vector<DraftProblem> problemsOf(const CredentialDraft &draft, QLatin1StringView key)
{
    return DraftValidator::checkField(draft, draft.shownField(key), {});
}

} // namespace

void StrayValuesTest::theLineBreakAtTheEndOfAFileIsNoBlank()
{
    CredentialDraft draft = draftOfType("certificateKeyPair"_L1);
    const QString pem = u"-----BEGIN X-----\nMIIB\n-----END X-----"_s;
    for (const QString &fine : QStringList{pem, pem + u'\n'}) {
        set(draft, "privateKey"_L1, fine);
        QVERIFY(problemsOf(draft, "privateKey"_L1).empty());
    }
    for (const QString &odd : QStringList{pem + u"\n\n"_s, pem + u' ', u'\n' + pem, pem + u"\n "_s}) {
        set(draft, "privateKey"_L1, odd);
        QCOMPARE(problemsOf(draft, "privateKey"_L1).size(), 1u);
    }
}

void StrayValuesTest::theRemedyOfSurroundingBlanksTrims_data()
{
    QTest::addColumn<QString>("key"); // empty: the name
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("trimmed");
    const auto add = [](const char *name, const char16_t *key, const char16_t *value,
                        const char16_t *trimmed) {
        QTest::newRow(name) << QString::fromUtf16(key) << QString::fromUtf16(value)
                            << QString::fromUtf16(trimmed);
    };
    add("a name", u"", u"  a name\t", u"a name");
    add("a line", u"issuer", u"\u00a0me and you \n", u"me and you");
    add("a file", u"secret", u"\n-----BEGIN X-----\nMIIB\n-----END X----- \n\n",
        u"-----BEGIN X-----\nMIIB\n-----END X-----\n");
    add("a file without a last line break", u"secret", u" -----BEGIN X-----\nMIIB\n-----END X----- ",
        u"-----BEGIN X-----\nMIIB\n-----END X-----");
}

void StrayValuesTest::theRemedyOfSurroundingBlanksTrims()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, trimmed);
    CredentialDraft draft = draftFor(postedFixture(u"jwt-key"_s));
    const QByteArray latin = key.toLatin1();
    const int field = key.isEmpty() ? DraftProblem::nameField : draft.shownField(QLatin1StringView(latin));
    if (key.isEmpty())
        draft.name = value;
    else
        draft.setValue(field, value);
    const auto problems = DraftValidator::checkField(draft, field, {});
    const auto blanks = std::ranges::find(problems, Kind::SurroundingBlanks, &DraftProblem::kind);
    QVERIFY(blanks != problems.end());
    QCOMPARE(blanks->remedy, DraftProblem::Remedy::Trim);
    const auto changes = DraftValidator::remedied(draft, *blanks);
    QCOMPARE(changes.size(), 1u);
    QCOMPARE(changes[0].field, field);
    QCOMPARE(changes[0].value, trimmed);

    if (key.isEmpty())
        draft.name = trimmed;
    else
        draft.setValue(field, trimmed);
    QVERIFY(DraftValidator::remedied(draft, *blanks).empty());
}

QTEST_GUILESS_MAIN(StrayValuesTest)
#include "strayvaluestest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftvalidator.h"

#include "api/losantjson.h"
#include "support/beyondschema.h"
#include "support/drafts.h"
#include "support/schemacheck.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using Kind = DraftProblem::Kind;
using Severity = DraftProblem::Severity;

/// What the validator passes the API's schema passes, and what it blocks the schema refuses.
class DraftValidatorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCompleteDraftHasNoProblem();
    void aDraftWithoutATypeOrNameMissesThem();
    void anEmptyDraftMissesWhatIsRequired_data();
    void anEmptyDraftMissesWhatIsRequired();
    void lengthsAreCountedInCodePoints();
    void boundsAreExact_data();
    void boundsAreExact();
    void aPortIsAWholeNumberInItsRange_data();
    void aPortIsAWholeNumberInItsRange();
    void whatIsNoChoiceIsRefused();
    void aFieldThatIsNotShownHasNoProblem();
    void gitNeedsAKeyOrAPasswordOrAnOrder();
    void slipsAreAdviceAndDoNotBlock_data();
    void slipsAreAdviceAndDoNotBlock();
    void problemsComeInTheOrderOfTheForm();
    void noMessageHoldsWhatWasTyped();
    void validatorAndSchemaAgree_data();
    void validatorAndSchemaAgree();
};

namespace {

void set(CredentialDraft &draft, QLatin1StringView key, const QString &value)
{
    draft.set(*draft.shownField(key), value);
}

std::vector<DraftProblem> problemsOf(const CredentialDraft &draft, QLatin1StringView key)
{
    return DraftValidator::checkField(draft, *draft.shownField(key), {});
}

/// Makes drafts around every bound.
class RandomDrafts
{
public:
    explicit RandomDrafts(quint32 seed) : m_random(seed) {}

    CredentialDraft next(const CredentialType &type)
    {
        CredentialDraft draft(type);
        draft.set(FieldId::name, text(1, 255, true));
        if (chance(10))
            draft.set(FieldId::description, text(0, 32767, false));
        draft.set(FieldId::enabled, chance(50) ? u"true"_s : QString());
        for (int round = 0; round < 2; ++round) { // choices first: they decide on what is shown
            for (const FieldId field : type.fieldIds()) {
                const CredentialField &row = type.field(field);
                const bool decides = row.kind == FieldKind::Choice || row.kind == FieldKind::Switch;
                if (decides == (round == 0))
                    draft.set(field, value(row));
            }
        }
        return draft;
    }

private:
    bool chance(int percent) { return m_random.bounded(100) < percent; }

    template<typename T, std::size_t N>
    T oneOf(const std::array<T, N> &values)
    {
        return values[m_random.bounded(quint32(N))];
    }

    QString value(const CredentialField &row)
    {
        switch (row.kind) {
        case FieldKind::Choice:
            return chance(95) ? QString(row.choices[m_random.bounded(quint32(row.choices.size()))].value)
                              : oneOf(std::array{u""_s, u"x"_s, QString(row.choices[0].value).toUpper()});
        case FieldKind::Switch:
            return chance(50) ? u"true"_s : QString();
        case FieldKind::Number:
            return oneOf(std::array{u""_s, u""_s, u"1"_s, u"5432"_s, u"65535"_s, u"65536"_s, u"0"_s, u"-1"_s,
                                    u"1.5"_s, u"abc"_s, u" 7 "_s, u"007"_s, u"+5"_s, u"1e3"_s, u"٣"_s,
                                    u"99999999999999999999"_s, u"-99999999999999999999"_s, u" "_s});
        default:
            return text(row.minimum, row.maximum, row.required);
        }
    }

    /// Within the bounds more often than not.
    QString text(int minimum, int maximum, bool isRequired)
    {
        int length = 0;
        if (chance(80))
            length = m_random.bounded(std::max(1, minimum), std::min(maximum, std::max(1, minimum) + 40) + 1);
        else
            length =
                oneOf(std::array{0, 1, minimum - 1, minimum, minimum + 1, maximum - 1, maximum, maximum + 1});
        if (!isRequired && chance(30))
            length = 0;
        QString text;
        const int script = m_random.bounded(6);
        for (int i = 0; i < length; ++i)
            text += character(script);
        return text;
    }

    /// One code point, or two.
    QString character(int script)
    {
        switch (script) {
        case 0: // beyond the first plane: two QChars each
            return QString::fromUcs4(U"😀𝔸𐍈" + m_random.bounded(3), 1);
        case 1: // a surrogate that has lost its other half
            return m_random.bounded(2) ? QString(QChar(0xd83d)) + u'a' : QString(QChar(0xde00));
        case 2:
            return QString(u" \t\n\r\u00a0"[m_random.bounded(5)]);
        case 3:
            return QString(u"äß仓\u2028\u202e\u0301\"\\/<&\u007f"[m_random.bounded(12)]);
        case 4: // control characters, but for NUL, at which the schema checker stops counting
            return QString(QChar(m_random.bounded(1, 0x20)));
        default:
            return QString(QChar(m_random.bounded(0x21, 0x7f)));
        }
    }

    QRandomGenerator m_random;
};

} // namespace

void DraftValidatorTest::aCompleteDraftHasNoProblem()
{
    const QStringList names = postedFixtureNames();
    QVERIFY(names.size() >= 16);
    for (const QString &name : names) {
        const auto problems = DraftValidator::check(draftFor(postedFixture(name)), {});
        for (const DraftProblem &problem : problems)
            QVERIFY2(problem.severity == Severity::Advice, qPrintable(name + u": "_s + problem.message));
        QVERIFY(!DraftValidator::isBlocked(problems));
    }
}

void DraftValidatorTest::aDraftWithoutATypeOrNameMissesThem()
{
    const auto problems = DraftValidator::check(CredentialDraft(), {});
    QVERIFY(DraftValidator::isBlocked(problems));
    const auto misses = [&](FieldId field) {
        return std::ranges::any_of(
            problems, [&](const DraftProblem &p) { return p.field == field && p.kind == Kind::Missing; });
    };
    QVERIFY(misses(FieldId::type));
    QVERIFY(misses(FieldId::name));
    QVERIFY(!misses(FieldId::description));
}

void DraftValidatorTest::anEmptyDraftMissesWhatIsRequired_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < credentialTypes().size(); ++i)
        QTest::newRow(credentialTypes()[i].key.data()) << int(i);
}

void DraftValidatorTest::anEmptyDraftMissesWhatIsRequired()
{
    QFETCH(int, index);
    const CredentialType &type = credentialTypes()[std::size_t(index)];
    CredentialDraft draft(type);
    draft.set(FieldId::name, u"a"_s);
    QVERIFY(DraftValidator::isBlocked(DraftValidator::check(draft, {})));
    for (const FieldId field : type.fieldIds()) {
        const CredentialField &row = type.field(field);
        const bool isMissing = row.required && row.choices.empty() && draft.isShown(field);
        const auto problems = DraftValidator::checkField(draft, field, {});
        QCOMPARE(problems.size(), isMissing ? 1u : 0u);
        if (isMissing) {
            QCOMPARE(problems[0].kind, Kind::Missing);
            QCOMPARE(problems[0].severity, Severity::Problem);
            QCOMPARE(problems[0].field, field);
            QVERIFY(!problems[0].message.isEmpty());
        }
    }
}

void DraftValidatorTest::lengthsAreCountedInCodePoints()
{
    QCOMPARE(DraftValidator::codePoints(u""), 0);
    QCOMPARE(DraftValidator::codePoints(u"abc"), 3);
    QCOMPARE(DraftValidator::codePoints(u"a😀b"), 3);
    QCOMPARE(DraftValidator::codePoints(u"e\u0301"), 2);
    const QChar high(0xd83d), low(0xde00);
    QCOMPARE(DraftValidator::codePoints(QString(high)), 1);
    const QString turned = QString(low) + high, halfBefore = QString(high) + high + low;
    QCOMPARE(DraftValidator::codePoints(turned), 2);
    QCOMPARE(DraftValidator::codePoints(halfBefore), 2);
}

void DraftValidatorTest::boundsAreExact_data()
{
    QTest::addColumn<QString>("unit");
    QTest::newRow("letters") << u"x"_s;
    QTest::newRow("two code units each") << u"😀"_s;
}

void DraftValidatorTest::boundsAreExact()
{
    QFETCH(QString, unit);
    const auto hasKind = [](const std::vector<DraftProblem> &problems, Kind kind) {
        return std::ranges::any_of(problems, [&](const DraftProblem &p) { return p.kind == kind; });
    };
    for (const CredentialType &type : credentialTypes()) {
        CredentialDraft draft(type);
        for (const auto &[length, isTooLong] : {std::pair(255, false), std::pair(256, true)}) {
            draft.set(FieldId::name, unit.repeated(length));
            QCOMPARE(hasKind(DraftValidator::checkField(draft, FieldId::name, {}), Kind::TooLong), isTooLong);
        }
        for (const auto &[length, isTooLong] : {std::pair(32767, false), std::pair(32768, true)}) {
            draft.set(FieldId::description, unit.repeated(length));
            QCOMPARE(hasKind(DraftValidator::checkField(draft, FieldId::description, {}), Kind::TooLong),
                     isTooLong);
        }
        for (const FieldId field : type.fieldIds()) {
            const CredentialField &row = type.field(field);
            if ((row.kind != FieldKind::Line && row.kind != FieldKind::File) || !draft.isShown(field))
                continue;
            const auto problemsAt = [&](int length) {
                draft.set(field, unit.repeated(length));
                return DraftValidator::checkField(draft, field, {});
            };
            QVERIFY(!hasKind(problemsAt(row.maximum), Kind::TooLong));
            QVERIFY(hasKind(problemsAt(row.maximum + 1), Kind::TooLong));
            if (row.minimum > 1) {
                QVERIFY(hasKind(problemsAt(row.minimum - 1), Kind::TooShort));
                QVERIFY(!hasKind(problemsAt(row.minimum), Kind::TooShort));
            }
        }
    }
}

void DraftValidatorTest::aPortIsAWholeNumberInItsRange_data()
{
    QTest::addColumn<QString>("port");
    QTest::addColumn<int>("problem"); // -1: none
    QTest::newRow("none") << u""_s << -1;
    QTest::newRow("the least") << u"1"_s << -1;
    QTest::newRow("the most") << u"65535"_s << -1;
    QTest::newRow("zero") << u"0"_s << int(Kind::OutOfRange);
    QTest::newRow("too much") << u"65536"_s << int(Kind::OutOfRange);
    QTest::newRow("negative") << u"-1"_s << int(Kind::OutOfRange);
    QTest::newRow("a fraction") << u"1.5"_s << int(Kind::NotANumber);
    QTest::newRow("a word") << u"default"_s << int(Kind::NotANumber);
    QTest::newRow("more than any integer") << u"99999999999999999999"_s << int(Kind::NotANumber);
}

void DraftValidatorTest::aPortIsAWholeNumberInItsRange()
{
    QFETCH(QString, port);
    CredentialDraft draft = draftOfType("sql"_L1);
    set(draft, "port"_L1, port);
    const auto problems = problemsOf(draft, "port"_L1);
    QTEST(problems.empty() ? -1 : int(problems[0].kind), "problem");
}

void DraftValidatorTest::whatIsNoChoiceIsRefused()
{
    CredentialDraft draft = draftOfType("jwt"_L1);
    for (const QString &algorithm : {u"none"_s, u""_s, u"hs256"_s, u"HS256 "_s}) {
        draft.set(FieldId(0), algorithm);
        const auto problems = DraftValidator::checkField(draft, FieldId(0), {});
        QCOMPARE(problems.size(), 1u);
        QCOMPARE(problems[0].kind, Kind::NotAChoice);
        QVERIFY(DraftValidator::isBlocked(problems));
    }
}

void DraftValidatorTest::aFieldThatIsNotShownHasNoProblem()
{
    CredentialDraft draft = draftFor(postedFixture(u"snowflake-pasted"_s));
    const FieldId key = *draft.shownField("privateKey"_L1);
    draft.set(key, u"x"_s.repeated(9000));
    QVERIFY(DraftValidator::isBlocked(DraftValidator::check(draft, {})));
    set(draft, "generatePrivateKey"_L1, u"true"_s);
    QVERIFY(DraftValidator::checkField(draft, key, {}).empty());
    QVERIFY(!DraftValidator::isBlocked(DraftValidator::check(draft, {})));
}

void DraftValidatorTest::gitNeedsAKeyOrAPasswordOrAnOrder()
{
    CredentialDraft draft = draftFor(postedFixture(u"git-sshkey"_s));
    set(draft, "secretValue"_L1, {});
    QVERIFY(DraftValidator::isBlocked(DraftValidator::check(draft, {})));
    set(draft, "generatePrivateKey"_L1, u"true"_s);
    QVERIFY(!DraftValidator::isBlocked(DraftValidator::check(draft, {})));
    set(draft, "type"_L1, u"http-password"_s);
    QVERIFY(DraftValidator::isBlocked(DraftValidator::check(draft, {})));
    set(draft, "secretValue"_L1, u"p"_s);
    QVERIFY(!DraftValidator::isBlocked(DraftValidator::check(draft, {})));
}

void DraftValidatorTest::slipsAreAdviceAndDoNotBlock_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("kind"); // -1: none
    const int blanks = int(Kind::SurroundingBlanks), unlikely = int(Kind::UnlikelyValue), none = -1;
    const int noServiceAccount = int(Kind::NotAServiceAccountKey), weak = int(Kind::WeakKey);
    const auto add = [](const char *name, const char16_t *fixture, const char16_t *key, const QString &value,
                        int kind) {
        QTest::newRow(name) << QString::fromUtf16(fixture) << QString::fromUtf16(key) << value << kind;
    };
    add("AKIA", u"aws", u"accessKeyId", u"AKIAIOSFODNN7EXAMPLE"_s, none);
    add("ASIA", u"aws", u"accessKeyId", u"ASIAIOSFODNN7EXAMPLE"_s, none);
    add("another access key", u"aws", u"accessKeyId", u"BKIAIOSFODNN7EXAMPLE"_s, unlikely);
    add("a blank before a key", u"aws", u"secretAccessKey", u" secret"_s, blanks);
    add("a line break after a key", u"aws", u"secretAccessKey", u"secret\n"_s, blanks);
    add("a no-break space after a key", u"aws", u"secretAccessKey", u"secret\u00a0"_s, blanks);
    add("a blank within", u"aws", u"secretAccessKey", u"se cret"_s, none);
    add("no PEM", u"jwt-key", u"secret", u"correct horse"_s, unlikely);
    add("any shared secret", u"jwt-shared", u"secret", u"correct horse "_s.repeated(5) + u'x', none);
    add("a shared secret shorter than its hash", u"jwt-shared", u"secret", u"correct horse"_s, weak);
    add("no certificate", u"certificatekeypair", u"certificate", u"MIIB"_s, unlikely);
    add("no key file", u"gcp", u"keyJson", u"{}"_s, noServiceAccount);
    add("no JSON", u"gcp", u"keyJson", u"{\"private_key\":"_s, noServiceAccount);
    add("a wildcard", u"http-header", u"uriMatch", u"https://*.example.com"_s, unlikely);
    add("no address", u"http-header", u"uriMatch", u"api.example.com"_s, unlikely);
    add("an address", u"http-header", u"uriMatch", u"https://api.example.com:8443/v1"_s, none);
    add("another SID", u"twilio", u"accountSid", u"SKaaaa"_s, unlikely);
    add("another key SID", u"twilio", u"apiKeySid", u"ACaaaa"_s, unlikely);
    add("another database", u"mongodb", u"connectionUri", u"postgres://h/d"_s, unlikely);
}

void DraftValidatorTest::slipsAreAdviceAndDoNotBlock()
{
    QFETCH(QString, fixture);
    QFETCH(QString, key);
    QFETCH(QString, value);
    CredentialDraft draft = draftFor(postedFixture(fixture));
    const QByteArray latin = key.toLatin1();
    set(draft, QLatin1StringView(latin), value);
    const auto problems = problemsOf(draft, QLatin1StringView(latin));
    QTEST(problems.empty() ? -1 : int(problems[0].kind), "kind");
    QVERIFY(!DraftValidator::isBlocked(problems));
}

void DraftValidatorTest::problemsComeInTheOrderOfTheForm()
{
    CredentialDraft draft(*findCredentialType(u"sql"));
    draft.set(FieldId::description, u"x"_s.repeated(40'000));
    std::vector<FieldId> fields;
    for (const DraftProblem &problem : DraftValidator::check(draft, {}))
        fields.push_back(problem.field);
    QVERIFY(fields.size() >= 5);
    QCOMPARE(fields[0], FieldId::name);
    QCOMPARE(fields[1], FieldId::description);
    QVERIFY(std::ranges::is_sorted(fields.begin() + 2, fields.end(), {}, &FieldId::position));
}

void DraftValidatorTest::noMessageHoldsWhatWasTyped()
{
    RandomDrafts drafts(99);
    const QString secret = u"zq7kx"_s;
    for (const CredentialType &type : credentialTypes()) {
        for (int run = 0; run < 20; ++run) {
            CredentialDraft draft = drafts.next(type);
            for (const FieldId field : type.fieldIds()) {
                if (type.field(field).choices.empty())
                    draft.set(field, run == 0 ? QString() : secret + draft.value(field).left(run * 50));
            }
            for (const DraftProblem &problem : DraftValidator::check(draft, {}))
                QVERIFY(!problem.message.contains(secret));
        }
    }
}

void DraftValidatorTest::validatorAndSchemaAgree_data()
{
    anEmptyDraftMissesWhatIsRequired_data();
}

void DraftValidatorTest::validatorAndSchemaAgree()
{
    if (!haveSchemas())
        QSKIP("needs the API's schemas: configure with -DCREDENZA_SCHEMAS=FOLDER");
    QFETCH(int, index);
    const CredentialType &type = credentialTypes()[std::size_t(index)];
    const quint32 seed = 1'000 + quint32(index);
    RandomDrafts drafts(seed);
    int passed = 0, blocked = 0;
    for (int run = 0; run < 600; ++run) {
        const CredentialDraft draft = drafts.next(type);
        const auto problems = DraftValidator::check(draft, {});
        const QByteArray body = LosantJson::writePost(draft);
        const QString refusal = schemaProblem(u"credentialPost"_s, body);
        const QString where =
            u"seed %1, run %2: %3; %4"_s.arg(seed).arg(run).arg(refusal, QString::fromUtf8(body.left(2000)));

        if (!DraftValidator::isBlocked(problems)) {
            ++passed;
            QVERIFY2(refusal.isEmpty(), qPrintable(u"passed, "_s + where));
            const QJsonObject root = QJsonDocument::fromJson(body).object();
            QCOMPARE(root.keys().filter(u"Config"_s), QStringList{type.configKey});
            QCOMPARE(root["type"_L1].toString(), QString(type.key));
            continue;
        }
        ++blocked;
        // What the schema lets through: a secret in the open, a blank name, git without key or password.
        if (std::ranges::all_of(problems, [](const DraftProblem &problem) {
                return problem.severity != Severity::Problem || isBeyondSchema(problem);
            })) {
            QVERIFY2(refusal.isEmpty(), qPrintable(u"passed but for that, "_s + where));
            continue;
        }
        const bool isException =
            type.key == "git"_L1 && std::ranges::all_of(problems, [&](const DraftProblem &problem) {
                return problem.severity != Severity::Problem || isBeyondSchema(problem) ||
                       (problem.kind == Kind::Missing && problem.field.isOfType() &&
                        type.field(problem.field).key == "secretValue"_L1);
            });
        if (!isException)
            QVERIFY2(!refusal.isEmpty(), qPrintable(u"blocked, "_s + where));
    }
    QVERIFY2(passed > 30 && blocked > 30, qPrintable(u"%1 passed, %2 blocked"_s.arg(passed).arg(blocked)));
}

QTEST_GUILESS_MAIN(DraftValidatorTest)
#include "draftvalidatortest.moc"

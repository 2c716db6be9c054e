// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/losantjson.h"
#include "support/draftcheck.h"
#include "support/keykinds.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Kind = DraftProblem::Kind;

/// A new type is a row: one that the program has never seen works in draft, validator and bodies.
class OwnTypeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itsFieldsComeAndGo();
    void aNewKeyIsWhatItsRowsSay();
    void itsValuesAreChecked();
    void itsCertificateAndKeyBelongTogether();
    void aPasswordInItsHostIsTakenOut();
    void itsAlgorithmSaysWhichSecretFits();
    void itsBodiesHaveWhatIsSet();
    void theKeyThatThePlatformMadeIsRead();
};

namespace {

constexpr FieldChoice systems[] = {{"pg"_L1, "PostgreSQL"}, {"tls"_L1, "Certificates"}};
constexpr QLatin1StringView withPassword[] = {"pg"_L1};
constexpr QLatin1StringView withKey[] = {"tls"_L1};
constexpr QLatin1StringView off[] = {""_L1};
constexpr FieldChoice algorithms[] = {{"HS256"_L1, "HS256"}, {"HS512"_L1, "HS512"}};
constexpr ValueRule idRules[] = {{"ACME.*", true, "Begins with ACME."}};
constexpr FieldWording portWordings[] = {{"pg"_L1, "Port", "Default (5432)"}};

constexpr CredentialField fields[] = {
    {.key = "system"_L1, .label = "System", .kind = FieldKind::Choice, .required = true, .choices = systems},
    {.key = "server"_L1, .label = "Server", .required = true, .maximum = 100, .form = ValueForm::Host},
    {.key = "door"_L1,
     .label = "Door",
     .kind = FieldKind::Number,
     .minimum = 1,
     .maximum = 65535,
     .form = ValueForm::Port,
     .wordedBy = "system"_L1,
     .wordings = portWordings},
    {.key = "keyId"_L1, .label = "Key ID", .isOfKey = true, .maximum = 20, .rules = idRules},
    {.key = "login"_L1, .label = "Login", .maximum = 20, .form = ValueForm::UserName},
    {.key = "pass"_L1,
     .label = "Pass",
     .required = true,
     .missing = "Enter the pass.",
     .secret = true,
     .minimum = 4,
     .maximum = 20,
     .form = ValueForm::Password,
     .shownWhen = {"system"_L1, withPassword}},
    {.key = "makeKey"_L1,
     .label = "Make a key",
     .kind = FieldKind::Switch,
     .generatesKey = true,
     .shownWhen = {"system"_L1, withKey}},
    {.key = "chain"_L1,
     .label = "Chain",
     .kind = FieldKind::File,
     .isOfKey = true,
     .maximum = 8192,
     .format = FileFormat::Pem,
     .pem = PemContent::Certificate,
     .shownWhen = {"system"_L1, withKey}},
    {.key = "private"_L1,
     .label = "Private",
     .kind = FieldKind::File,
     .required = true,
     .missing = "Paste the key.",
     .secret = true,
     .maximum = 8192,
     .format = FileFormat::Pem,
     .pem = PemContent::RsaPrivateKey,
     .shownWhen = {"makeKey"_L1, off}},
    {.key = "hash"_L1, .label = "Hash", .kind = FieldKind::Choice, .choices = algorithms},
    {.key = "sign"_L1, .label = "Sign", .secret = true, .maximum = 100, .algorithmIn = "hash"_L1},
};
constexpr ReadBackField readBack[] = {
    {.key = "madeKey"_L1, .label = "Made key", .kind = FieldKind::File, .toDo = "Take it there."}};
constexpr CredentialType acme{"acme"_L1, "Acme", "acmeConfig"_L1, fields, readBack};

CredentialDraft draftWithKey()
{
    CredentialDraft draft(acme);
    draft.set(fieldOf(draft, u"system"_s), u"tls"_s);
    return draft;
}

QStringList keysOf(const std::vector<FieldId> &ids)
{
    QStringList keys;
    for (const FieldId field : ids)
        keys += acme.field(field).key;
    return keys;
}

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

void OwnTypeTest::itsFieldsComeAndGo()
{
    CredentialDraft draft(acme);
    QVERIFY(draft.shownField("pass"_L1) && !draft.shownField("private"_L1));
    draft = draftWithKey();
    QVERIFY(!draft.shownField("pass"_L1) && draft.shownField("private"_L1));
    draft.set(fieldOf(draft, u"makeKey"_s), u"true"_s);
    QVERIFY(draft.generatesKey() && !draft.shownField("private"_L1));
}

void OwnTypeTest::aNewKeyIsWhatItsRowsSay()
{
    QCOMPARE(keysOf(CredentialDraft(acme).keyFields()), QStringList({u"keyId"_s, u"pass"_s, u"sign"_s}));
    QCOMPARE(keysOf(draftWithKey().keyFields()),
             QStringList({u"keyId"_s, u"makeKey"_s, u"chain"_s, u"private"_s, u"sign"_s}));
}

void OwnTypeTest::itsValuesAreChecked()
{
    CredentialDraft draft(acme);
    const auto kindOf = [&](const QString &key, const QString &value) {
        const FieldId field = fieldOf(draft, key);
        draft.set(field, value);
        const auto problems = DraftValidator::checkField(draft, field, {});
        return problems.empty() ? std::nullopt : std::optional(problems[0].kind);
    };
    QCOMPARE(kindOf(u"pass"_s, {}), Kind::Missing);
    QCOMPARE(kindOf(u"pass"_s, u"abc"_s), Kind::TooShort);
    QCOMPARE(kindOf(u"keyId"_s, u"other"_s), Kind::UnlikelyValue);
    QVERIFY(!kindOf(u"keyId"_s, u"ACME1"_s));
    QCOMPARE(kindOf(u"server"_s, u"db.example.com:1"_s), Kind::UnlikelyValue);
    QCOMPARE(kindOf(u"door"_s, u"3306"_s), Kind::UnlikelyValue); // that of another server
    QVERIFY(!kindOf(u"door"_s, u"5432"_s));
}

void OwnTypeTest::itsCertificateAndKeyBelongTogether()
{
    CredentialDraft draft = draftWithKey();
    const FieldId key = fieldOf(draft, u"private"_s), chain = fieldOf(draft, u"chain"_s);
    draft.set(key, KeyKinds::text("P-256, PKCS#8"));
    const auto problems = DraftValidator::checkField(draft, key, {});
    const DraftProblem *wrong = findKind(problems, Kind::WrongKeyKind);
    QVERIFY2(wrong && wrong->message.startsWith(u"Acme "), told(problems)); // takes RSA keys only

    draft.set(key, KeyKinds::text("certificate"));
    const auto swapped = DraftValidator::checkField(draft, key, {});
    QVERIFY2(findKind(swapped, Kind::WrongKeyKind), told(swapped));
    QCOMPARE(findKind(swapped, Kind::WrongKeyKind)->target, std::optional(chain));

    draft.set(key, KeyKinds::text("rsa, PKCS#8"));
    draft.set(chain, KeyKinds::chain().leaf);
    QVERIFY(findKind(DraftValidator::checkField(draft, key, {}), Kind::KeyMismatch));
}

void OwnTypeTest::aPasswordInItsHostIsTakenOut()
{
    CredentialDraft draft(acme);
    const FieldId server = fieldOf(draft, u"server"_s);
    draft.set(server, u"postgres://ada:s3cr3t-pass@db.example.com:6432/x"_s);
    const auto problems = DraftValidator::checkField(draft, server, {});
    const DraftProblem *found = findKind(problems, Kind::PasswordInUrl);
    QVERIFY2(found, told(problems));
    draft = afterRemedy(draft, *found);
    QCOMPARE(draft.value(server), u"db.example.com"_s);
    QCOMPARE(draft.valueOf("door"_L1), u"6432"_s);
    QCOMPARE(draft.valueOf("login"_L1), u"ada"_s);
    QCOMPARE(draft.valueOf("pass"_L1), u"s3cr3t-pass"_s);
}

void OwnTypeTest::itsAlgorithmSaysWhichSecretFits()
{
    CredentialDraft draft(acme);
    const FieldId sign = fieldOf(draft, u"sign"_s);
    draft.set(sign, u"0123456789abcdef0123456789abcdef"_s);
    QVERIFY(!findKind(DraftValidator::checkField(draft, sign, {}), Kind::WeakKey));
    draft.set(fieldOf(draft, u"hash"_s), u"HS512"_s);
    QVERIFY(findKind(DraftValidator::checkField(draft, sign, {}), Kind::WeakKey));
}

void OwnTypeTest::itsBodiesHaveWhatIsSet()
{
    CredentialDraft draft(acme);
    draft.set(FieldId::name, u"a"_s);
    draft.set(fieldOf(draft, u"server"_s), u"db.example.com"_s);
    draft.set(fieldOf(draft, u"door"_s), u"6432"_s);
    draft.set(fieldOf(draft, u"pass"_s), u"secret"_s);
    const QJsonObject config{{u"system"_s, u"pg"_s},
                             {u"server"_s, u"db.example.com"_s},
                             {u"door"_s, 6432},
                             {u"hash"_s, u"HS256"_s}};
    QJsonObject posted = config;
    posted["pass"_L1] = u"secret"_s;
    QCOMPARE(
        object(LosantJson::writePost(draft)),
        (QJsonObject{
            {u"name"_s, u"a"_s}, {u"enabled"_s, true}, {u"type"_s, u"acme"_s}, {u"acmeConfig"_s, posted}}));

    const Credential credential{.name = u"a"_s,
                                .type = u"acme"_s,
                                .enabled = true,
                                .config = QJsonDocument(config).toJson(QJsonDocument::Compact)};
    draft = LosantJson::readDraft(credential, &acme);
    QVERIFY(!draft.hasChanges());
    QVERIFY(DraftValidator::check(draft, {}).empty());
    draft.clear(fieldOf(draft, u"door"_s));
    QJsonObject patched = config;
    patched["door"_L1] = QJsonValue::Null;
    QCOMPARE(object(LosantJson::writePatch(draft)), (QJsonObject{{u"acmeConfig"_s, patched}}));
}

void OwnTypeTest::theKeyThatThePlatformMadeIsRead()
{
    const Credential credential{.type = u"acme"_s, .config = R"({"system":"tls","madeKey":"ssh-rsa AAAA"})"};
    QCOMPARE(LosantJson::readPublicKey(credential, acme), u"ssh-rsa AAAA"_s);
    QCOMPARE(QByteArray(acme.publicKey()->toDo), "Take it there."_ba);
    QVERIFY(!findCredentialType(u"aws")->publicKey());
}

QTEST_GUILESS_MAIN(OwnTypeTest)
#include "owntypetest.moc"

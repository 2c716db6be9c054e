// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/editconflict.h"

#include "api/losantjson.h"
#include "models/fieldtext.h"
#include "services/editpolicy.h"
#include "support/drafts.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

Credential shown(const QString &fixture)
{
    return credentialFor(postedFixture(fixture));
}

Credential with(Credential credential, const QString &key, const QJsonValue &value)
{
    QJsonObject config = QJsonDocument::fromJson(credential.config).object();
    config[key] = value;
    credential.config = QJsonDocument(config).toJson(QJsonDocument::Compact);
    return credential;
}

CredentialDraft draftUpon(const Credential &credential)
{
    return LosantJson::readDraft(credential);
}

void set(CredentialDraft &draft, QLatin1StringView key, const QString &value)
{
    draft.set(*draft.shownField(key), value);
}

} // namespace

/// What is said of somebody else's change, and what becomes of both.
class EditConflictTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachFieldThatTheyChangedHasALine();
    void aFieldThatSharesItsKeyHasNoLine();
    void whatBothMeanHasNoLine();
    void aKeyThatIsGeneratedMeanwhileIsNoLineOfTheSwitch();
    void anotherMethodIsSaidInTheWordsOfTheNewOne();
    void aSecretIsNeverInALine();
    void anotherServiceAccountKeyIsSaid();
    void longAndOddTextsAreCut();
    void mineGoesUponTheirs();
    void theirsTakesThePlaceOfWhatBothChanged();
    void aKeyIsTakenFromOneSideOnly_data();
    void aKeyIsTakenFromOneSideOnly();
    void aRotationStaysOne();
    void whatTheServerMadeOfItIsSaid();
    void aKeyThatWasNotMadeAnewIsLacking_data();
    void aKeyThatWasNotMadeAnewIsLacking();
};

void EditConflictTest::eachFieldThatTheyChangedHasALine()
{
    const Credential before = shown(u"sql"_s);
    CredentialDraft mine = draftUpon(before);
    set(mine, "host"_L1, u"mine.example.com"_s);
    set(mine, "username"_L1, u"mine"_s);
    Credential theirs = with(before, u"host"_s, u"theirs.example.com"_s);
    theirs = with(theirs, u"port"_s, QJsonValue::Null);
    theirs = with(theirs, u"system"_s, u"mysql"_s);
    theirs = with(theirs, u"secureConnection"_s, false);
    theirs.name = u"Theirs"_s;
    theirs.enabled = false;
    QCOMPARE(EditConflict(mine, theirs).lines(),
             (QStringList{
                 u"Name: theirs is “Theirs”, it was “sql of the test” and you left it so."_s,
                 u"Enabled: theirs is off, it was on and you left it so."_s,
                 u"System: theirs is MySQL, it was PostgreSQL and you left it so."_s,
                 u"Host: yours is “mine.example.com”, theirs “theirs.example.com”."_s,
                 u"Port: theirs is —, it was “6432” and you left it so."_s,
                 u"Secure connection: theirs is off, it was on and you left it so."_s,
             }));
    QVERIFY(EditConflict(mine, before).lines().isEmpty());
}

void EditConflictTest::aFieldThatSharesItsKeyHasNoLine()
{
    const Credential before = shown(u"http-header"_s);
    const EditConflict conflict(draftUpon(before), with(before, u"publicValue"_s, u"X-Theirs"_s));
    QCOMPARE(conflict.lines(),
             QStringList{u"Header name: theirs is “X-Theirs”, it was “X-Api-Key” and you left it so."_s});
}

void EditConflictTest::whatBothMeanHasNoLine()
{
    const Credential before = shown(u"aws"_s);
    CredentialDraft mine = draftUpon(before);
    set(mine, "region"_L1, u"eu-west-1"_s);
    const EditConflict conflict(mine, with(before, u"region"_s, u"eu-west-1"_s));
    QCOMPARE(conflict.lines(), QStringList());
    QVERIFY(!conflict.withMine().hasChanges());
}

void EditConflictTest::aKeyThatIsGeneratedMeanwhileIsNoLineOfTheSwitch()
{
    const Credential before = shown(u"git-sshkey"_s);
    const EditConflict conflict(draftUpon(before), with(before, u"generatePrivateKey"_s, true));
    QCOMPARE(conflict.lines(), QStringList());
    QVERIFY(!conflict.withMine().generatesKey());
}

void EditConflictTest::anotherMethodIsSaidInTheWordsOfTheNewOne()
{
    const Credential before = shown(u"http-header"_s);
    const Credential theirs = with(with(before, u"authMethod"_s, u"basicAuth"_s), u"publicValue"_s, u"ada"_s);
    QCOMPARE(
        EditConflict(draftUpon(before), theirs).lines(),
        (QStringList{
            u"Authentication method: theirs is Basic authentication, it was Header and you left it so."_s,
            u"User name: theirs is “ada”, it was “X-Api-Key” and you left it so."_s,
        }));
}

void EditConflictTest::aSecretIsNeverInALine()
{
    for (const QString &fixture : postedFixtureNames()) {
        const Credential before = shown(fixture);
        CredentialDraft mine = draftUpon(before);
        Credential theirs = before;
        theirs.description = u"theirs"_s;
        for (const FieldId field : mine.shownFields()) {
            const CredentialField &row = mine.type()->field(field);
            if (!row.secret)
                continue;
            mine.set(field, u"S3NTINEL of mine"_s);
            theirs = with(theirs, row.key, u"S3NTINEL of theirs"_s); // of a server that tells
        }
        const EditConflict conflict(mine, theirs);
        const QString said = (conflict.lines() + FieldText::differences(mine, theirs)).join(u'\n');
        QVERIFY(said.contains(u"Description"_s));
        QVERIFY2(!said.contains(u"S3NTINEL"_s), qPrintable(said));
        for (const FieldId field : mine.shownFields()) {
            if (mine.type()->field(field).secret)
                QCOMPARE(FieldText::value(mine, field), u"—"_s);
        }
    }
}

void EditConflictTest::anotherServiceAccountKeyIsSaid()
{
    const Credential before = with(shown(u"gcp"_s), u"keyMetaJson"_s, uR"({"private_key_id":"1"})"_s);
    const Credential theirs = with(before, u"keyMetaJson"_s, uR"({"private_key_id":"2"})"_s);
    QCOMPARE(EditConflict(draftUpon(before), theirs).lines(),
             QStringList{u"Service account key: they have set another one."_s});
}

void EditConflictTest::longAndOddTextsAreCut()
{
    const Credential before = shown(u"aws"_s);
    Credential theirs = before;
    theirs.name = u"<b>&amp;</b>\u202e\n"_s + u"x"_s.repeated(10'000);
    theirs.description = u"\u0301"_s.repeated(500'000);
    theirs = with(theirs, u"region"_s, u"line one\r\nline two\u2028line three"_s);
    const QStringList lines = EditConflict(draftUpon(before), theirs).lines();
    QCOMPARE(lines.size(), 3);
    for (const QString &line : lines) {
        QVERIFY2(line.size() < 400, qPrintable(QString::number(line.size())));
        for (const QChar c : {u'\n', u'\r', u'\u2028', u'\u2029'})
            QVERIFY(!line.contains(c));
    }
    QVERIFY(lines[0].contains(u"<b>&amp;</b>"_s));
    QVERIFY(!lines[0].contains(u'\u202e') || lines[0].contains(u'\u202c') || lines[0].contains(u'\u2069'));
}

void EditConflictTest::mineGoesUponTheirs()
{
    const Credential before = shown(u"aws"_s);
    CredentialDraft mine = draftUpon(before);
    mine.set(FieldId::name, u"Mine"_s);
    set(mine, "region"_L1, u"eu-west-1"_s);
    set(mine, "secretAccessKey"_L1, u"typed"_s);
    Credential theirs = with(before, u"region"_s, u"ap-south-1"_s);
    theirs.description = u"theirs"_s;
    const CredentialDraft both = EditConflict(mine, theirs).withMine();
    QCOMPARE(*both.base(), theirs);
    QCOMPARE(both.value(FieldId::name), u"Mine"_s);
    QCOMPARE(both.value(FieldId::description), u"theirs"_s);
    QVERIFY(!both.isChanged(FieldId::description));
    QCOMPARE(both.valueOf("region"_L1), u"eu-west-1"_s);
    QCOMPARE(both.valueOf("secretAccessKey"_L1), u"typed"_s);
    QVERIFY(!both.needsNewKey());
}

void EditConflictTest::theirsTakesThePlaceOfWhatBothChanged()
{
    const Credential before = shown(u"sql"_s);
    CredentialDraft mine = draftUpon(before);
    mine.clear(*mine.shownField("port"_L1));
    set(mine, "host"_L1, u"mine.example.com"_s);
    set(mine, "password"_L1, u"typed"_s);
    const Credential theirs = with(before, u"port"_s, 1234);
    const CredentialDraft both = EditConflict(mine, theirs).withTheirs();
    QCOMPARE(*both.base(), theirs);
    QCOMPARE(both.valueOf("port"_L1), u"1234"_s);
    QVERIFY(!both.isChanged(*both.shownField("port"_L1)));
    QCOMPARE(both.valueOf("host"_L1), u"mine.example.com"_s);
    QCOMPARE(both.valueOf("password"_L1), u"typed"_s);

    const CredentialDraft cleared = EditConflict(mine, with(before, u"port"_s, 1234)).withMine();
    QVERIFY(cleared.isChanged(*cleared.shownField("port"_L1)));
    QCOMPARE(cleared.valueOf("port"_L1), QString());
}

void EditConflictTest::aKeyIsTakenFromOneSideOnly_data()
{
    QTest::addColumn<QString>("myId"); // empty: not mine to change
    QTest::addColumn<QString>("mySecret");
    QTest::addColumn<QString>("theirId");
    const QString none;
    const QString mine = u"AKIAI44QH8DHBEXAMPLE"_s;
    const QString theirs = u"AKIAZZZZZZZZZEXAMPLE"_s;
    QTest::newRow("both changed all") << mine << u"typed"_s << theirs;
    QTest::newRow("both, of mine the secret only") << none << u"typed"_s << theirs;
    QTest::newRow("both, of mine the ID only") << mine << none << theirs;
    QTest::newRow("I changed it") << mine << u"typed"_s << none;
    QTest::newRow("I changed the secret") << none << u"typed"_s << none;
    QTest::newRow("they changed it") << none << none << theirs;
}

void EditConflictTest::aKeyIsTakenFromOneSideOnly()
{
    QFETCH(QString, myId);
    QFETCH(QString, mySecret);
    QFETCH(QString, theirId);
    const Credential before = shown(u"aws"_s);
    CredentialDraft mine = draftUpon(before);
    const QString oldId = mine.valueOf("accessKeyId"_L1);
    set(mine, "region"_L1, u"eu-west-1"_s);
    if (!myId.isEmpty())
        set(mine, "accessKeyId"_L1, myId);
    if (!mySecret.isEmpty())
        set(mine, "secretAccessKey"_L1, mySecret);
    Credential theirs = before;
    theirs.description = u"theirs"_s;
    if (!theirId.isEmpty())
        theirs = with(theirs, u"accessKeyId"_s, theirId);

    const EditConflict conflict(mine, theirs);
    const bool isMine = !myId.isEmpty() || !mySecret.isEmpty();
    const bool isTheirs = !theirId.isEmpty();
    const QString idOfMine = myId.isEmpty() ? oldId : myId;
    const QString idOfTheirs = isTheirs ? theirId : oldId;
    QCOMPARE(conflict.isKeyLost(), isMine && isTheirs);
    const CredentialDraft withMine = conflict.withMine();
    QCOMPARE(withMine.valueOf("accessKeyId"_L1), isMine ? idOfMine : idOfTheirs);
    QCOMPARE(withMine.valueOf("secretAccessKey"_L1), mySecret);
    const CredentialDraft withTheirs = conflict.withTheirs();
    QCOMPARE(withTheirs.valueOf("accessKeyId"_L1), isTheirs ? theirId : idOfMine);
    QCOMPARE(withTheirs.valueOf("secretAccessKey"_L1), isTheirs ? QString() : mySecret);
    for (const CredentialDraft &both : {withMine, withTheirs})
        QCOMPARE(both.valueOf("region"_L1), u"eu-west-1"_s); // of no key
}

void EditConflictTest::aRotationStaysOne()
{
    const Credential before = shown(u"aws"_s);
    CredentialDraft mine = draftUpon(before);
    mine.requireNewKey();
    set(mine, "accessKeyId"_L1, u"AKIAI44QH8DHBEXAMPLE"_s);
    set(mine, "secretAccessKey"_L1, u"typed"_s);
    const EditConflict conflict(mine, with(before, u"region"_s, u"ap-south-1"_s));
    for (const CredentialDraft &both : {conflict.withMine(), conflict.withTheirs()}) {
        QVERIFY(both.needsNewKey());
        QCOMPARE(both.valueOf("accessKeyId"_L1), u"AKIAI44QH8DHBEXAMPLE"_s);
        QCOMPARE(both.valueOf("region"_L1), u"ap-south-1"_s);
    }
}

void EditConflictTest::whatTheServerMadeOfItIsSaid()
{
    const Credential before = shown(u"snowflake-generated"_s);
    CredentialDraft meant = draftUpon(before);
    set(meant, "generatePrivateKey"_L1, u"true"_s);
    set(meant, "username"_L1, u"MINE"_s);
    QCOMPARE(FieldText::differences(meant, before),
             QStringList{u"Username: sent was “MINE”, it has “LOSANT”."_s});
    QVERIFY(FieldText::differences(meant, with(before, u"username"_s, u"MINE"_s)).isEmpty());
}

void EditConflictTest::aKeyThatWasNotMadeAnewIsLacking_data()
{
    QTest::addColumn<bool>("generates");
    QTest::addColumn<QString>("publicKey");
    QTest::addColumn<bool>("isLacking");
    const QString old = u"ssh-ed25519 old"_s;
    QTest::newRow("none is shown") << true << QString() << true;
    QTest::newRow("the old one is shown") << true << old << true;
    QTest::newRow("a new one is shown") << true << u"ssh-ed25519 new"_s << false;
    QTest::newRow("none was to be made, none is shown") << false << QString() << false;
    QTest::newRow("none was to be made, the old one is shown") << false << old << false;
}

void EditConflictTest::aKeyThatWasNotMadeAnewIsLacking()
{
    QFETCH(bool, generates);
    QFETCH(QString, publicKey);
    const Credential before = with(shown(u"git-sshkey"_s), u"publicKey"_s, u"ssh-ed25519 old"_s);
    CredentialDraft meant = draftUpon(before);
    if (generates)
        set(meant, "generatePrivateKey"_L1, u"true"_s);
    QTEST(EditPolicy::lacksNewKey(meant, publicKey), "isLacking");

    CredentialDraft created = draftFor(postedFixture(u"snowflake-generated"_s));
    QVERIFY(created.generatesKey());
    QVERIFY(!EditPolicy::lacksNewKey(created, publicKey)); // there was none that it could be
}

QTEST_GUILESS_MAIN(EditConflictTest)
#include "editconflicttest.moc"

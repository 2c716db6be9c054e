// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/keykinds.h"

#include <openssl/err.h>

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>
#include <QThread>

using namespace KeyMaterial;
using namespace Qt::StringLiterals;
using BlockKind = PemBlock::Kind;

Q_DECLARE_METATYPE(FoundPrivateKey::Form)

namespace {

using Fit = JwtKeyFit;
using Account = ServiceAccountKey;

QString escaped(QString text)
{
    return text.replace(u'\n', "\\n"_L1);
}

QString accountJson(const QString &type, const QString &email, const QString &key)
{
    return u"{\n  \"type\": \"%1\",\n  \"project_id\": \"p\",\n  \"client_email\": \"%2\",\n"
           "  \"private_key\": \"%3\"\n}\n"_s.arg(type, email, key);
}

QString randomText(qsizetype size, QStringView characters)
{
    QRandomGenerator random(1);
    QString text;
    for (qsizetype i = 0; i < size; ++i)
        text += characters[random.bounded(int(characters.size()))];
    return text;
}

constexpr QStringView base64Characters = u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

class KeyMaterialTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindIsKnown_data();
    void everyKindIsKnown();
    void privateKeysAreFound_data();
    void privateKeysAreFound();
    void privateKeysAreFoundAmongText_data() { everyKindIsKnown_data(); }
    void privateKeysAreFoundAmongText();
    void nothingElseIsAPrivateKey_data();
    void nothingElseIsAPrivateKey();
    void keysAndCertificatesBelongTogether();
    void oneKeyInAnyFormat();
    void chainsHaveAnOrder();
    void validity_data();
    void validity();
    void weakOnes();
    void jwtKeysFit_data();
    void jwtKeysFit();
    void serviceAccounts_data();
    void serviceAccounts();
    void errorsOfOthersStay();
    void anyThread();
    void longTextsAreFast_data();
    void longTextsAreFast();
};

void KeyMaterialTest::everyKindIsKnown_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("isPrivate");
    for (int i = 0; i < KeyKinds::privateKeys().size(); ++i)
        QTest::newRow(KeyKinds::privateKeys()[i].name) << i << true;
    for (int i = 0; i < KeyKinds::publicOnes().size(); ++i)
        QTest::newRow(KeyKinds::publicOnes()[i].name) << i << false;
}

void KeyMaterialTest::everyKindIsKnown()
{
    QFETCH(int, index);
    QFETCH(bool, isPrivate);
    const KeyKinds::Kind &kind = (isPrivate ? KeyKinds::privateKeys() : KeyKinds::publicOnes())[index];
    const PemText pem = readPem(kind.text);
    QCOMPARE(pem.blocks.size(), std::size_t(1));
    const PemBlock &block = pem.blocks[0];
    QVERIFY(block.isReadable);
    QCOMPARE(block.kind, kind.kind);
    QCOMPARE(block.encryption, kind.encryption);
    QCOMPARE(block.algorithm, kind.algorithm);
    QCOMPARE(block.bits, kind.bits);
    QCOMPARE(block.curve, kind.curve);
    QCOMPARE(block.publicKey.isEmpty(), kind.algorithm == Algorithm::Unknown);
    QCOMPARE(block.isPrivateKey(), isPrivate);
    QCOMPARE(block.begin, 0);
    QCOMPARE(block.end, kind.text.size() - 1);
    QCOMPARE(holdsPrivateKey(kind.text), isPrivate);
    QVERIFY(!block.isWeakKey);
    QCOMPARE(ERR_peek_error(), 0UL);
}

void KeyMaterialTest::privateKeysAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<FoundPrivateKey::Form>("form");
    for (const KeyKinds::OtherForm &other : KeyKinds::otherForms())
        QTest::newRow(other.name) << other.text << other.form;
}

void KeyMaterialTest::privateKeysAreFound()
{
    QFETCH(QString, text);
    QFETCH(FoundPrivateKey::Form, form);
    const auto found = findPrivateKey(text);
    QVERIFY(found.has_value());
    QCOMPARE(found->form, form);
    QCOMPARE(ERR_peek_error(), 0UL);
}

void KeyMaterialTest::privateKeysAreFoundAmongText()
{
    QFETCH(int, index);
    QFETCH(bool, isPrivate);
    const QString text = (isPrivate ? KeyKinds::privateKeys() : KeyKinds::publicOnes())[index].text;
    const QString certificate = KeyKinds::text("certificate");
    const QString before = u"Notes of März: the key, -----BEGIN and so on.\n"_s;
    for (const QString &around :
         {QString(before % text % "that was it\n"_L1), QString(certificate % text),
          QString(text % certificate), QString(before % text.simplified() % " END"_L1),
          QString("{\"a\":\""_L1 % escaped(text) % "\"}"_L1)})
        QCOMPARE(holdsPrivateKey(around), isPrivate);
}

void KeyMaterialTest::nothingElseIsAPrivateKey_data()
{
    QTest::addColumn<QString>("text");
    for (const KeyKinds::Kind &kind : KeyKinds::publicOnes()) {
        QTest::addRow("%s in one line", kind.name) << kind.text.simplified();
        QString bare = kind.text;
        bare = bare.mid(bare.indexOf(u'\n')).left(bare.lastIndexOf("-----END"_L1) - bare.indexOf(u'\n'));
        QTest::addRow("%s without armour", kind.name) << bare;
    }
    QTest::newRow("prose") << u"Paste “-----BEGIN PRIVATE KEY-----” and what follows, not the public key."_s;
    QTest::newRow("documentation")
        << u"-----BEGIN PRIVATE KEY----- goes here\n-----END PRIVATE KEY----- ends it"_s;
    QTest::newRow("placeholder")
        << u"-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA…\n-----END RSA PRIVATE KEY-----"_s;
    QTest::newRow("masked") << QString("-----BEGIN PRIVATE KEY-----\n"_L1 % QString(512, u'*') %
                                       "\n-----END PRIVATE KEY-----\n"_L1);
    QTest::newRow("zeros in an armour") << QString("-----BEGIN PRIVATE KEY-----\n"_L1 % QString(512, u'A') %
                                                   "\n-----END PRIVATE KEY-----\n"_L1);
    QTest::newRow("PNG in base64") << QString(
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"_L1 %
        randomText(4000, base64Characters));
    QTest::newRow("random base64") << randomText(8000, base64Characters);
    QTest::newRow("MII and random base64") << QString("MIIEvQ"_L1 % randomText(1700, base64Characters));
    QTest::newRow("digits") << QString("30"_L1).repeated(4000);
    QTest::newRow("a certificate in hexadecimal digits")
        << QString::fromLatin1(readPem(KeyKinds::text("certificate")).blocks[0].certificate.toHex());
    QTest::newRow("OpenPGP public key") << KeyKinds::fixture(u"openpgp-public.asc"_s);
    QTest::newRow("SSH public key")
        << u"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ1dCB0aGF0IGlzIG5vdCBhIHJlYWwga2V5 a@b"_s;
    QTest::newRow("public JWK")
        << u"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\",\"kid\":\"d\"}"_s;
    QTest::newRow("a word on JWK") << u"a JWK has \"kty\" and, if it is private, \"d\": keep that"_s;
    QTest::newRow("JWK with an example") << u"{\"kty\":\"RSA\",\"n\":\"…\",\"d\":\"…\"}"_s;
    QTest::newRow("a word on PuTTY") << u"PuTTY-User-Key-File-3 is a format with Private-Lines: read on"_s;
    QTest::newRow("JSON Web Token")
        << u"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"_s;
    QTest::newRow("a long description")
        << u"Der Schlüssel für den Endpunkt. END PRIVATE KEY "_s.repeated(600);
    QTest::newRow("nothing") << QString();
}

void KeyMaterialTest::nothingElseIsAPrivateKey()
{
    QFETCH(QString, text);
    QVERIFY(!holdsPrivateKey(text));
    QCOMPARE(ERR_peek_error(), 0UL);
}

void KeyMaterialTest::keysAndCertificatesBelongTogether()
{
    const QString key = KeyKinds::text("rsa, PKCS#8"), certificate = KeyKinds::text("certificate");
    const KeyKinds::Chain &chain = KeyKinds::chain();
    QCOMPARE(belongTogether(key, certificate), true);
    QCOMPARE(belongTogether(KeyKinds::text("P-256, SEC1"), KeyKinds::text("certificate of P-256")), true);
    QCOMPARE(belongTogether(key, chain.leaf), false);
    QCOMPARE(belongTogether(KeyKinds::text("P-384"), chain.leaf), false);
    QCOMPARE(belongTogether(KeyKinds::text("encrypted PKCS#8"), certificate), std::nullopt);
    QCOMPARE(belongTogether(certificate, key), std::nullopt);
    QCOMPARE(belongTogether(QString(), certificate), std::nullopt);

    const auto paired = [&](const QString &certificates) {
        return pairing(readPem(chain.key), readPem(certificates));
    };
    QCOMPARE(paired(chain.leaf + chain.intermediate), Pairing::Match);
    QCOMPARE(paired(chain.intermediate + chain.leaf), Pairing::LaterCertificate);
    QCOMPARE(paired(chain.intermediate + chain.root), Pairing::Mismatch);
    QCOMPARE(paired(u"nothing"_s), Pairing::Unknown);
}

void KeyMaterialTest::oneKeyInAnyFormat()
{
    QCOMPARE(readPem(KeyKinds::text("rsa, PKCS#1")).blocks[0].publicKey,
             readPem(KeyKinds::text("rsa, PKCS#8")).blocks[0].publicKey);
    QCOMPARE(readPem(KeyKinds::text("public key")).blocks[0].publicKey,
             readPem(KeyKinds::text("public key, PKCS#1")).blocks[0].publicKey);
    QCOMPARE(readPem(KeyKinds::text("certificate request")).blocks[0].publicKey,
             readPem(KeyKinds::text("rsa, PKCS#8")).blocks[0].publicKey);
}

void KeyMaterialTest::chainsHaveAnOrder()
{
    const KeyKinds::Chain &chain = KeyKinds::chain();
    const QString right = chain.leaf + chain.intermediate + chain.root;
    for (const QString &inOrder : {chain.leaf, QString(chain.leaf + chain.intermediate), right, QString()}) {
        QCOMPARE(chainOrder(readPem(inOrder)), ChainOrder::InOrder);
        QVERIFY(chainIsInOrder(inOrder));
        QCOMPARE(orderedChain(inOrder), std::nullopt);
    }
    for (const QString &wrong : {QString(chain.root + chain.intermediate + chain.leaf),
                                 QString(chain.intermediate + chain.leaf + chain.root),
                                 QString(chain.leaf + chain.root + chain.intermediate)}) {
        QCOMPARE(chainOrder(readPem(wrong)), ChainOrder::OutOfOrder);
        QVERIFY(!chainIsInOrder(wrong));
        QCOMPARE(orderedChain(wrong), right);
    }
    const QString authorities = chain.root % KeyKinds::text("certificate of P-256");
    QCOMPARE(chainOrder(readPem(authorities)), ChainOrder::Unrelated);
    QCOMPARE(orderedChain(authorities), std::nullopt);
    QCOMPARE(chainOrder(readPem(QString(chain.leaf % chain.root))), ChainOrder::Unrelated);
    QCOMPARE(orderedChain(QString(chain.root + chain.intermediate + chain.leaf + chain.key)), std::nullopt);
}

void KeyMaterialTest::validity_data()
{
    QTest::addColumn<qint64>("secondsAfterStart");
    QTest::addColumn<Validity>("validity");
    constexpr qint64 day = 24 * 60 * 60;
    QTest::newRow("a second before") << qint64(-1) << Validity::NotYetValid;
    QTest::newRow("the first second") << qint64(0) << Validity::Valid;
    QTest::newRow("31 days are left") << 60 * day << Validity::Valid;
    QTest::newRow("30 days are left") << 61 * day << Validity::Valid;
    QTest::newRow("a second less") << 61 * day + 1 << Validity::ExpiresSoon;
    QTest::newRow("the last second") << 91 * day << Validity::ExpiresSoon;
    QTest::newRow("a second after") << 91 * day + 1 << Validity::Expired;
}

void KeyMaterialTest::validity()
{
    QFETCH(qint64, secondsAfterStart);
    const PemText pem = readPem(KeyKinds::certificate({.days = 90, .startsInDays = -1}));
    const PemBlock &certificate = pem.blocks[0];
    QVERIFY(certificate.notBefore.isValid());
    QVERIFY(qAbs(certificate.notBefore.secsTo(QDateTime::currentDateTimeUtc()) - 24 * 60 * 60) < 60 * 60);
    QTEST(KeyMaterial::validity(certificate, certificate.notBefore.addSecs(secondsAfterStart)), "validity");
}

void KeyMaterialTest::weakOnes()
{
    QVERIFY(readPem(KeyKinds::rsaKey(1024)).blocks[0].isWeakKey);
    QVERIFY(!readPem(KeyKinds::rsaKey(2048)).blocks[0].isWeakKey);
    QVERIFY(readPem(KeyKinds::ecKey("secp192k1")).blocks[0].isWeakKey);
    QVERIFY(!readPem(KeyKinds::ecKey("P-256")).blocks[0].isWeakKey);
    QVERIFY(readPem(KeyKinds::certificate({.isSha1 = true})).blocks[0].isWeakSignature);
    QCOMPARE(readPem(KeyKinds::certificate({.isSha1 = true})).blocks[0].signatureDigest, "SHA1");
    QVERIFY(!readPem(KeyKinds::certificate({})).blocks[0].isWeakSignature);
    // Nobody checks the signature of a certificate by itself.
    const PemText own = readPem(KeyKinds::certificate({.isSha1 = true, .isSelfSigned = true}));
    QVERIFY(own.blocks[0].isSelfSigned);
    QVERIFY(!own.blocks[0].isWeakSignature);
    QVERIFY(readPem(KeyKinds::chain().root).blocks[0].isAuthority);
    QVERIFY(!readPem(KeyKinds::chain().leaf).blocks[0].isAuthority);
}

void KeyMaterialTest::jwtKeysFit_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QString>("key");
    QTest::addColumn<Fit>("fit");
    const auto row = [](const char *algorithm, const char *what, const QString &key, Fit fit) {
        QTest::addRow("%s, %s", algorithm, what) << QString::fromLatin1(algorithm) << key << fit;
    };
    const QString rsa = KeyKinds::text("rsa, PKCS#8"), p256 = KeyKinds::text("P-256, SEC1");
    for (const char *algorithm : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}) {
        row(algorithm, "RSA", rsa, Fit::Fits);
        row(algorithm, "P-256", p256, Fit::WrongAlgorithm);
        row(algorithm, "1024 bits", KeyKinds::rsaKey(1024), Fit::TooSmall);
    }
    row("RS256", "RSA-PSS", KeyKinds::text("rsa-pss"), Fit::WrongAlgorithm);
    row("PS256", "RSA-PSS", KeyKinds::text("rsa-pss"), Fit::Fits);
    row("RS256", "line breaks lost", rsa.simplified(), Fit::Fits);
    row("RS256", "certificate", KeyKinds::text("certificate"), Fit::PublicKey);
    row("RS256", "public key", KeyKinds::text("public key"), Fit::PublicKey);
    row("RS256", "encrypted", KeyKinds::text("encrypted PKCS#8"), Fit::Encrypted);
    row("RS256", "legacy encrypted", KeyKinds::text("legacy AES-256"), Fit::Encrypted);
    row("RS256", "a secret", u"secret"_s, Fit::NotAKey);
    row("RS256", "cut", rsa.left(900), Fit::Unreadable);
    row("ES256", "P-256", p256, Fit::Fits);
    row("ES384", "P-384", KeyKinds::text("P-384"), Fit::Fits);
    row("ES512", "P-521", KeyKinds::text("P-521"), Fit::Fits);
    row("ES256K", "secp256k1", KeyKinds::text("secp256k1"), Fit::Fits);
    row("ES384", "P-256", p256, Fit::WrongCurve);
    row("ES256", "secp256k1", KeyKinds::text("secp256k1"), Fit::WrongCurve);
    row("ES256", "RSA", rsa, Fit::WrongAlgorithm);
    row("ES256", "Ed25519", KeyKinds::text("Ed25519"), Fit::WrongAlgorithm);
    row("EdDSA", "Ed25519", KeyKinds::text("Ed25519"), Fit::Fits);
    row("HS256", "PEM", rsa, Fit::KeyAsSecret);
    row("HS256", "public key", KeyKinds::text("public key"), Fit::KeyAsSecret);
    row("HS256", "31 bytes", QString(31, u'x'), Fit::SecretTooShort);
    row("HS256", "32 bytes", QString(32, u'x'), Fit::Fits);
    row("HS256", "32 bytes of 16 letters", QString(16, u'ä'), Fit::Fits);
    row("HS384", "47 bytes", QString(47, u'x'), Fit::SecretTooShort);
    row("HS512", "64 bytes", QString(64, u'x'), Fit::Fits);
    row("XY256", "a secret", u"secret"_s, Fit::Unknown);
}

void KeyMaterialTest::jwtKeysFit()
{
    QFETCH(QString, algorithm);
    QFETCH(QString, key);
    QTEST(jwtKeyFit(algorithm, key), "fit");
    QCOMPARE(leastSecretBytes(algorithm) > 0, algorithm.startsWith("HS"_L1));
}

void KeyMaterialTest::serviceAccounts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Account::Kind>("kind");
    QTest::addColumn<bool>("isComplete");
    const QString key = escaped(KeyKinds::text("rsa, PKCS#8")), email = u"a@p.iam.gserviceaccount.com"_s;
    const QString right = accountJson(u"service_account"_s, email, key);
    const auto row = [](const char *name, const QString &text, Account::Kind kind, bool isComplete = false) {
        QTest::newRow(name) << text << kind << isComplete;
    };
    row("right", right, Account::Kind::ServiceAccount, true);
    row("in one line", right.simplified(), Account::Kind::ServiceAccount, true);
    row("no type", QString(right).remove("  \"type\": \"service_account\",\n"_L1),
        Account::Kind::ServiceAccount);
    row("no address", accountJson(u"service_account"_s, {}, key), Account::Kind::ServiceAccount);
    row("no key", accountJson(u"service_account"_s, email, {}), Account::Kind::ServiceAccount);
    row("a cut key", accountJson(u"service_account"_s, email, key.left(900)), Account::Kind::ServiceAccount);
    row("an encrypted key",
        accountJson(u"service_account"_s, email, escaped(KeyKinds::text("encrypted PKCS#8"))),
        Account::Kind::ServiceAccount);
    row("a JSON text of it",
        QString(u'"' %
                QString(right).replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1).replace(u'\n', "\\n"_L1) %
                u'"'),
        Account::Kind::ServiceAccount, true);
    row("base64 of it", QString::fromLatin1(right.toUtf8().toBase64()), Account::Kind::ServiceAccount, true);
    row("{\"a\":1}", u"{\"a\":1}"_s, Account::Kind::OtherJson);
    row("an array", u"[1]"_s, Account::Kind::OtherJson);
    row("gcloud's", u"{\"type\":\"authorized_user\",\"refresh_token\":\"x\"}"_s,
        Account::Kind::AuthorizedUser);
    row("OAuth", u"{\"installed\":{\"client_id\":\"x\"}}"_s, Account::Kind::OAuthClient);
    row("OAuth of a site", u"{\"web\":{\"client_id\":\"x\"}}"_s, Account::Kind::OAuthClient);
    row("federation", u"{\"type\":\"external_account\"}"_s, Account::Kind::ExternalAccount);
    row("impersonation", u"{\"type\":\"impersonated_service_account\"}"_s, Account::Kind::Impersonated);
    row("google-services.json", u"{\"project_info\":{}}"_s, Account::Kind::FirebaseConfig);
    row("PEM", KeyKinds::text("rsa, PKCS#8"), Account::Kind::Pem);
    row("an API key", QString("AIza"_L1 % QString(35, u'x')), Account::Kind::ApiKey);
    row("cut", right.left(400), Account::Kind::CutJson);
    row("words", u"my key"_s, Account::Kind::NotJson);
}

void KeyMaterialTest::serviceAccounts()
{
    QFETCH(QString, text);
    QFETCH(bool, isComplete);
    const ServiceAccountKey account = serviceAccountKey(text);
    QTEST(account.kind, "kind");
    QCOMPARE(account.isComplete(), isComplete);
    if (isComplete) {
        QVERIFY(account.isServiceAccountEmail);
        QCOMPARE(account.privateKeyAlgorithm, Algorithm::Rsa);
        QCOMPARE(account.privateKeyDamage, PemDamages());
    }
}

void KeyMaterialTest::errorsOfOthersStay()
{
    ERR_clear_error();
    ERR_raise(ERR_LIB_USER, 1);
    const unsigned long others = ERR_peek_last_error();
    (void)readPem(u"-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n"_s);
    (void)restoredPem(KeyKinds::text("certificate").simplified());
    (void)findPrivateKey(QString("see MIIE"_L1 % randomText(2000, base64Characters)));
    (void)jwtKeyFit(u"RS256", KeyKinds::text("legacy 3DES"));
    QCOMPARE(ERR_peek_last_error(), others);
    QCOMPARE(ERR_get_error(), others);
    QCOMPARE(ERR_get_error(), 0UL);
}

void KeyMaterialTest::anyThread()
{
    const QString key = KeyKinds::text("rsa, PKCS#1"), certificate = KeyKinds::text("certificate");
    std::atomic<int> right = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([&] {
            for (int round = 0; round < 50; ++round)
                right += belongTogether(key, certificate) == true && restoredPem(key.simplified()) == key;
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        thread->wait();
    QCOMPARE(right.load(), 200);
}

void KeyMaterialTest::longTextsAreFast_data()
{
    QTest::addColumn<QString>("text");
    constexpr qsizetype size = 64'000;
    const auto repeated = [](const QString &text) {
        return text.repeated(size / text.size() + 1).left(size);
    };
    QTest::newRow("-----BEGIN ") << repeated(u"-----BEGIN "_s);
    QTest::newRow("BEGIN lines") << repeated(u"-----BEGIN PRIVATE KEY-----\n"_s);
    QTest::newRow("END lines") << repeated(u"-----END CERTIFICATE-----\n"_s);
    QTest::newRow("BEGIN lines with something")
        << repeated(QString("-----BEGIN PRIVATE KEY-----\n"_L1 % QString(64, u'M') % u'\n'));
    QTest::newRow("one BEGIN, base64")
        << QString("-----BEGIN PRIVATE KEY-----\n"_L1 % randomText(size, base64Characters));
    QTest::newRow("base64") << randomText(size, base64Characters);
    QTest::newRow("MII words") << repeated(u"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj "_s);
    QTest::newRow("random text") << randomText(size, u"abcdefghij klmnopqrst UVWXYZ\n\t.,:;ÄÖÜ–—“”-_/\\{}\"");
    QTest::newRow("30") << repeated(u"30 2e02 01"_s);
    QTest::newRow("backslashes") << QString(size, u'\\');
    QTest::newRow("dashes") << QString(size, u'-');
    QTest::newRow("quotes") << repeated(u"\"-----BEGIN PRIVATE KEY-----\" "_s);
    QTest::newRow("kty") << repeated(u"{\"kty\":"_s);
    QTest::newRow("braces, kty") << QString(QString(size, u'{') % "\"kty\""_L1);
    QTest::newRow("DEK-Info") << repeated(u"DEK-Info: AES-128-CBC,00 ENCRYPTED "_s);
    QTest::newRow("LS0tLS1CRUdJTi") << repeated(u"LS0tLS1CRUdJTi"_s);
    QTest::newRow("b3BlbnNzaC1rZXktdjE") << repeated(u"b3BlbnNzaC1rZXktdjEAAAAA "_s);
    QTest::newRow("certificates") << repeated(KeyKinds::text("certificate"));
    QTest::newRow("a key and blanks") << QString(KeyKinds::text("rsa, PKCS#8") % QString(size, u' '));
    QTest::newRow("a key of the usual size") << KeyKinds::text("rsa, PKCS#8");
}

void KeyMaterialTest::longTextsAreFast()
{
    QFETCH(QString, text);
    (void)holdsPrivateKey(KeyKinds::text("rsa, PKCS#8")); // what OpenSSL does the first time only
    const auto milliseconds = [&](auto function) {
        qint64 least = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 5; ++i) {
            QElapsedTimer timer;
            timer.start();
            function();
            least = std::min(least, timer.nsecsElapsed());
        }
        return double(least) / 1e6;
    };
    const double reading = milliseconds([&] { (void)readPem(text); });
    const double restoring = milliseconds([&] { (void)restoredPem(text); });
    const double finding = milliseconds([&] { (void)holdsPrivateKey(text); });
    qInfo("%.2f ms read, %.2f ms restored, %.2f ms looked for a private key", reading, restoring, finding);
    // Wide, as other tests run beside this one: what is quadratic takes seconds.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
    constexpr double bound = 100;
#else
    constexpr double bound = 1000;
#endif
    QVERIFY(reading < bound && restoring < 2 * bound && finding < 2 * bound);
}

QTEST_GUILESS_MAIN(KeyMaterialTest)
#include "keymaterialtest.moc"

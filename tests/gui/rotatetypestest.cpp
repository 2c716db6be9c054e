// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/editdialogdriver.h"
#include "gui/formsteps.h"
#include "support/keykinds.h"
#include "support/schemacheck.h"

#include <QSet>

using namespace Qt::StringLiterals;
using How = Step::How;

/// Gives a credential of each type a new key through the dialog, and compares what went over the wire with a
/// body that was written by hand from the API's documentation.
class RotateTypesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBodyIsThatOfTheDocumentation_data();
    void theBodyIsThatOfTheDocumentation();
    void theOldKeyIsRefused_data();
    void theOldKeyIsRefused();
    void theOldCertificateIsKnownHoweverItIsWritten_data();
    void theOldCertificateIsKnownHoweverItIsWritten();
    void whatCantBeReadIsNotTakenForTheOldKey();
    void aKeptSecretIsNoNewOne_data();
    void aKeptSecretIsNoNewOne();

private:
    /// A value of a hand-written body.
    static QString rotated(const QString &name, QLatin1StringView key);
};

QString RotateTypesTest::rotated(const QString &name, QLatin1StringView key)
{
    const QJsonObject body = EditDialogDriver::fixture(u"rotated"_s, name);
    return body.begin()->toObject()[key].toString();
}

void RotateTypesTest::theBodyIsThatOfTheDocumentation_data()
{
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QStringList>("fields");
    QTest::addColumn<Steps>("steps");
    const auto add = [](const char *name, const QString &shown, const QStringList &fields,
                        const Steps &steps) { QTest::newRow(name) << shown << fields << steps; };
    /// A secret that is all there is to a new key.
    const auto addSecret = [&](const char *name, const QString &field, QLatin1StringView key, How how) {
        const QString shown = QString::fromLatin1(name);
        add(name, shown, {field}, {{how, field, rotated(shown, key)}});
    };

    add("aws", u"aws"_s, {u"Access key ID"_s, u"Secret access key"_s},
        {{How::Type, u"Access key ID"_s, u"AKIAI44QH8DHBEXAMPLE"_s},
         {How::Paste, u"Secret access key"_s, u"je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"_s}});
    addSecret("azure", u"Account key"_s, "accountKey"_L1, How::Paste);
    addSecret("gcp", u"Service account key"_s, "keyJson"_L1, How::Paste);
    addSecret("http-header", u"Secret value"_s, "secretValue"_L1, How::Type);
    addSecret("http-queryparam", u"Secret value"_s, "secretValue"_L1, How::Type);
    add("http-basicauth", u"http-basicauth"_s, {u"Public value"_s, u"Secret value"_s},
        {{How::Type, u"Public value"_s, u"grace"_s}, {How::Paste, u"Secret value"_s, u"пароль"_s}});
    add("http-clientcertificate", u"http-clientcertificate"_s, {u"Public value"_s, u"Secret value"_s},
        {{How::Paste, u"Public value"_s, rotated(u"http-clientcertificate"_s, "publicValue"_L1)},
         {How::Paste, u"Secret value"_s, rotated(u"http-clientcertificate"_s, "secretValue"_L1)}});
    addSecret("sendgrid", u"API key"_s, "apiKey"_L1, How::Type);
    add("twilio", u"twilio"_s, {u"API key SID"_s, u"API key secret"_s},
        {{How::Type, u"API key SID"_s, u"SKb1c2d3e4f5061728394a5b6c7d8e9f22"_s},
         {How::Type, u"API key secret"_s, u"aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF"_s}});
    addSecret("loggly", u"Customer token"_s, "customerToken"_L1, How::Type);
    addSecret("jwt-shared", u"Secret"_s, "secret"_L1, How::Type);
    addSecret("jwt-key", u"Secret"_s, "secret"_L1, How::Paste);
    addSecret("whatsapp", u"Access token"_s, "accessToken"_L1, How::Type);
    add("sql", u"sql"_s, {u"Username"_s, u"Password"_s},
        {{How::Type, u"Username"_s, u"reader2"_s}, {How::Type, u"Password"_s, u"s3cret  pass"_s}});
    addSecret("mongodb", u"Connection URI"_s, "connectionUri"_L1, How::Type);
    addSecret("mailgun", u"API key"_s, "apiKey"_L1, How::Type);
    add("snowflake", u"snowflake"_s, {u"Generate a private key"_s, u"Private key"_s},
        {{How::Paste, u"Private key"_s, rotated(u"snowflake"_s, "privateKey"_L1)}});
    add("snowflake-generated", u"snowflake"_s, {u"Generate a private key"_s, u"Private key"_s},
        {{How::Toggle, u"Generate a private key"_s}});
    add("git-sshkey", u"git-sshkey"_s, {u"Generate a private key"_s, u"Secret value"_s},
        {{How::Paste, u"Secret value"_s, rotated(u"git-sshkey"_s, "secretValue"_L1)}});
    add("git-generated", u"git-sshkey"_s, {u"Generate a private key"_s, u"Secret value"_s},
        {{How::Toggle, u"Generate a private key"_s}});
    add("git-httppassword", u"git-httppassword"_s, {u"Username"_s, u"Secret value"_s},
        {{How::Type, u"Secret value"_s, rotated(u"git-httppassword"_s, "secretValue"_L1)}});
    addSecret("datadog", u"API key"_s, "secretValue"_L1, How::Type);
    add("certificatekeypair", u"certificatekeypair"_s, {u"Certificate"_s, u"Private key"_s},
        {{How::Paste, u"Certificate"_s, rotated(u"certificatekeypair"_s, "certificate"_L1)},
         {How::Paste, u"Private key"_s, rotated(u"certificatekeypair"_s, "privateKey"_L1)}});
}

void RotateTypesTest::theBodyIsThatOfTheDocumentation()
{
    QFETCH(QString, shown);
    QFETCH(QStringList, fields);
    QFETCH(Steps, steps);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    EditDialogDriver driver;
    driver.setShown(shown);
    driver.open(true);

    const CredentialType &type = *findCredentialType(driver.credential["type"_L1].toString());
    QSet<QString> asked;
    for (const CredentialField &field : type.fields) {
        if (driver.find(translated(field.label)))
            asked += translated(field.label);
    }
    QCOMPARE(asked, QSet<QString>(fields.begin(), fields.end()));
    for (const QString &field : {u"Name"_s, u"Description"_s, u"Enabled"_s})
        QVERIFY(!driver.find(field));

    take(driver, steps);
    driver.click(u"Rotate"_s);
    QTRY_COMPARE(driver.changed->count(), 1);
    QCOMPARE(driver.patches(), (std::vector{EditDialogDriver::fixture(u"rotated"_s, name)}));
    if (haveSchemas()) {
        const QByteArray body = QJsonDocument(driver.patches().front()).toJson();
        QCOMPARE(schemaProblem(u"credentialPatch"_s, body), QString());
    }
    if (name.endsWith("-generated"_L1)) {
        QTRY_COMPARE(driver.text(u"Public key"_s), u"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 new"_s);
        driver.click(u"Done"_s);
    }
    QTRY_COMPARE(driver.dialog->result(), int(QDialog::Accepted));
    for (const SecretEdit *edit : driver.dialog->findChildren<SecretEdit *>())
        QVERIFY(edit->text().isEmpty());
}

void RotateTypesTest::theOldKeyIsRefused_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("old");
    QTest::addColumn<QString>("fresh");
    QTest::newRow("aws") << u"Access key ID"_s << u"AKIAIOSFODNN7EXAMPLE"_s << u"AKIAI44QH8DHBEXAMPLE"_s;
    QTest::newRow("twilio") << u"API key SID"_s << u"SKb1c2d3e4f5061728394a5b6c7d8e9f00"_s
                            << u"SKb1c2d3e4f5061728394a5b6c7d8e9f22"_s;
    const QString fresh = rotated(u"gcp"_s, "keyJson"_L1);
    QTest::newRow("gcp") << u"Service account key"_s << QString(fresh).replace(u"4e5f6a7b"_s, u"0a1b2c3d"_s)
                         << fresh;
    for (const auto &[name, field] : {std::pair("certificatekeypair", u"Certificate"_s),
                                      std::pair("http-clientcertificate", u"Public value"_s)}) {
        const QString shown = QString::fromLatin1(name);
        const QJsonObject credential = EditDialogDriver::fixture(u"shown"_s, shown);
        const QJsonObject config = credential[credential["type"_L1].toString() + "Config"_L1].toObject();
        const QString key = shown == "certificatekeypair"_L1 ? u"certificate"_s : u"publicValue"_s;
        const QByteArray latin = key.toLatin1();
        QTest::newRow(name) << field << config[key].toString() << rotated(shown, QLatin1StringView(latin));
    }
}

void RotateTypesTest::theOldKeyIsRefused()
{
    QFETCH(QString, field);
    QFETCH(QString, old);
    QFETCH(QString, fresh);
    EditDialogDriver driver;
    driver.setShown(QString::fromLatin1(QTest::currentDataTag()));
    driver.open(true);
    driver.paste(field, old);
    driver.click(u"Rotate"_s);
    QTRY_VERIFY(driver.problem(field).contains(u"already"_s));
    QVERIFY(driver.errorMessage().startsWith(u"Not saved yet"_s));
    driver.paste(field, fresh);
    QTRY_VERIFY(!driver.problem(field).contains(u"already"_s));
    QVERIFY(driver.patches().empty());
}

void RotateTypesTest::theOldCertificateIsKnownHoweverItIsWritten_data()
{
    QTest::addColumn<QString>("pasted");
    const QString pem =
        EditDialogDriver::fixture(u"shown"_s,
                                  u"certificatekeypair"_s)["certificateKeyPairConfig"_L1]["certificate"_L1]
            .toString();
    QTest::newRow("CRLF") << QString(pem).replace(u'\n', u"\r\n"_s);
    QTest::newRow("blanks around") << u"  \n"_s + pem + u"\n\n  "_s;
    QTest::newRow("indented") << QString(pem).replace(u'\n', u"\n    "_s);
    QTest::newRow("escaped") << QString(pem).replace(u'\n', u"\\n"_s);
    QTest::newRow("one line") << QString(pem).replace(u'\n', u' ');
    QTest::newRow("quoted") << u'"' + QString(pem).replace(u'\n', u"\\n"_s) + u'"';
    QTest::newRow("words before") << u"subject=CN = test\n"_s + pem;
    QTest::newRow("with its chain") << pem + KeyKinds::chain().intermediate;
}

void RotateTypesTest::theOldCertificateIsKnownHoweverItIsWritten()
{
    QFETCH(QString, pasted);
    EditDialogDriver driver;
    driver.setShown(u"certificatekeypair"_s);
    driver.open(true);
    driver.paste(u"Certificate"_s, pasted);
    driver.click(u"Rotate"_s);
    QTRY_VERIFY2(driver.problem(u"Certificate"_s).contains(u"already"_s),
                 qPrintable(driver.problem(u"Certificate"_s)));
    QVERIFY(driver.patches().empty());
}

void RotateTypesTest::whatCantBeReadIsNotTakenForTheOldKey()
{
    const auto broken = [](const QString &text) -> QString {
        return u"-----BEGIN CERTIFICATE-----\n"_s + text + u"\n-----END CERTIFICATE-----\n"_s;
    };
    EditDialogDriver driver;
    driver.setShown(u"certificatekeypair"_s);
    driver.setConfig(u"certificate"_s, broken(u"MIIBszCCAVmgAwIBAgIU"_s));
    driver.open(true);
    driver.paste(u"Certificate"_s, broken(u"MIIBszCCAVmgAwIBAgIV"_s));
    driver.paste(u"Private key"_s, rotated(u"certificatekeypair"_s, "privateKey"_L1));
    driver.click(u"Rotate"_s);
    QTRY_COMPARE(driver.changed->count(), 1);
}

void RotateTypesTest::aKeptSecretIsNoNewOne_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("wanted");
    const auto add = [](const char *shown, const QString &field, const QString &wanted) {
        QTest::newRow(shown) << field << wanted;
    };
    add("aws", u"Secret access key"_s, u"Enter the secret access key."_s);
    add("azure", u"Account key"_s, u"Enter the account key."_s);
    add("gcp", u"Service account key"_s, u"Paste the service account key, or open its file."_s);
    add("http-header", u"Secret value"_s, u"Enter the header value."_s);
    add("http-queryparam", u"Secret value"_s, u"Enter the parameter value."_s);
    add("http-basicauth", u"Secret value"_s, u"Enter the password."_s);
    add("http-clientcertificate", u"Secret value"_s, {});
    add("sendgrid", u"API key"_s, u"Enter the API key."_s);
    add("twilio", u"API key secret"_s, u"Enter the API key secret."_s);
    add("loggly", u"Customer token"_s, u"Enter the customer token."_s);
    add("jwt-shared", u"Secret"_s, u"Enter the secret."_s);
    add("jwt-key", u"Secret"_s, u"Paste the private key, or open its file."_s);
    add("whatsapp", u"Access token"_s, u"Enter the access token."_s);
    add("sql", u"Password"_s, u"Enter the password."_s);
    add("mongodb", u"Connection URI"_s, u"Enter the connection URI."_s);
    add("mailgun", u"API key"_s, u"Enter the API key."_s);
    add("snowflake", u"Private key"_s,
        u"Paste the private key, open its file, or let Losant generate one."_s);
    add("git-sshkey", u"Secret value"_s,
        u"Paste the private key, open its file, or let Losant generate one."_s);
    add("git-httppassword", u"Secret value"_s, u"Enter the password."_s);
    add("datadog", u"API key"_s, u"Enter the API key."_s);
    add("certificatekeypair", u"Private key"_s, u"Paste the private key, or open its file."_s);
}

void RotateTypesTest::aKeptSecretIsNoNewOne()
{
    QFETCH(QString, field);
    QFETCH(QString, wanted);
    EditDialogDriver driver;
    driver.setShown(QString::fromLatin1(QTest::currentDataTag()));
    driver.open(true);
    const auto *secret = driver.part<SecretEdit>(field);
    QVERIFY(secret->placeholderText() != u"Unchanged"_s);
    QVERIFY(!secret->accessibleDescription().contains(u"Kept as it is"_s));
    driver.click(u"Rotate"_s);
    QTRY_VERIFY(!driver.problem(field).isEmpty());
    if (!wanted.isEmpty())
        QCOMPARE(driver.problem(field), wanted);
    QVERIFY(driver.patches().empty());
}

QTEST_MAIN(RotateTypesTest)
#include "rotatetypestest.moc"

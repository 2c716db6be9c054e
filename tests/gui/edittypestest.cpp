// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/editdialogdriver.h"
#include "gui/formsteps.h"
#include "support/schemacheck.h"

#include <QSet>

using namespace Qt::StringLiterals;
using How = Step::How;

/// Edits a credential of each type through the dialog, without its secret, and compares what went over the
/// wire with a body that was written by hand from the API's documentation.
class EditTypesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBodyIsThatOfTheDocumentation_data();
    void theBodyIsThatOfTheDocumentation();
    void whatIsOptionalIsCleared_data();
    void whatIsOptionalIsCleared();
    void whatThePlatformWantsIsAskedFor_data();
    void whatThePlatformWantsIsAskedFor();
    void everySecretIsSaidToBeKept_data();
    void everySecretIsSaidToBeKept();
    void aSecretOfAnotherKindIsAskedFor_data();
    void aSecretOfAnotherKindIsAskedFor();
    void aGeneratedKeyIsNotAskedForUnlessChosen();

private:
    /// Opens the dialog for a credential that the server shows so, does the steps, saves, and returns what
    /// was sent of it. Empty if not exactly one change was sent and taken.
    static QJsonObject sent(EditDialogDriver &driver, const Steps &steps);
};

QJsonObject EditTypesTest::sent(EditDialogDriver &driver, const Steps &steps)
{
    driver.open();
    take(driver, steps);
    driver.click(u"Save"_s);
    if (!QTest::qWaitFor([&] { return driver.changed->count() == 1 && !driver.dialog->isVisible(); }))
        qWarning().noquote() << driver.errorMessage();
    if (driver.patches().size() != 1 || driver.changed->count() != 1)
        return {};
    if (haveSchemas()) {
        const QByteArray body = QJsonDocument(driver.patches().front()).toJson();
        if (const QString problem = schemaProblem(u"credentialPatch"_s, body); !problem.isEmpty()) {
            qWarning().noquote() << problem;
            return {};
        }
    }
    return driver.patches().front();
}

void EditTypesTest::theBodyIsThatOfTheDocumentation_data()
{
    QTest::addColumn<Steps>("steps");
    const Steps description{{How::Type, u"Description"_s, u"Ask Grace"_s}};

    QTest::newRow("aws") << Steps{{How::Type, u"Region"_s, u"eu-west-1"_s}};
    QTest::newRow("azure") << Steps{{How::Type, u"Account"_s, u"plantarchive"_s}};
    QTest::newRow("gcp") << description;
    QTest::newRow("http-header") << Steps{{How::Type, u"Public value"_s, u"X-Plant-Key"_s}};
    QTest::newRow("http-queryparam") << Steps{{How::Type, u"URI match"_s, u"https://api.example.com:9443"_s}};
    QTest::newRow("http-basicauth") << Steps{{How::Type, u"Public value"_s, u"grace"_s}};
    QTest::newRow("http-clientcertificate")
        << Steps{{How::Type, u"URI match"_s, u"https://gw2.example.com"_s}};
    QTest::newRow("sendgrid") << description;
    QTest::newRow("twilio") << Steps{{How::Type, u"Account SID"_s, u"ACb1c2d3e4f5061728394a5b6c7d8e9f11"_s}};
    QTest::newRow("loggly") << description;
    QTest::newRow("jwt-shared") << Steps{{How::Choose, u"Algorithm"_s, u"HS256"_s}};
    QTest::newRow("jwt-key") << Steps{{How::Type, u"Issuer"_s, u"https://auth.example.com/"_s}};
    QTest::newRow("whatsapp") << Steps{{How::Type, u"From number ID"_s, u"106540352242933"_s}};
    QTest::newRow("sql") << Steps{{How::Choose, u"System"_s, u"MySQL"_s}, {How::Type, u"Port"_s, u"3307"_s}};
    QTest::newRow("mongodb") << description;
    QTest::newRow("mailgun") << description;
    QTest::newRow("snowflake") << Steps{{How::Type, u"Username"_s, u"LOSANT"_s}};
    QTest::newRow("git-sshkey") << Steps{{How::Type, u"Committer name"_s, u"Acme bot"_s}};
    QTest::newRow("git-httppassword")
        << Steps{{How::Type, u"Clone URL"_s, u"https://github.com/acme/plant.git"_s}};
    QTest::newRow("datadog") << Steps{{How::Type, u"Site"_s, u"datadoghq.com"_s}};
    QTest::newRow("certificatekeypair") << Steps{{How::Toggle, u"Store as cert authority"_s}};
}

void EditTypesTest::theBodyIsThatOfTheDocumentation()
{
    QFETCH(Steps, steps);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    EditDialogDriver driver;
    driver.setShown(name);
    if (haveSchemas())
        QCOMPARE(schemaProblem(u"credential"_s, QJsonDocument(driver.credential).toJson()), QString());

    const QJsonObject body = sent(driver, steps);

    QCOMPARE(body, EditDialogDriver::fixture(u"edited"_s, name));
    for (const RecordedRequest &request : driver.server.requests()) {
        const QString path = u"/applications/"_s + EditDialogDriver::applicationId() + u"/credentials/"_s +
                             EditDialogDriver::credentialId();
        QCOMPARE(QString::fromLatin1(request.path()), path);
        for (const QString &key : driver.secretKeys)
            QVERIFY2(!QString::fromUtf8(request.body).contains(u'"' + key + u'"'), qPrintable(key));
    }
    if (name == "sql"_L1) { // the last row, nearly: all types were there
        QSet<QString> types;
        for (const QString &each : EditDialogDriver::fixtureNames(u"shown"_s))
            types += EditDialogDriver::fixture(u"shown"_s, each)["type"_L1].toString();
        QCOMPARE(types.size(), qsizetype(credentialTypes().size()));
    }
}

void EditTypesTest::whatIsOptionalIsCleared_data()
{
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("cleared");
    QTest::addColumn<Step>("step");
    const auto add = [](const QString &shown, const QString &key, const QJsonValue &cleared,
                        const Step &step) {
        QTest::addRow("%s of %s", qPrintable(key), qPrintable(shown)) << shown << key << cleared << step;
    };
    const QJsonValue empty{QString()};
    add(u"azure"_s, u"account"_s, empty, {How::Clear, u"Account"_s});
    for (const QString &shown : {u"http-header"_s, u"http-queryparam"_s, u"http-basicauth"_s})
        add(shown, u"publicValue"_s, empty, {How::Clear, u"Public value"_s});
    add(u"jwt-shared"_s, u"issuer"_s, empty, {How::Clear, u"Issuer"_s});
    add(u"sql"_s, u"port"_s, QJsonValue::Null, {How::Clear, u"Port"_s});
    add(u"sql"_s, u"caCertificate"_s, empty, {How::Clear, u"CA certificate"_s});
    add(u"sql"_s, u"secureConnection"_s, false, {How::Toggle, u"Secure connection"_s});
    add(u"sql"_s, u"disableSSLVerification"_s, false, {How::Toggle, u"Disable SSL verification"_s});
    add(u"git-sshkey"_s, u"username"_s, empty, {How::Clear, u"Username"_s});
    add(u"git-sshkey"_s, u"committerName"_s, empty, {How::Clear, u"Committer name"_s});
    add(u"git-sshkey"_s, u"committerEmail"_s, empty, {How::Clear, u"Committer email"_s});
    add(u"git-httppassword"_s, u"username"_s, empty, {How::Clear, u"Username"_s});
    add(u"certificatekeypair"_s, u"storeAsCertAuthority"_s, false,
        {How::Toggle, u"Store as cert authority"_s});
}

void EditTypesTest::whatIsOptionalIsCleared()
{
    QFETCH(QString, shown);
    QFETCH(QString, key);
    QFETCH(QJsonValue, cleared);
    QFETCH(Step, step);
    EditDialogDriver driver;
    driver.setShown(shown);
    const QString configKey = driver.credential["type"_L1].toString() + "Config"_L1;
    QJsonObject config = driver.credential[configKey].toObject();
    config.remove(u"publicKey"_s);
    config.remove(u"info"_s);
    QVERIFY(config.contains(key));
    config[key] = cleared;

    QCOMPARE(sent(driver, {step}), (QJsonObject{{configKey, config}}));
}

void EditTypesTest::whatThePlatformWantsIsAskedFor_data()
{
    QTest::addColumn<QString>("field");
    for (const auto &[shown, field] : std::initializer_list<std::pair<const char *, QString>>{
             {"datadog", u"Site"_s},
             {"aws", u"Region"_s},
             {"http-clientcertificate", u"URI match"_s},
             {"twilio", u"Account SID"_s},
             {"whatsapp", u"From number ID"_s},
             {"sql", u"Host"_s},
             {"snowflake", u"Username"_s},
             {"git-sshkey", u"Clone URL"_s},
             {"certificatekeypair", u"Certificate"_s},
         })
        QTest::newRow(shown) << field;
}

void EditTypesTest::whatThePlatformWantsIsAskedFor()
{
    QFETCH(QString, field);
    EditDialogDriver driver;
    driver.setShown(QString::fromLatin1(QTest::currentDataTag()));
    driver.open();
    driver.clear(field);
    driver.click(u"Save"_s);
    QTRY_VERIFY(!driver.problem(field).isEmpty());
    QVERIFY(driver.errorMessage().startsWith(u"Not saved yet"_s));
    QCOMPARE(driver.server.requests().size(), 1U);
}

void EditTypesTest::everySecretIsSaidToBeKept_data()
{
    QTest::addColumn<QString>("field");
    const auto add = [](const char *shown, const QString &field) { QTest::newRow(shown) << field; };
    add("aws", u"Secret access key"_s);
    add("azure", u"Account key"_s);
    add("gcp", u"Service account key"_s);
    add("http-header", u"Secret value"_s);
    add("http-queryparam", u"Secret value"_s);
    add("http-basicauth", u"Secret value"_s);
    add("http-clientcertificate", u"Secret value"_s);
    add("sendgrid", u"API key"_s);
    add("twilio", u"API key secret"_s);
    add("loggly", u"Customer token"_s);
    add("jwt-shared", u"Secret"_s);
    add("jwt-key", u"Secret"_s);
    add("whatsapp", u"Access token"_s);
    add("sql", u"Password"_s);
    add("mongodb", u"Connection URI"_s);
    add("mailgun", u"API key"_s);
    add("snowflake", u"Private key"_s);
    add("git-sshkey", u"Secret value"_s);
    add("git-httppassword", u"Secret value"_s);
    add("datadog", u"API key"_s);
    add("certificatekeypair", u"Private key"_s);
}

void EditTypesTest::everySecretIsSaidToBeKept()
{
    QFETCH(QString, field);
    EditDialogDriver driver;
    driver.setShown(QString::fromLatin1(QTest::currentDataTag()));
    driver.open();
    int secrets = 0;
    for (const SecretEdit *edit : driver.dialog->findChildren<SecretEdit *>())
        secrets += edit->isVisible();
    QCOMPARE(secrets, 1);
    auto *secret = driver.part<SecretEdit>(field);
    QVERIFY(secret->text().isEmpty());
    QCOMPARE(secret->placeholderText(), u"Unchanged"_s);
    QVERIFY(secret->accessibleDescription().contains(u"Kept as it is"_s));

    driver.paste(field, u"x"_s);
    QVERIFY(!secret->accessibleDescription().contains(u"Kept as it is"_s));
    driver.clear(field);
    QVERIFY(secret->accessibleDescription().contains(u"Kept as it is"_s));
    QCOMPARE(driver.problem(field), QString());
}

void EditTypesTest::aSecretOfAnotherKindIsAskedFor_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("choice");
    QTest::addColumn<QString>("back");
    QTest::addColumn<QString>("secret");
    QTest::newRow("http-header") << u"Authentication method"_s << u"Client certificate"_s << u"Header"_s
                                 << u"Secret value"_s;
    QTest::newRow("http-clientcertificate") << u"Authentication method"_s << u"Basic authentication"_s
                                            << u"Client certificate"_s << u"Secret value"_s;
    QTest::newRow("git-sshkey") << u"Credential kind"_s << u"HTTP password"_s << u"SSH key"_s
                                << u"Secret value"_s;
    QTest::newRow("git-httppassword")
        << u"Credential kind"_s << u"SSH key"_s << u"HTTP password"_s << u"Secret value"_s;
    QTest::newRow("jwt-shared") << u"Algorithm"_s << u"RS256"_s << u"HS512"_s << u"Secret"_s;
    QTest::newRow("jwt-key") << u"Algorithm"_s << u"HS256"_s << u"RS256"_s << u"Secret"_s;
}

void EditTypesTest::aSecretOfAnotherKindIsAskedFor()
{
    QFETCH(QString, field);
    QFETCH(QString, choice);
    QFETCH(QString, back);
    QFETCH(QString, secret);
    EditDialogDriver driver;
    driver.setShown(QString::fromLatin1(QTest::currentDataTag()));
    driver.open();
    driver.choose(field, choice);
    QVERIFY(driver.part<SecretEdit>(secret)->placeholderText() != u"Unchanged"_s);
    QVERIFY(!driver.part(secret)->accessibleDescription().contains(u"Kept as it is"_s));
    driver.click(u"Save"_s);
    QTRY_VERIFY(!driver.problem(secret).isEmpty());
    QVERIFY(driver.patches().empty());
    driver.type(secret, u"typed and left behind"_s);

    driver.choose(field, back);
    QCOMPARE(driver.part<SecretEdit>(secret)->placeholderText(), u"Unchanged"_s);
    QVERIFY(driver.part(secret)->accessibleDescription().contains(u"Kept as it is"_s));
    QVERIFY(driver.problem(secret).isEmpty());
    QVERIFY(!driver.part(u"Save"_s)->isEnabled()); // nothing differs
    QVERIFY(driver.dialog->hasUnsavedWork());      // and yet something was typed
    driver.type(u"Name"_s, u"Another"_s);
    driver.click(u"Save"_s);
    QTRY_COMPARE(driver.changed->count(), 1);
    QCOMPARE(driver.patches(), (std::vector{QJsonObject{{u"name"_s, u"Another"_s}}}));
}

void EditTypesTest::aGeneratedKeyIsNotAskedForUnlessChosen()
{
    for (const QString &shown : {u"snowflake"_s, u"git-sshkey"_s}) {
        EditDialogDriver driver;
        driver.setShown(shown);
        driver.open();
        driver.toggle(u"Generate a private key"_s);
        driver.toggle(u"Generate a private key"_s);
        QVERIFY(!driver.part(u"Save"_s)->isEnabled());
        driver.type(u"Username"_s, u"another"_s);
        driver.click(u"Save"_s);
        QTRY_COMPARE(driver.changed->count(), 1);
        const QString configKey = driver.credential["type"_L1].toString() + "Config"_L1;
        QVERIFY(!driver.patches().front()[configKey].toObject().contains(u"generatePrivateKey"_s));
    }
}

QTEST_MAIN(EditTypesTest)
#include "edittypestest.moc"

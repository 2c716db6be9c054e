// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"
#include "support/holdsfor.h"
#include "support/keykinds.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QFontDatabase>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString credentials = u"Credentials"_s;
const QString pem = u"-----BEGIN CERTIFICATE-----\nMIIB\nszCC\n-----END CERTIFICATE-----\n"_s;
const QString leak = u"LEAKED-SECRET"_s;

} // namespace

/// What the pane beside the table says of the selected credential.
class DetailsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void nothingSelectedIsSaid();
    void aRowIsToldWithoutARequest();
    void theKeyboardSelectsTheNextRow();
    void configurationHasTheLabelsOfTheForm_data();
    void configurationHasTheLabelsOfTheForm();
    void choicesAndSwitchesAreWords();
    void pemAndJsonAreInAFixedWidth();
    void aSecretThatAServerSendsIsNeverShown_data();
    void aSecretThatAServerSendsIsNeverShown();
    void itSaysThatSecretsCantBeReadBack();
    void disabledIsSaidToFail();
    void theCreatorIsYouOrKindAndId_data();
    void theCreatorIsYouOrKindAndId();
    void itSaysWhenACertificateExpires_data();
    void itSaysWhenACertificateExpires();
    void aLargeCertificateIsReadInTheBackground();
    void idsCanBeCopied();
    void certificatesAndPublicKeysCanBeCopied();
    void theConfigurationIsCopiedForAWhile();
    void aSelectionInTheConfigurationIsCopiedForAWhile();
    void whatIsOnTheClipboardForAWhileGoesWithTheWindow();
    void thePaneFoldsAwayAndStaysAway();

private:
    void show(const QJsonObject &credential);
    void showAws();
    static bool isOnClipboardForAWhile();
    QPlainTextEdit *value(const QString &label) const;
    QString text(const QString &label) const { return value(label)->toPlainText(); }

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void DetailsTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->addApplication(u"Plant floor"_s);
}

void DetailsTest::cleanup()
{
    m_window.reset();
}

/// The only credential of the application, selected.
void DetailsTest::show(const QJsonObject &credential)
{
    m_losant->setCredentials(FakeLosant::applicationId(1), {credential});
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(m_window->has(QAccessible::Table, credentials) &&
                !m_window->column(credentials, u"Name"_s).isEmpty());
    QTest::mouseClick(m_window->table(credentials)->viewport(), Qt::LeftButton, {}, {20, 10});
    QTRY_VERIFY(m_window->has(QAccessible::EditableText, u"Created"_s));
}

void DetailsTest::showAws()
{
    QJsonObject credential = FakeLosant::credential(u"One"_s);
    credential[u"awsConfig"_s] = QJsonObject{{u"accessKeyId"_s, u"AKIA"_s}};
    show(credential);
}

/// As clipboard managers see it.
bool DetailsTest::isOnClipboardForAWhile()
{
    return QGuiApplication::clipboard()->mimeData()->hasFormat(u"x-kde-passwordManagerHint"_s);
}

QPlainTextEdit *DetailsTest::value(const QString &label) const
{
    return qobject_cast<QPlainTextEdit *>(m_window->part(QAccessible::EditableText, label));
}

void DetailsTest::nothingSelectedIsSaid()
{
    show(FakeLosant::credential(u"One"_s));
    m_window->table(credentials)->setCurrentIndex({});
    QTRY_VERIFY(m_window->visibleText().contains(u"Select a credential"_s));
    QVERIFY(!m_window->has(QAccessible::EditableText, u"Created"_s));
}

void DetailsTest::aRowIsToldWithoutARequest()
{
    QJsonObject credential = FakeLosant::credential(u"S3 archive"_s);
    credential[u"description"_s] = u"Nightly\nexport"_s;
    credential[u"creationDate"_s] = u"2016-06-13T04:05:06.789Z"_s;
    show(credential);
    const std::size_t requests = m_losant->server().requests().size();
    m_window->table(credentials)->setCurrentIndex({});

    QTest::mouseClick(m_window->table(credentials)->viewport(), Qt::LeftButton, {}, {20, 10});

    QTRY_VERIFY(m_window->has(QAccessible::EditableText, u"Name"_s));
    QCOMPARE(text(u"Name"_s), u"S3 archive"_s);
    QCOMPARE(text(u"Description"_s), u"Nightly\nexport"_s);
    QVERIFY2(text(u"Created"_s).contains(u"2016"_s), qPrintable(text(u"Created"_s)));
    QVERIFY(text(u"Created"_s).contains(u"year"_s));
    QVERIFY(m_window->visibleText().contains(u"Amazon Web Services"_s));
    QVERIFY(m_window->visibleText().contains(u"Enabled"_s));
    VERIFY_HOLDS_FOR(50ms, m_losant->server().requests().size() == requests);
}

void DetailsTest::theKeyboardSelectsTheNextRow()
{
    m_losant->setCredentials(FakeLosant::applicationId(1), FakeLosant::someCredentials(3));
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_COMPARE(m_window->label(u"Page status"_s), u"1–3 of 3"_s);
    m_window->clickCell(credentials, u"Credential 1"_s);
    QTRY_VERIFY(m_window->shows(u"Credential 1"_s));
    m_window->key(Qt::Key_Down);
    QTRY_VERIFY(m_window->shows(u"Credential 2"_s));
    QVERIFY(!m_window->shows(u"Credential 1"_s));
}

void DetailsTest::configurationHasTheLabelsOfTheForm_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QJsonObject>("config");
    QTest::addColumn<QStringList>("labels");
    QTest::newRow("aws") << u"aws"_s << QJsonObject{{u"accessKeyId"_s, u"AKIA"_s}, {u"region"_s, u"eu"_s}}
                         << QStringList{u"Access key ID"_s, u"Region"_s};
    QTest::newRow("azure") << u"azure"_s << QJsonObject{{u"account"_s, u"a"_s}} << QStringList{u"Account"_s};
    QTest::newRow("twilio") << u"twilio"_s
                            << QJsonObject{{u"accountSid"_s, u"AC"_s}, {u"apiKeySid"_s, u"SK"_s}}
                            << QStringList{u"Account SID"_s, u"API key SID"_s};
    QTest::newRow("whatsapp") << u"whatsapp"_s << QJsonObject{{u"fromNumberId"_s, u"1"_s}}
                              << QStringList{u"From number ID"_s};
    QTest::newRow("sql") << u"sql"_s
                         << QJsonObject{{u"system"_s, u"pg"_s},
                                        {u"host"_s, u"h"_s},
                                        {u"port"_s, 5432},
                                        {u"username"_s, u"u"_s},
                                        {u"secureConnection"_s, true}}
                         << QStringList{u"System"_s, u"Host"_s, u"Port"_s, u"Username"_s,
                                        u"Secure connection"_s};
    QTest::newRow("http") << u"http"_s
                          << QJsonObject{{u"uriMatch"_s, u"https://x.example"_s},
                                         {u"authMethod"_s, u"header"_s},
                                         {u"publicValue"_s, u"X-Key"_s}}
                          << QStringList{u"URI match"_s, u"Authentication method"_s, u"Header name"_s};
    QTest::newRow("git") << u"git"_s
                         << QJsonObject{{u"type"_s, u"ssh-key"_s},
                                        {u"cloneUrl"_s, u"git@x:y"_s},
                                        {u"publicKey"_s, u"ssh-rsa AAAA"_s}}
                         << QStringList{u"Credential kind"_s, u"Clone URL"_s, u"Public key"_s};
    QTest::newRow("certificateKeyPair")
        << u"certificateKeyPair"_s
        << QJsonObject{{u"certificate"_s, pem},
                       {u"info"_s, QJsonObject{{u"commonName"_s, u"broker"_s},
                                               {u"notValidAfter"_s, u"2030-01-01T00:00:00.000Z"_s}}}}
        << QStringList{u"Certificate"_s, u"Common name"_s, u"Valid until"_s};
}

void DetailsTest::configurationHasTheLabelsOfTheForm()
{
    QFETCH(QString, type);
    QFETCH(QJsonObject, config);
    QFETCH(QStringList, labels);
    QJsonObject credential = FakeLosant::credential(u"One"_s, 1, type);
    credential[type + u"Config"_s] = config;

    show(credential);

    for (const QString &label : labels)
        QVERIFY2(m_window->has(QAccessible::EditableText, label), qPrintable(label));
}

void DetailsTest::choicesAndSwitchesAreWords()
{
    QJsonObject credential = FakeLosant::credential(u"One"_s, 1, u"sql"_s);
    credential[u"sqlConfig"_s] =
        QJsonObject{{u"system"_s, u"pg"_s}, {u"port"_s, 5433}, {u"secureConnection"_s, true}};
    show(credential);
    QCOMPARE(text(u"System"_s), u"PostgreSQL"_s);
    QCOMPARE(text(u"Port"_s), u"5433"_s);
    QCOMPARE(text(u"Secure connection"_s), u"Yes"_s);
}

void DetailsTest::pemAndJsonAreInAFixedWidth()
{
    const QString fixedWidth = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    QJsonObject credential = FakeLosant::credential(u"One"_s, 1, u"gcp"_s);
    credential[u"gcpConfig"_s] =
        QJsonObject{{u"keyMetaJson"_s, u"{\"type\":\"service_account\",\"project_id\":\"p\"}"_s}};
    show(credential);
    const QPlainTextEdit *json = value(u"Service account key, without its private key"_s);
    QCOMPARE(json->font().family(), fixedWidth);
    QVERIFY(json->toPlainText().contains(u'\n'));
    m_window.reset();

    credential = FakeLosant::credential(u"Two"_s, 2, u"certificateKeyPair"_s);
    credential[u"certificateKeyPairConfig"_s] = QJsonObject{{u"certificate"_s, pem}};
    show(credential);
    QCOMPARE(value(u"Certificate"_s)->font().family(), fixedWidth);
    QVERIFY(value(u"Created"_s)->font().family() != fixedWidth);
    QCOMPARE(text(u"Certificate"_s), pem);
}

void DetailsTest::aSecretThatAServerSendsIsNeverShown_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QJsonObject>("config");
    const auto secret = [](const QString &type, const QString &key, QJsonObject config = {}) {
        config[key] = leak;
        QTest::newRow(qPrintable(type + u' ' + key)) << type << config;
    };
    secret(u"aws"_s, u"secretAccessKey"_s, {{u"region"_s, u"eu"_s}});
    secret(u"azure"_s, u"accountKey"_s);
    secret(u"gcp"_s, u"keyJson"_s);
    for (const QString &method :
         {u"header"_s, u"queryParam"_s, u"basicAuth"_s, u"clientCertificate"_s, u"new"_s})
        secret(u"http"_s, u"secretValue"_s, {{u"authMethod"_s, method}});
    secret(u"sendgrid"_s, u"apiKey"_s);
    secret(u"twilio"_s, u"apiKeySecret"_s);
    secret(u"loggly"_s, u"customerToken"_s);
    secret(u"jwt"_s, u"secret"_s, {{u"algorithm"_s, u"RS256"_s}});
    secret(u"whatsapp"_s, u"accessToken"_s);
    secret(u"sql"_s, u"password"_s);
    secret(u"mongodb"_s, u"connectionUri"_s);
    secret(u"mailgun"_s, u"apiKey"_s);
    secret(u"snowflake"_s, u"privateKey"_s);
    secret(u"git"_s, u"secretValue"_s, {{u"type"_s, u"ssh-key"_s}});
    secret(u"git"_s, u"privateKey"_s, {{u"type"_s, u"ssh-key"_s}});
    secret(u"datadog"_s, u"secretValue"_s);
    secret(u"certificateKeyPair"_s, u"privateKey"_s);
    secret(u"typeOfTomorrow"_s, u"apiKey"_s);
}

void DetailsTest::aSecretThatAServerSendsIsNeverShown()
{
    QFETCH(QString, type);
    QFETCH(QJsonObject, config);
    QJsonObject credential = FakeLosant::credential(u"One"_s, 1, type);
    credential[type + u"Config"_s] = config;

    show(credential);

    QVERIFY2(!m_window->visibleText().contains(leak), qPrintable(m_window->visibleText()));
    for (const QWidget *part : m_window->window().findChildren<QWidget *>()) {
        QVERIFY(!part->toolTip().contains(leak));
        QVERIFY(!part->accessibleDescription().contains(leak));
    }
}

void DetailsTest::itSaysThatSecretsCantBeReadBack()
{
    show(FakeLosant::credential(u"One"_s));
    QVERIFY(m_window->visibleText().contains(u"Secrets can't be read back"_s));
}

void DetailsTest::disabledIsSaidToFail()
{
    QJsonObject credential = FakeLosant::credential(u"One"_s);
    credential[u"enabled"_s] = false;
    show(credential);
    QVERIFY(m_window->visibleText().contains(u"Disabled: every use of it fails"_s));
    QCOMPARE(m_window->column(credentials, u"Status"_s).first(), u"Disabled"_s);
}

void DetailsTest::theCreatorIsYouOrKindAndId_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("shown");
    QTest::newRow("you") << u"user"_s << u"aaaaaaaaaaaaaaaaaaaaaaaa"_s << u"you"_s;
    QTest::newRow("another user") << u"user"_s << u"bbbb"_s << u"User bbbb"_s;
    QTest::newRow("a workflow") << u"flow"_s << u"cccc"_s << u"Workflow cccc"_s;
    QTest::newRow("a token") << u"apiToken"_s << u"dddd"_s << u"API token dddd"_s;
    QTest::newRow("something new") << u"robot"_s << u"eeee"_s << u"robot eeee"_s;
    QTest::newRow("a token with the user's id")
        << u"apiToken"_s << u"aaaaaaaaaaaaaaaaaaaaaaaa"_s << u"API token aaaaaaaaaaaaaaaaaaaaaaaa"_s;
    QTest::newRow("nobody") << QString() << QString() << u"—"_s;
}

void DetailsTest::theCreatorIsYouOrKindAndId()
{
    QFETCH(QString, kind);
    QFETCH(QString, id);
    QFETCH(QString, shown);
    QJsonObject credential = FakeLosant::credential(u"One"_s);
    credential[u"createdByType"_s] = kind;
    credential[u"createdById"_s] = id;
    credential[u"lastUpdatedByType"_s] = kind;
    credential[u"lastUpdatedById"_s] = id;
    show(credential);
    QTRY_VERIFY(m_window->shows(shown));
    QCOMPARE(text(u"Created by"_s), shown);
    QCOMPARE(text(u"Last updated by"_s), shown);
}

void DetailsTest::itSaysWhenACertificateExpires_data()
{
    QTest::addColumn<int>("hoursLeft");
    QTest::addColumn<QString>("days");
    QTest::addColumn<QString>("warning");
    QTest::newRow("in a year") << 365 * 24 + 1 << u"(in 365 day(s))"_s << QString();
    QTest::newRow("soon") << 12 * 24 + 1 << u"(in 12 day(s))"_s << u"Expires soon: replace it before then."_s;
    QTest::newRow("long since") << -49 << u"(2 day(s) ago)"_s << u"Expired: replace it."_s;
}

void DetailsTest::itSaysWhenACertificateExpires()
{
    QFETCH(int, hoursLeft);
    QFETCH(QString, days);
    QFETCH(QString, warning);
    QJsonObject credential = FakeLosant::credential(u"One"_s, 1, u"certificateKeyPair"_s);
    const QString end = QDateTime::currentDateTimeUtc().addSecs(hoursLeft * 3600).toString(Qt::ISODateWithMs);
    credential[u"certificateKeyPairConfig"_s] =
        QJsonObject{{u"storeAsCertAuthority"_s, true}, {u"info"_s, QJsonObject{{u"notValidAfter"_s, end}}}};
    show(credential);
    QVERIFY2(text(u"Expires"_s).endsWith(days), qPrintable(text(u"Expires"_s)));
    QCOMPARE(text(u"Store as cert authority"_s), u"Yes"_s);
    for (const QString &said : {u"Expires soon: replace it before then."_s, u"Expired: replace it."_s})
        QCOMPARE(m_window->shows(said), said == warning);
}

void DetailsTest::aLargeCertificateIsReadInTheBackground()
{
    QJsonObject credential = FakeLosant::credential(u"One"_s, 1, u"certificateKeyPair"_s);
    const QString certificate = KeyKinds::certificate({.days = 12});
    credential[u"certificateKeyPairConfig"_s] =
        QJsonObject{{u"certificate"_s, QString(certificate + QString(100'000, u'\n'))}};
    show(credential);
    QVERIFY(!m_window->has(QAccessible::EditableText, u"Expires"_s));
    QTRY_VERIFY(m_window->has(QAccessible::EditableText, u"Expires"_s));
    QVERIFY(text(u"Expires"_s).endsWith(u"(in 11 day(s))"_s));
}

void DetailsTest::idsCanBeCopied()
{
    const QJsonObject credential = FakeLosant::credential(u"One"_s);
    show(credential);
    m_window->click(u"Copy ID"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), credential[u"id"_s].toString());
    m_window->click(u"Copy Application ID"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), FakeLosant::applicationId(1));
}

void DetailsTest::certificatesAndPublicKeysCanBeCopied()
{
    QJsonObject credential = FakeLosant::credential(u"One"_s, 1, u"certificateKeyPair"_s);
    credential[u"certificateKeyPairConfig"_s] = QJsonObject{{u"certificate"_s, pem}};
    show(credential);
    m_window->click(u"Copy Certificate"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), pem);
    QVERIFY(!isOnClipboardForAWhile());
}

void DetailsTest::theConfigurationIsCopiedForAWhile()
{
    showAws();
    m_window->click(u"Copy Access key ID"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"AKIA"_s);
    QVERIFY(isOnClipboardForAWhile());
    QVERIFY(m_window->shows(u"Copied. It is cleared from the clipboard in 30 s."_s));

    m_window->click(u"Copy ID"_s);
    QVERIFY(!isOnClipboardForAWhile());
    QVERIFY(!m_window->shows(u"Copied. It is cleared from the clipboard in 30 s."_s));
}

void DetailsTest::aSelectionInTheConfigurationIsCopiedForAWhile()
{
    showAws();
    QPlainTextEdit *accessKey = value(u"Access key ID"_s);
    accessKey->setFocus();
    QTest::keyClick(accessKey, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(accessKey, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"AKIA"_s);
    QVERIFY(isOnClipboardForAWhile());
    QVERIFY(m_window->shows(u"Copied. It is cleared from the clipboard in 30 s."_s));
}

void DetailsTest::whatIsOnTheClipboardForAWhileGoesWithTheWindow()
{
    showAws();
    m_window->click(u"Copy Access key ID"_s);
    m_window.reset();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString());
}

void DetailsTest::thePaneFoldsAwayAndStaysAway()
{
    show(FakeLosant::credential(u"One"_s));
    QVERIFY(m_window->has(QAccessible::Grouping, u"Credential details"_s));
    m_window->key(Qt::Key_F9);
    QVERIFY(!m_window->has(QAccessible::Grouping, u"Credential details"_s));
    m_window.reset();
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QVERIFY(!m_window->has(QAccessible::Grouping, u"Credential details"_s));
    m_window->key(Qt::Key_F9);
    QVERIFY(m_window->has(QAccessible::Grouping, u"Credential details"_s));
}

QTEST_MAIN(DetailsTest)
#include "detailstest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/editscene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ScriptedReply stalled()
{
    return {.way = ScriptedReply::Way::Stall};
}

const QString certificate =
    u"-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----\n"_s;

} // namespace

/// The dialog that edits and rotates, before odd credentials, slow servers and hasty people.
class EditOddTest : public EditScene
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void anOddConfigStaysAsItIs_data();
    void anOddConfigStaysAsItIs();
    void anOddConfigCanBeMended();
    void oddTextsStayAsTheyAre_data();
    void oddTextsStayAsTheyAre();
    void whatIsTypedAndSetBackIsNoChange();
    void undoGoesBackToWhatTheServerHas();
    void anotherCredentialIsNotEdited_data();
    void anotherCredentialIsNotEdited();
    void aKeyThatIsNotKnownIsNotRotated();
    void anotherClientCertificateIsWanted();
    void aLoadThatStallsCanBeStopped();
    void closingEndsALoad();
    void closingWhileItSavesTellsWhatBecameOfIt();
    void enterSaves();
    void escapeClosesOrAsks();
    void itOpensAgainWithWhatWasSaved();
    void whatIsTypedAfterAConflictIsSaved();
    void nothingIsSentWhereBothMeanTheSame();
    void whatTheirsHasNoRoomForIsNotSaidToBeSaved();
};

void EditOddTest::anOddConfigStaysAsItIs_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QJsonValue>("config");
    for (const CredentialType &type : credentialTypes()) {
        const QString key = type.key;
        QTest::addRow("%s without", type.key.data()) << key << QJsonValue(QJsonValue::Undefined);
        QJsonObject wrong;
        int n = 0;
        for (const CredentialField &row : type.fields) {
            const QJsonValue values[]{QJsonArray{1, u"<b>"_s}, 1.5e300, QJsonObject{{u"a"_s, u"b"_s}}, true,
                                      u"no\nnumber"_s};
            wrong[row.key] = values[n++ % std::size(values)];
        }
        for (const ReadBackField &row : type.readBack)
            wrong[row.key] = QJsonArray{};
        wrong[u"unheard"_s] = QJsonObject{{u"of"_s, u"<script>"_s.repeated(100)}};
        QTest::addRow("%s of wrong types", type.key.data()) << key << QJsonValue(wrong);
    }
    QTest::newRow("null") << u"sql"_s << QJsonValue(QJsonValue::Null);
    QTest::newRow("a text") << u"sql"_s << QJsonValue(u"none"_s);
    QTest::newRow("a list") << u"sql"_s << QJsonValue(QJsonArray{1});
    QTest::newRow("empty") << u"sql"_s << QJsonValue(QJsonObject());
    QTest::newRow("huge") << u"sql"_s
                          << QJsonValue(QJsonObject{
                                 {u"host"_s, u"db.example.com"_s},
                                 {u"caCertificate"_s, QString(u"x"_s.repeated(63) + u'\n').repeated(8192)},
                                 {u"unheard"_s, u"x"_s.repeated(524'288)}});
}

void EditOddTest::anOddConfigStaysAsItIs()
{
    QFETCH(QString, type);
    QFETCH(QJsonValue, config);
    QJsonObject credential{{u"name"_s, u"Odd"_s}, {u"type"_s, type}};
    if (!config.isUndefined())
        credential[type + "Config"_L1] = config;
    m_driver->setCredential(credential);
    m_driver->open();
    QVERIFY(!m_driver->part(u"Save"_s)->isEnabled());
    m_driver->type(u"Description"_s, u"Ask Grace"_s);
    m_driver->click(u"Save"_s);
    QTRY_COMPARE(m_driver->changed->count(), 1);
    QCOMPARE(m_driver->patches(), (std::vector{QJsonObject{{u"description"_s, u"Ask Grace"_s}}}));
}

void EditOddTest::anOddConfigCanBeMended()
{
    m_driver->setCredential({{u"name"_s, u"Odd"_s},
                             {u"type"_s, u"sql"_s},
                             {u"sqlConfig"_s, QJsonObject{{u"host"_s, QJsonArray{}},
                                                          {u"port"_s, u"standard"_s},
                                                          {u"username"_s, u"app"_s},
                                                          {u"secureConnection"_s, u"maybe"_s}}}});
    m_driver->open();
    m_driver->choose(u"System"_s, u"MySQL"_s);
    m_driver->type(u"Host"_s, u"db.example.com"_s);
    m_driver->click(u"Save"_s);
    QTRY_COMPARE(m_driver->changed->count(), 1);
    const QJsonObject config{{u"system"_s, u"mysql"_s},
                             {u"host"_s, u"db.example.com"_s},
                             {u"port"_s, u"standard"_s},
                             {u"username"_s, u"app"_s}};
    QCOMPARE(m_driver->patches(), (std::vector{QJsonObject{{u"sqlConfig"_s, config}}}));
}

void EditOddTest::oddTextsStayAsTheyAre_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("markup") << u"<h1>&amp;</h1><img src='file:///etc/passwd'>"_s;
    QTest::newRow("right to left") << u"\u202eelpmaxe \u05e9\u05dc\u05d5\u05dd"_s;
    QTest::newRow("lines") << u"one\ntwo\r\nthree\u2028four\u2029five\tsix"_s;
    QTest::newRow("long") << u"long name "_s.repeated(1000);
    QTest::newRow("one long word") << u"W"_s.repeated(10'000);
    QTest::newRow("accents") << u"a"_s + u"\u0301"_s.repeated(1000);
    QTest::newRow("nothing to be seen") << u"\u200b\u200b"_s;
    QTest::newRow("empty") << QString();
}

void EditOddTest::oddTextsStayAsTheyAre()
{
    QFETCH(QString, text);
    const QJsonObject shown{{u"name"_s, text},
                            {u"description"_s, text},
                            {u"enabled"_s, true},
                            {u"type"_s, u"aws"_s},
                            {u"awsConfig"_s, QJsonObject{{u"accessKeyId"_s, text}, {u"region"_s, text}}}};
    m_driver->setCredential(shown);
    m_driver->open();
    QVERIFY(m_driver->dialog->width() <= 1024 && m_driver->dialog->height() <= 700);
    for (const QLabel *label : m_driver->dialog->findChildren<QLabel *>())
        QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(u'<'),
                 qPrintable(label->text().left(100)));
    QVERIFY(!m_driver->part(u"Save"_s)->isEnabled());
    QVERIFY(!m_driver->dialog->hasUnsavedWork());
    m_driver->toggle(u"Enabled"_s);
    m_driver->click(u"Save"_s);
    QTRY_COMPARE(m_driver->changed->count(), 1);
    QCOMPARE(m_driver->patches(), (std::vector{QJsonObject{{u"enabled"_s, false}}}));
}

void EditOddTest::whatIsTypedAndSetBackIsNoChange()
{
    m_driver->setShown(u"sql"_s);
    m_driver->open();
    m_driver->type(u"Name"_s, u"x"_s);
    m_driver->type(u"Port"_s, u"1"_s);
    m_driver->choose(u"System"_s, u"MySQL"_s);
    m_driver->toggle(u"Secure connection"_s);
    m_driver->type(u"Password"_s, u"x"_s);
    m_driver->clear(u"CA certificate"_s);
    QTRY_VERIFY(m_driver->part(u"Save"_s)->isEnabled());

    const QJsonObject config = m_driver->credential["sqlConfig"_L1].toObject();
    m_driver->type(u"Name"_s, m_driver->credential["name"_L1].toString());
    m_driver->type(u"Port"_s, u"6432"_s);
    m_driver->choose(u"System"_s, u"PostgreSQL"_s);
    m_driver->toggle(u"Secure connection"_s);
    m_driver->clear(u"Password"_s);
    QVERIFY(m_driver->part(u"Save"_s)->isEnabled()); // the certificate
    m_driver->paste(u"CA certificate"_s, config["caCertificate"_L1].toString());
    QVERIFY(!m_driver->part(u"Save"_s)->isEnabled());
    QVERIFY(!m_driver->dialog->hasUnsavedWork());
    QTest::keyClick(m_driver->dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_driver->dialog->isVisible());
}

void EditOddTest::undoGoesBackToWhatTheServerHas()
{
    m_driver->setAws();
    m_driver->open();
    for (const auto &[field, text] :
         {std::pair(u"Region"_s, u"us-east-1"_s), std::pair(u"Description"_s, u"Ask Ada"_s)}) {
        m_driver->type(field, u"something"_s);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(m_driver->part(field), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_driver->text(field), text);
    }
    m_driver->type(u"Secret access key"_s, u"something"_s);
    QTest::keyClick(m_driver->part(u"Secret access key"_s), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_driver->text(u"Secret access key"_s), u"something"_s); // keeps no history
    m_driver->clear(u"Secret access key"_s);
    QTest::keyClick(m_driver->part(u"Secret access key"_s), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_driver->text(u"Secret access key"_s), QString());
    QVERIFY(!m_driver->part(u"Save"_s)->isEnabled());
}

void EditOddTest::anotherCredentialIsNotEdited_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("another") << R"({"id":"600000000000000000000002","name":"Other","type":"aws"})"_ba;
    QTest::newRow("of an unknown type")
        << R"({"id":"600000000000000000000001","name":"New","type":"unheard"})"_ba;
    QTest::newRow("of no type") << R"({"id":"600000000000000000000001","name":"New"})"_ba;
    QTest::newRow("without an id") << R"({"name":"Other","type":"aws"})"_ba;
    QTest::newRow("nothing") << "{}"_ba;
    QTest::newRow("a list") << "[]"_ba;
    QTest::newRow("no JSON") << "<html>Sign in</html>"_ba;
}

void EditOddTest::anotherCredentialIsNotEdited()
{
    QFETCH(QByteArray, answer);
    for (const bool rotates : {false, true}) {
        m_driver->setAws();
        m_driver->exception = [answer](const RecordedRequest &) -> std::optional<ScriptedReply> {
            return ScriptedReply{.body = answer};
        };
        m_driver->show(rotates);
        QTRY_VERIFY(m_driver->errorMessage().startsWith(u"The credential could not be loaded."_s));
        QVERIFY(!m_driver->find(u"Region"_s) && !m_driver->find(u"Access key ID"_s));
        QVERIFY(!m_driver->part(rotates ? u"Rotate"_s : u"Save"_s)->isEnabled());
        m_driver->exception = {};
        m_driver->click(u"Retry"_s);
        QTRY_VERIFY(m_driver->isLoaded());
        QVERIFY(m_driver->find(u"Access key ID"_s));
        delete m_driver->dialog;
    }
}

void EditOddTest::aKeyThatIsNotKnownIsNotRotated()
{
    m_driver->setCredential({{u"name"_s, u"New"_s},
                             {u"type"_s, u"http"_s},
                             {u"httpConfig"_s, QJsonObject{{u"uriMatch"_s, u"https://api.example.com"_s},
                                                           {u"authMethod"_s, u"oauth"_s},
                                                           {u"publicValue"_s, u"x"_s}}}});
    m_driver->show(true);
    QTRY_VERIFY(m_driver->errorMessage().contains(u"what a new key of it consists of is not known"_s));
    VERIFY_HOLDS_FOR(600ms, !m_driver->part(u"Rotate"_s)->isEnabled());
    m_driver->click(u"Cancel"_s);
    QTRY_VERIFY(!m_driver->dialog->isVisible());
    QVERIFY(m_driver->patches().empty());
}

void EditOddTest::anotherClientCertificateIsWanted()
{
    m_driver->setShown(u"http-clientcertificate"_s);
    m_driver->open(true);
    m_driver->paste(u"Secret value"_s, u"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"_s);
    m_driver->click(u"Rotate"_s);
    QTRY_COMPARE(m_driver->problem(u"Public value"_s), u"Paste the certificate, or open its file."_s);
    QVERIFY(m_driver->patches().empty());
    m_driver->paste(u"Public value"_s, certificate);
    m_driver->click(u"Rotate"_s);
    QTRY_COMPARE(m_driver->patches().size(), 1U);
}

void EditOddTest::aLoadThatStallsCanBeStopped()
{
    m_driver->setAws();
    m_driver->exception = [](const RecordedRequest &) { return std::optional(stalled()); };
    for (const QString &button : {u"Stop"_s, u"Cancel"_s}) {
        m_driver->show();
        QVERIFY(m_driver->find(u"Cancel"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->find(u"Stop"_s), 1000); // 300 ms, and what a busy machine takes
        QVERIFY(!m_driver->part(u"Save"_s)->isEnabled());
        m_driver->click(button);
        QTRY_VERIFY(!m_driver->dialog->isVisible());
        QCOMPARE(m_driver->dialog->result(), int(QDialog::Rejected));
        QVERIFY(!messageBox());
        delete m_driver->dialog;
    }
    QCOMPARE(m_driver->server.count("GET"), 2);
}

void EditOddTest::closingEndsALoad()
{
    m_driver->setAws();
    m_driver->exception = [](const RecordedRequest &) -> std::optional<ScriptedReply> {
        return ScriptedReply{.body = R"({"id":"600000000000000000000001","name":"Late","type":"aws"})",
                             .delay = 700ms};
    };
    m_driver->show();
    QTRY_COMPARE(m_driver->server.count("GET"), 1);
    QTest::keyClick(m_driver->dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_driver->dialog->isVisible());
    VERIFY_HOLDS_FOR(900ms, !m_driver->isLoaded() && m_driver->changed->isEmpty());
    delete m_driver->dialog;
    m_driver->show(true);
    QTRY_COMPARE(m_driver->server.count("GET"), 2);
    delete m_driver->dialog; // without a word
    VERIFY_HOLDS_FOR(900ms, !m_driver->dialog);
}

void EditOddTest::closingWhileItSavesTellsWhatBecameOfIt()
{
    m_driver->setAws();
    m_driver->open();
    m_driver->type(u"Region"_s, u"eu-west-1"_s);
    m_driver->exception = [](const RecordedRequest &request) -> std::optional<ScriptedReply> {
        return request.method == "PATCH" ? std::optional(stalled()) : std::nullopt;
    };
    m_driver->click(u"Save"_s);
    QTRY_COMPARE(m_driver->patches().size(), 1U);
    m_driver->dialog->close();
    QVERIFY(m_driver->dialog->isVisible() && m_driver->dialog->hasUnsavedWork());
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->errorMessage().startsWith(u"Cancelled. Nothing was saved"_s), 30'000);
    QCOMPARE(m_driver->text(u"Region"_s), u"eu-west-1"_s);
    m_driver->click(u"Cancel"_s);
    QTRY_VERIFY(messageBox());
    QVERIFY(m_driver->dialog->isVisible());
    for (auto *button : messageBox()->findChildren<QPushButton *>()) {
        if (button->text().remove(u'&') == "Discard"_L1) {
            QTRY_VERIFY(button->isEnabled());
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QTRY_VERIFY(!m_driver->dialog->isVisible());
    QCOMPARE(m_driver->patches().size(), 1U);
    QVERIFY(m_driver->dialog->findChild<SecretEdit *>()->text().isEmpty());
}

void EditOddTest::enterSaves()
{
    m_driver->setAws();
    m_driver->open();
    m_driver->type(u"Description"_s, u"One"_s);
    QTRY_VERIFY(m_driver->part(u"Save"_s)->isEnabled());
    QTest::keyClick(m_driver->part(u"Description"_s), Qt::Key_Return);
    QTest::keyClicks(m_driver->part(u"Description"_s), u"Two"_s);
    QCOMPARE(m_driver->text(u"Description"_s), u"One\nTwo"_s);
    m_driver->type(u"Secret access key"_s, u"wJalrXUtnFEMI"_s);
    m_driver->part(u"Region"_s)->setFocus();
    QTest::keyClick(m_driver->part(u"Region"_s), Qt::Key_Return);
    QTest::keyClick(m_driver->part(u"Region"_s), Qt::Key_Return);
    QTRY_COMPARE(m_driver->changed->count(), 1);
    QTRY_VERIFY(!m_driver->dialog->isVisible());
    QCOMPARE(m_driver->patches().size(), 1U);
}

void EditOddTest::escapeClosesOrAsks()
{
    m_driver->setAws();
    for (const bool rotates : {false, true}) {
        m_driver->open(rotates);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape); // at once
        QVERIFY(!m_driver->dialog->isVisible());
        QVERIFY(!messageBox());
        delete m_driver->dialog;

        m_driver->open(rotates);
        m_driver->type(u"Secret access key"_s, u"x"_s);
        QTRY_VERIFY(m_driver->part(u"Cancel"_s)->isEnabled());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(messageBox());
        QVERIFY(m_driver->dialog->isVisible());
        delete messageBox();
        delete m_driver->dialog;
    }
    QVERIFY(m_driver->patches().empty());
}

void EditOddTest::itOpensAgainWithWhatWasSaved()
{
    m_driver->setAws();
    m_driver->open();
    m_driver->type(u"Region"_s, u"eu-west-1"_s);
    m_driver->type(u"Secret access key"_s, u"wJalrXUtnFEMI"_s);
    m_driver->dialog->resize(700, 600);
    m_driver->click(u"Save"_s);
    QTRY_VERIFY(!m_driver->dialog->isVisible());
    delete m_driver->dialog;
    m_driver->open();
    QCOMPARE(m_driver->dialog->size(), QSize(700, 600));
    QCOMPARE(m_driver->text(u"Region"_s), u"eu-west-1"_s);
    QCOMPARE(m_driver->text(u"Secret access key"_s), QString());
    QCOMPARE(m_driver->part<SecretEdit>(u"Secret access key"_s)->placeholderText(), u"Unchanged"_s);
    delete m_driver->dialog;
    m_driver->open(true);
    QCOMPARE(m_driver->text(u"Access key ID"_s), QString());
}

void EditOddTest::whatIsTypedAfterAConflictIsSaved()
{
    m_driver->setAws();
    m_driver->open();
    m_driver->type(u"Region"_s, u"eu-west-1"_s);
    m_driver->setConfig(u"region"_s, u"ap-south-1"_s);
    m_driver->touch();
    m_driver->click(u"Save"_s);
    QTRY_VERIFY(m_driver->find(u"Save anyway"_s));
    m_driver->type(u"Name"_s, u"Typed later"_s);
    m_driver->click(u"Save anyway"_s);
    QTRY_COMPARE(m_driver->changed->count(), 1);
    QCOMPARE(m_driver->patches().size(), 1U);
    QCOMPARE(m_driver->patches().front()["name"_L1].toString(), u"Typed later"_s);
    QCOMPARE(m_driver->patches().front()["awsConfig"_L1]["region"_L1].toString(), u"eu-west-1"_s);
}

void EditOddTest::nothingIsSentWhereBothMeanTheSame()
{
    m_driver->setAws();
    m_driver->open();
    m_driver->type(u"Region"_s, u"eu-west-1"_s);
    m_driver->setConfig(u"region"_s, u"eu-west-1"_s);
    m_driver->touch();
    m_driver->click(u"Save"_s);
    QTRY_VERIFY(m_driver->errorMessage().contains(u"Nothing differs that can be seen"_s));
    m_driver->click(u"Save anyway"_s);
    QTRY_VERIFY(m_driver->errorMessage().startsWith(u"Nothing is left to be saved"_s));
    QVERIFY(m_driver->patches().empty() && !m_driver->dialog->hasUnsavedWork());
    m_driver->click(u"Cancel"_s);
    QTRY_VERIFY(!m_driver->dialog->isVisible());
}

void EditOddTest::whatTheirsHasNoRoomForIsNotSaidToBeSaved()
{
    m_driver->setShown(u"git-httppassword"_s);
    m_driver->open();
    m_driver->type(u"Secret value"_s, u"another password"_s);
    m_driver->setConfig(u"type"_s, u"ssh-key"_s);
    m_driver->touch();
    m_driver->click(u"Save"_s);
    QTRY_VERIFY(m_driver->find(u"Save anyway"_s));
    m_driver->click(u"Save anyway"_s);
    QTRY_VERIFY(m_driver->errorMessage().startsWith(u"Nothing is left to be saved"_s));
    QVERIFY(m_driver->patches().empty() && m_driver->changed->isEmpty());
}

QTEST_MAIN(EditOddTest)
#include "editoddtest.moc"

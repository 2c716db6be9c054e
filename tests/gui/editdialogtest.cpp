// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/editscene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The dialog that edits a credential, or gives it a new key.
class EditDialogTest : public EditScene
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        setUp();
        m_driver->setAws();
    }
    void cleanup() { tearDown(); }

    void theFormShowsWhatTheServerHas()
    {
        m_driver->open();
        QCOMPARE(m_driver->dialog->windowTitle(), u"Edit credential"_s);
        QCOMPARE(m_driver->text(u"Name"_s), u"S3 archive"_s);
        QCOMPARE(m_driver->text(u"Description"_s), u"Ask Ada"_s);
        QCOMPARE(m_driver->text(u"Access key ID"_s), u"AKIAIOSFODNN7EXAMPLE"_s);
        QCOMPARE(m_driver->text(u"Region"_s), u"us-east-1"_s);
        QVERIFY(!m_driver->find(u"Credential type"_s));
        QVERIFY(m_driver->find(u"Save"_s));
        QCOMPARE(m_driver->server.count("GET"), 1);
    }

    void aSecretIsSaidToBeKept()
    {
        m_driver->open();
        const auto *secret = m_driver->part<SecretEdit>(u"Secret access key"_s);
        QCOMPARE(secret->text(), QString());
        QVERIFY(secret->accessibleDescription().contains(u"Kept as it is"_s));
        m_driver->type(u"Secret access key"_s, u"x"_s);
        QVERIFY(!secret->accessibleDescription().contains(u"Kept as it is"_s));
        QTest::keyClick(m_driver->part(u"Secret access key"_s), Qt::Key_Backspace);
        QVERIFY(secret->accessibleDescription().contains(u"Kept as it is"_s));
    }

    void nothingIsSavedWhereNothingDiffers()
    {
        m_driver->open();
        auto *save = m_driver->part<QPushButton>(u"Save"_s);
        VERIFY_HOLDS_FOR(600ms, !save->isEnabled());
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        QTRY_VERIFY(save->isEnabled());
        m_driver->type(u"Region"_s, u"us-east-1"_s);
        QVERIFY(!save->isEnabled());
        QTest::keyClick(m_driver->dialog, Qt::Key_Escape);
        QTRY_VERIFY(!m_driver->dialog->isVisible());
        QVERIFY(m_driver->patches().empty());
    }

    void onlyWhatDiffersIsSent()
    {
        m_driver->open();
        m_driver->type(u"Name"_s, u"S3 archive 2"_s);
        QTRY_VERIFY(isUsageKnown());
        m_driver->click(u"Save"_s);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        QCOMPARE(m_driver->patches(), (std::vector{QJsonObject{{u"name"_s, u"S3 archive 2"_s}}}));
        QTRY_COMPARE(m_driver->dialog->result(), int(QDialog::Accepted));
        QCOMPARE(m_driver->changed->front().front().value<Credential>().name, u"S3 archive 2"_s);
    }

    void aTypedSecretGoesWithAllThatIsPublic()
    {
        m_driver->open();
        m_driver->type(u"Secret access key"_s, u"wJalrXUtnFEMI"_s);
        m_driver->click(u"Save"_s);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        const QJsonObject config{{u"accessKeyId"_s, u"AKIAIOSFODNN7EXAMPLE"_s},
                                 {u"region"_s, u"us-east-1"_s},
                                 {u"secretAccessKey"_s, u"wJalrXUtnFEMI"_s}};
        QCOMPARE(m_driver->patches(), (std::vector{QJsonObject{{u"awsConfig"_s, config}}}));
        QVERIFY(m_driver->dialog->findChild<SecretEdit *>()->text().isEmpty());
    }

    void anEmptyOptionalFieldIsCleared()
    {
        m_driver->setCredential({{u"name"_s, u"Orders"_s},
                                 {u"description"_s, u"Ask Ada"_s},
                                 {u"enabled"_s, true},
                                 {u"type"_s, u"sql"_s},
                                 {u"sqlConfig"_s, QJsonObject{{u"system"_s, u"pg"_s},
                                                              {u"host"_s, u"db.example.com"_s},
                                                              {u"port"_s, 6432},
                                                              {u"username"_s, u"app"_s}}}});
        m_driver->open();
        m_driver->part(u"Port"_s)->setFocus();
        QTest::keyClick(m_driver->part(u"Port"_s), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(m_driver->part(u"Port"_s), Qt::Key_Delete);
        m_driver->part(u"Description"_s)->setFocus();
        QTest::keyClick(m_driver->part(u"Description"_s), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(m_driver->part(u"Description"_s), Qt::Key_Delete);
        m_driver->click(u"Save"_s);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        const QJsonObject body = m_driver->patches().front();
        QCOMPARE(body[u"description"_s], QJsonValue(QString()));
        QVERIFY(body[u"sqlConfig"_s][u"port"_s].isNull());
        QVERIFY(!body[u"sqlConfig"_s].toObject().contains(u"password"_s));
        QVERIFY(!body.contains(u"enabled"_s));
    }

    void whatTheFormDoesNotKnowStaysAsItIs()
    {
        m_driver->setCredential({{u"name"_s, u"Orders\nof two lines"_s},
                                 {u"description"_s, u"One\r\nTwo"_s},
                                 {u"type"_s, u"sql"_s},
                                 {u"sqlConfig"_s, QJsonObject{{u"system"_s, u"oracle"_s},
                                                              {u"host"_s, u"db.example.com"_s},
                                                              {u"port"_s, 99999},
                                                              {u"username"_s, u"app"_s}}}});
        m_driver->open();
        QVERIFY(!m_driver->part(u"Save"_s)->isEnabled());
        QCOMPARE(m_driver->part<QComboBox>(u"System"_s)->currentText(), u"oracle"_s);
        m_driver->type(u"Host"_s, u"db2.example.com"_s);
        m_driver->click(u"Save"_s);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        const QJsonObject config{{u"system"_s, u"oracle"_s},
                                 {u"host"_s, u"db2.example.com"_s},
                                 {u"port"_s, 99999},
                                 {u"username"_s, u"app"_s}};
        QCOMPARE(m_driver->patches(), (std::vector{QJsonObject{{u"sqlConfig"_s, config}}}));
    }

    void aRequiredFieldCannotBeEmptied()
    {
        m_driver->open();
        m_driver->part(u"Region"_s)->setFocus();
        QTest::keyClick(m_driver->part(u"Region"_s), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(m_driver->part(u"Region"_s), Qt::Key_Delete);
        m_driver->click(u"Save"_s);
        QTRY_VERIFY(!m_driver->problem(u"Region"_s).isEmpty());
        QVERIFY(m_driver->errorMessage().startsWith(u"Not saved yet"_s));
        QVERIFY(m_driver->patches().empty());
    }

    void somebodyElsesChangeIsToldBeforeAnythingIsSent()
    {
        m_driver->open();
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        m_driver->setConfig(u"region"_s, u"ap-south-1"_s);
        m_driver->credential[u"description"_s] = u"Ask Grace"_s;
        m_driver->touch();
        m_driver->click(u"Save"_s);
        QTRY_VERIFY(m_driver->errorMessage().contains(u"Somebody has changed it meanwhile"_s));
        QVERIFY(m_driver->errorMessage().contains(u"Region: yours is “eu-west-1”, theirs “ap-south-1”."_s));
        QVERIFY(m_driver->errorMessage().contains(
            u"Description: theirs is “Ask Grace”, it was “Ask Ada” and you left it so."_s));
        QVERIFY(m_driver->patches().empty());
        QCOMPARE(m_driver->text(u"Region"_s), u"eu-west-1"_s);
    }

    void savedAnywayIsMineUponTheirs()
    {
        somebodyElsesChangeIsToldBeforeAnythingIsSent();
        m_driver->click(u"Save anyway"_s);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        const QJsonObject config{{u"accessKeyId"_s, u"AKIAIOSFODNN7EXAMPLE"_s},
                                 {u"region"_s, u"eu-west-1"_s}};
        QCOMPARE(m_driver->patches(), (std::vector{QJsonObject{{u"awsConfig"_s, config}}}));
        QCOMPARE(m_driver->credential[u"description"_s].toString(), u"Ask Grace"_s);
    }

    void theirsTakeThePlaceOfWhatBothChanged()
    {
        m_driver->open();
        m_driver->type(u"Secret access key"_s, u"wJalrXUtnFEMI"_s);
        m_driver->type(u"Name"_s, u"Mine"_s);
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        QTRY_VERIFY(isUsageKnown());
        m_driver->setConfig(u"region"_s, u"ap-south-1"_s);
        m_driver->touch();
        m_driver->click(u"Save"_s);
        QTRY_VERIFY(m_driver->find(u"Load theirs"_s));
        m_driver->click(u"Load theirs"_s);
        QTRY_COMPARE(m_driver->text(u"Region"_s), u"ap-south-1"_s);
        QCOMPARE(m_driver->text(u"Name"_s), u"Mine"_s);
        QCOMPARE(m_driver->text(u"Secret access key"_s), u"wJalrXUtnFEMI"_s);
        QVERIFY(!m_driver->find(u"Load theirs"_s));
        m_driver->click(u"Save"_s);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        QCOMPARE(m_driver->patches().size(), 1U);
        QCOMPARE(m_driver->patches().front()[u"awsConfig"_s][u"region"_s].toString(), u"ap-south-1"_s);
    }

    void rotationAsksOnlyForTheNewKey()
    {
        m_driver->open(true);
        QCOMPARE(m_driver->dialog->windowTitle(), u"Rotate secret"_s);
        for (const QString &name : {u"Name"_s, u"Description"_s, u"Enabled"_s, u"Region"_s})
            QVERIFY2(!m_driver->find(name), qPrintable(name));
        QCOMPARE(m_driver->text(u"Access key ID"_s), QString());
        m_driver->click(u"Rotate"_s);
        QTRY_VERIFY(!m_driver->problem(u"Access key ID"_s).isEmpty());
        QVERIFY(!m_driver->problem(u"Secret access key"_s).isEmpty());
        QVERIFY(m_driver->patches().empty());
    }

    void theOldKeyIsNoNewOne()
    {
        m_driver->open(true);
        m_driver->type(u"Access key ID"_s, u"AKIAIOSFODNN7EXAMPLE"_s);
        m_driver->type(u"Secret access key"_s, u"wJalrXUtnFEMI"_s);
        m_driver->click(u"Rotate"_s);
        QTRY_VERIFY(m_driver->problem(u"Access key ID"_s).contains(u"already"_s));
        QVERIFY(m_driver->patches().empty());

        m_driver->type(u"Access key ID"_s, u"AKIAIOSFODNN7EXAMPL2"_s);
        m_driver->click(u"Rotate"_s);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        const QJsonObject config{{u"accessKeyId"_s, u"AKIAIOSFODNN7EXAMPL2"_s},
                                 {u"region"_s, u"us-east-1"_s},
                                 {u"secretAccessKey"_s, u"wJalrXUtnFEMI"_s}};
        QCOMPARE(m_driver->patches(), (std::vector{QJsonObject{{u"awsConfig"_s, config}}}));
    }

    void aGeneratedKeyShowsItsPublicHalf()
    {
        m_driver->setCredential({{u"name"_s, u"Flows"_s},
                                 {u"type"_s, u"git"_s},
                                 {u"gitConfig"_s, QJsonObject{{u"type"_s, u"ssh-key"_s},
                                                              {u"cloneUrl"_s, u"git@github.com:acme/f.git"_s},
                                                              {u"publicKey"_s, u"ssh-ed25519 AAAA old"_s}}}});
        m_driver->open(true);
        m_driver->toggle(u"Generate a private key"_s);
        m_driver->click(u"Rotate"_s);
        QTRY_VERIFY(m_driver->find(u"Public key"_s));
        QCOMPARE(m_driver->text(u"Public key"_s), u"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 new"_s);
        QCOMPARE(m_driver->patches().front()[u"gitConfig"_s][u"generatePrivateKey"_s], QJsonValue(true));
        m_driver->click(u"Done"_s);
        QTRY_COMPARE(m_driver->dialog->result(), int(QDialog::Accepted));
    }

    void aScopeThatIsMissingIsNamed()
    {
        m_driver->exception = [](const RecordedRequest &) -> std::optional<ScriptedReply> {
            return ScriptedReply{.status = 403, .body = R"({"type":"Forbidden","message":"No."})"};
        };
        m_driver->show();
        QTRY_VERIFY(m_driver->errorMessage().contains(u"credential.get"_s));
        QVERIFY(!m_driver->part(u"Save"_s)->isEnabled());

        m_driver->exception = [](const RecordedRequest &request) -> std::optional<ScriptedReply> {
            if (request.method != "PATCH")
                return std::nullopt;
            return ScriptedReply{.status = 403, .body = R"({"type":"Forbidden","message":"No."})"};
        };
        m_driver->click(u"Retry"_s);
        QTRY_VERIFY(m_driver->isLoaded());
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        m_driver->click(u"Save"_s);
        QTRY_VERIFY(m_driver->errorMessage().contains(u"credential.patch"_s));
        QCOMPARE(m_driver->text(u"Region"_s), u"eu-west-1"_s);
    }

    void whatIsGoneIsSaid()
    {
        m_driver->open();
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        m_driver->exception = [](const RecordedRequest &) -> std::optional<ScriptedReply> {
            return ScriptedReply{.status = 404, .body = R"({"type":"NotFound","message":"No."})"};
        };
        m_driver->click(u"Save"_s);
        QTRY_VERIFY(m_driver->errorMessage().contains(u"not there any more"_s));
        QVERIFY(m_driver->patches().empty());
    }

    void aDifferenceIsSaid()
    {
        m_driver->open();
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        m_driver->exception = [this](const RecordedRequest &request) -> std::optional<ScriptedReply> {
            if (request.method != "PATCH")
                return std::nullopt;
            QJsonObject other = m_driver->credential;
            other[u"awsConfig"_s] =
                QJsonObject{{u"accessKeyId"_s, u"AKIAIOSFODNN7EXAMPLE"_s}, {u"region"_s, u"moon-1"_s}};
            return ScriptedReply{.body = QJsonDocument(other).toJson()};
        };
        m_driver->click(u"Save"_s);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        QTRY_VERIFY(messageBox());
        QVERIFY(textOf(messageBox()).contains(u"Region: sent was “eu-west-1”, it has “moon-1”."_s));
    }

    void aLostAnswerIsLookedUp()
    {
        m_driver->open();
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        m_driver->exception = [this](const RecordedRequest &request) -> std::optional<ScriptedReply> {
            if (request.method != "PATCH")
                return std::nullopt;
            m_driver->credential = m_driver->patched(QJsonDocument::fromJson(request.body).object());
            return ScriptedReply{.way = ScriptedReply::Way::CloseBefore};
        };
        m_driver->click(u"Save"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_driver->changed->count(), 1, 10'000);
        QCOMPARE(m_driver->patches().size(), 1U);
    }

    void anUnknownOutcomeCanBeLookedUpAgain()
    {
        m_driver->open();
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        bool isBroken = true;
        m_driver->exception = [&](const RecordedRequest &request) -> std::optional<ScriptedReply> {
            if (request.method == "PATCH") {
                m_driver->credential = m_driver->patched(QJsonDocument::fromJson(request.body).object());
                return ScriptedReply{.way = ScriptedReply::Way::CloseBefore};
            }
            if (!m_driver->patches().empty() && isBroken)
                return ScriptedReply{.status = 500};
            return std::nullopt;
        };
        m_driver->click(u"Save"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->errorMessage().startsWith(u"It may have been saved"_s), 60'000);
        QVERIFY(m_driver->dialog->hasUnsavedWork());
        isBroken = false;
        m_driver->click(u"Check again"_s);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        QCOMPARE(m_driver->patches().size(), 1U);
    }

    void productionIsAskedAbout()
    {
        m_driver->open();
        m_driver->dialog->confirmBeforeSending(u"Plant"_s);
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        m_driver->click(u"Save"_s);
        QTRY_VERIFY(messageBox());
        QVERIFY(textOf(messageBox()).contains(u"Save S3 archive in production?"_s));
        VERIFY_HOLDS_FOR(200ms, m_driver->patches().empty());
    }

    void aNewNameIsAskedAboutWhereTheOldOneIsUsed()
    {
        m_driver->exception = [](const RecordedRequest &request) -> std::optional<ScriptedReply> {
            if (!request.path().endsWith("/linkedResources"))
                return std::nullopt;
            return ScriptedReply{.body =
                                     R"({"flows":{"items":[{"id":"1","name":"Nightly","flowClass":"cloud",)"
                                     R"("enabled":true}],"count":1,"totalCount":1},)"
                                     R"("flowVersions":{"items":[],"count":0,"totalCount":0},)"
                                     R"("integrations":{"items":[],"count":0,"totalCount":0}})"};
        };
        m_driver->open();
        QVERIFY(!m_driver->find(u"Used by status"_s));
        m_driver->type(u"Name"_s, u"S3 archive 2"_s);
        QTRY_VERIFY(m_driver->find(u"Used by"_s));
        m_driver->click(u"Save"_s);
        QTRY_VERIFY(messageBox());
        QVERIFY(textOf(messageBox()).contains(u"Rename S3 archive to S3 archive 2?"_s));
        QVERIFY(m_driver->patches().empty());
        auto *rename = messageBox()->findChild<QPushButton *>();
        for (auto *button : messageBox()->findChildren<QPushButton *>())
            rename = button->text() == u"Rename"_s ? button : rename;
        QTRY_VERIFY(rename->isEnabled());
        QTest::mouseClick(rename, Qt::LeftButton);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        QCOMPARE(m_driver->patches(), (std::vector{QJsonObject{{u"name"_s, u"S3 archive 2"_s}}}));
    }

    void aNewNameIsAskedAboutWhereItIsNotKnownWhetherTheOldOneIsUsed_data()
    {
        QTest::addColumn<ScriptedReply>("links");
        QTest::newRow("may not look") << ScriptedReply{.status = 403, .body = R"({"message":"No."})"};
        QTest::newRow("listed in part")
            << ScriptedReply{.body = R"({"flows":{"items":[],"count":0,"totalCount":2},)"
                                     R"("flowVersions":{"items":[],"count":0,"totalCount":0},)"
                                     R"("integrations":{"items":[],"count":0,"totalCount":0}})"};
    }

    void aNewNameIsAskedAboutWhereItIsNotKnownWhetherTheOldOneIsUsed()
    {
        QFETCH(ScriptedReply, links);
        m_driver->exception = [&links](const RecordedRequest &request) {
            return request.path().endsWith("/linkedResources") ? std::optional(links) : std::nullopt;
        };
        m_driver->open();
        m_driver->type(u"Name"_s, u"S3 archive 2"_s);
        QTRY_VERIFY(isUsageKnown());
        m_driver->click(u"Save"_s);
        QTRY_VERIFY(messageBox());
        QVERIFY(textOf(messageBox()).contains(u"Rename S3 archive to S3 archive 2?"_s));
        QVERIFY(m_driver->patches().empty());
    }

    void aNewNameIsSavedAtOnceWhereTheOldOneIsNotUsed()
    {
        m_driver->open();
        m_driver->type(u"Name"_s, u"S3 archive 2"_s);
        QTRY_VERIFY(isUsageKnown());
        m_driver->click(u"Save"_s);
        QTRY_COMPARE(m_driver->changed->count(), 1);
        QVERIFY(!messageBox());
    }

    void closingAsksBeforeInputIsLost()
    {
        m_driver->open();
        m_driver->type(u"Secret access key"_s, u"x"_s);
        m_driver->click(u"Cancel"_s);
        QTRY_VERIFY(messageBox());
        QVERIFY(m_driver->dialog->isVisible());
    }

private:
    /// Before that, another name is asked about.
    bool isUsageKnown()
    {
        const auto *status = qobject_cast<QLabel *>(m_driver->find(u"Used by status"_s));
        return status && !status->text().contains(u"Looking"_s);
    }
};

QTEST_MAIN(EditDialogTest)
#include "editdialogtest.moc"

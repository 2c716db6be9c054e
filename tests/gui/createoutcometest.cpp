// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace {

const QByteArray publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2bG8mY losant";

ScriptedReply refusal(const QByteArray &body)
{
    return {.status = 400, .body = body};
}

/// A page of the collection, by a server that knows what time it is.
ScriptedReply page(const QByteArray &items)
{
    return {.body = "{\"items\":[" + items + "],\"count\":1,\"totalCount\":1}",
            .headers = {{"Date", "Tue, 24 Nov 2026 02:00:00 GMT"}}};
}

const QByteArray createdRow = R"({"id":"600000000000000000000001","name":"S3 archive","type":"aws",
                                  "creationDate":"2099-01-01T00:00:00.000Z"})";

} // namespace

/// What the create dialog makes of the server's answers, and of none.
class CreateOutcomeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_driver = std::make_unique<CreateDialogDriver>(); }
    void cleanup() { m_driver.reset(); }

    void theSignalHoldsWhatTheServerMade()
    {
        m_driver->acceptWhatIsPosted();
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        const auto credential = m_driver->created.front().front().value<Credential>();
        QCOMPARE(credential.id, u"600000000000000000000001"_s);
        QTRY_COMPARE(m_driver->dialog.result(), int(QDialog::Accepted));
    }

    void nothingOfWhatWasTypedIsLeftAfterwards()
    {
        m_driver->acceptWhatIsPosted();
        m_driver->chooseType(u"SendGrid"_s);
        m_driver->type(u"API key"_s, u"SG.abc"_s);
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        const auto secrets = m_driver->dialog.findChildren<SecretEdit *>();
        QCOMPARE(secrets.size(), 2);
        for (const SecretEdit *secret : secrets)
            QCOMPARE(secret->text(), QString());
    }

    void whileItWaitsTheFormIsLockedAndProgressShows()
    {
        m_driver->server.otherwise({.way = ScriptedReply::Way::Stall});
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QVERIFY(!m_driver->part(u"Name"_s)->isEnabled());
        QVERIFY(!m_driver->part(u"Create"_s)->isEnabled());
        QVERIFY(!m_driver->find(u"Creating"_s));
        QTRY_VERIFY(m_driver->find(u"Creating"_s));
    }

    void aProblemOfTheServerStandsAtItsFieldUntilThatIsEdited()
    {
        m_driver->server.otherwise(refusal(R"({"type":"Validation","message":"No.","validationErrors":[
            {"name":"awsConfig.region","message":"There is no such region."},
            {"name":"name","message":"is <b>taken</b>"},{"name":"enabled","message":"Not yet."}]})"));
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->problem(u"Region"_s), u"There is no such region."_s);
        QCOMPARE(m_driver->problem(u"Name"_s), u"is <b>taken</b>"_s);
        QCOMPARE(m_driver->part<QLabel>(u"Name problem"_s)->textFormat(), Qt::PlainText);
        QCOMPARE(m_driver->errorMessage(), QString());
        QCOMPARE(m_driver->problem(u"Enabled"_s), u"Not yet."_s);
        QVERIFY(m_driver->part(u"Region"_s)->hasFocus());
        QCOMPARE(m_driver->text(u"Secret access key"_s), u"wJalrXUtnFEMI"_s);
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        QCOMPARE(m_driver->problem(u"Region"_s), QString());
        m_driver->toggle(u"Enabled"_s);
        QCOMPARE(m_driver->problem(u"Enabled"_s), QString());
        QCOMPARE(m_driver->problem(u"Name"_s), u"is <b>taken</b>"_s);
    }

    void aRefusalWithoutAFieldIsSaidInTheDialogAndEverythingStays()
    {
        m_driver->server.otherwise(
            refusal(R"({"type":"Validation","message":"A credential with that name already exists."})"));
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_VERIFY(m_driver->errorMessage().contains("A credential with that name already exists."_L1));
        QCOMPARE(m_driver->text(u"Name"_s), u"S3 archive"_s);
        QCOMPARE(m_driver->text(u"Secret access key"_s), u"wJalrXUtnFEMI"_s);
        QCOMPARE(m_driver->created.count(), 0);
        m_driver->acceptWhatIsPosted();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        QCOMPARE(m_driver->server.count("POST"), 2);
    }

    void otherFailuresAreSaidInTheDialog_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("not signed in") << 401;
        QTest::newRow("no permission") << 403;
        QTest::newRow("no such application") << 404;
        QTest::newRow("too many requests") << 429;
    }

    void otherFailuresAreSaidInTheDialog()
    {
        QFETCH(int, status);
        m_driver->server.otherwise({.status = status, .body = "<html>no</html>", .contentType = "text/html"});
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_VERIFY(!m_driver->errorMessage().isEmpty());
        QVERIFY(m_driver->part(u"Create"_s)->isEnabled());
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void anAnswerThatWasLostIsLookedForAndFound()
    {
        m_driver->server.answer({.way = ScriptedReply::Way::CloseBefore});
        m_driver->server.otherwise(page(createdRow));
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        QVERIFY(!m_driver->dialog.isVisible());
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void cancelEndsTheWaitingAndFindsOutWhatBecameOfIt()
    {
        m_driver->server.answer({.way = ScriptedReply::Way::Stall});
        m_driver->server.otherwise(page(createdRow));
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->server.count("POST"), 1);
        QTRY_VERIFY(m_driver->server.request(0).isWhole);
        m_driver->click(u"Cancel"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void whatIsNotFoundMayHaveBeenCreatedAndCanBeLookedForAgain()
    {
        m_driver->server.answer({.way = ScriptedReply::Way::Stall});
        m_driver->server.otherwise(page({}));
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->server.count("POST"), 1);
        QTRY_VERIFY(m_driver->server.request(0).isWhole);
        m_driver->click(u"Cancel"_s); // the waiting
        m_driver->click(u"Cancel"_s); // the looking
        QTRY_VERIFY(m_driver->errorMessage().startsWith("It may have been created"_L1));
        QVERIFY(m_driver->part(u"Check again"_s)->hasFocus());
        QCOMPARE(m_driver->text(u"Secret access key"_s), u"wJalrXUtnFEMI"_s);

        m_driver->server.otherwise(page(createdRow));
        QTest::keyClick(m_driver->part(u"Check again"_s), Qt::Key_Return);
        QTRY_COMPARE(m_driver->created.count(), 1);
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void aPublicKeyIsShownForCopyingFirst()
    {
        m_driver->acceptWhatIsPosted(publicKey);
        m_driver->chooseType(u"Git"_s);
        m_driver->type(u"Name"_s, u"Flow history"_s);
        m_driver->type(u"Clone URL"_s, u"git@example.com:a/b.git"_s);
        m_driver->toggle(u"Generate a private key"_s);
        m_driver->click(u"Create"_s);
        QTRY_VERIFY(m_driver->find(u"Public key"_s));
        QCOMPARE(m_driver->created.count(), 1);
        QCOMPARE(m_driver->text(u"Public key"_s), QString::fromLatin1(publicKey));
        m_driver->click(u"Copy"_s);
        QCOMPARE(QApplication::clipboard()->text(), QString::fromLatin1(publicKey));
        QVERIFY(m_driver->part(u"Done"_s)->hasFocus() || m_driver->part(u"Copy"_s)->hasFocus());
        m_driver->click(u"Done"_s);
        QVERIFY(!m_driver->dialog.isVisible());
        QCOMPARE(m_driver->created.count(), 1);
    }

private:
    std::unique_ptr<CreateDialogDriver> m_driver;
};

QTEST_MAIN(CreateOutcomeTest)
#include "createoutcometest.moc"

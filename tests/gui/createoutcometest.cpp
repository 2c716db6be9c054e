// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"
#include "support/holdsfor.h"

#include <QDateTime>
#include <QLocale>
#include <QPushButton>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2bG8mY losant";

ScriptedReply refusal(const QByteArray &body)
{
    return {.status = 400, .body = body};
}

/// A page of the collection, by a server whose clock is this far ahead.
ScriptedReply page(const QByteArray &items, int secondsAhead = 0)
{
    const QDateTime now = QDateTime::currentDateTimeUtc().addSecs(secondsAhead);
    const QString date = QLocale::c().toString(now, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    const QByteArray count = items.isEmpty() ? "0" : "1";
    return {.body = "{\"items\":[" + items + "],\"count\":" + count + ",\"totalCount\":" + count + "}",
            .headers = {{"Date", date.toLatin1()}}};
}

/// The credential, as made in a minute.
QByteArray row()
{
    return R"({"id":"600000000000000000000001","name":"S3 archive","type":"aws","creationDate":")" +
           QDateTime::currentDateTimeUtc().addSecs(60).toString(Qt::ISODateWithMs).toLatin1() + "\"}";
}

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

    void aServerOutOfReachIsAskedUntilItIsKnown()
    {
        m_driver->server.otherwise({.way = ScriptedReply::Way::CloseBefore});
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->errorMessage().contains(u"keeps looking"_s), 20'000);
        QVERIFY(m_driver->errorMessage().contains(u"It may have been created"_s));

        m_driver->server.otherwise(page(row()));

        QTRY_COMPARE_WITH_TIMEOUT(m_driver->created.count(), 1, 10'000);
        QTRY_COMPARE(m_driver->dialog.result(), int(QDialog::Accepted));
    }

    void itIsNotLookedForUnderTheHandsOfWhoTypes()
    {
        m_driver->server.otherwise({.way = ScriptedReply::Way::CloseBefore});
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->errorMessage().contains(u"keeps looking"_s), 20'000);

        m_driver->type(u"Region"_s, u"eu-west-1"_s);

        QVERIFY(!m_driver->errorMessage().contains(u"keeps looking"_s));
        QVERIFY(m_driver->errorMessage().contains(u"It may have been created"_s));
        m_driver->server.otherwise(page(row()));
        VERIFY_HOLDS_FOR(CredentialChange::unreachableDelay + 500ms, m_driver->created.count() == 0);
        QCOMPARE(m_driver->text(u"Region"_s), u"eu-west-1"_s);
    }

    void itIsNotFoundUnderAQuestion()
    {
        m_driver->server.otherwise({.way = ScriptedReply::Way::CloseBefore});
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->errorMessage().contains(u"keeps looking"_s), 20'000);
        m_driver->click(u"Create"_s);
        QTRY_VERIFY(m_driver->find(u"Create once more"_s));

        m_driver->server.otherwise(page(row()));

        VERIFY_HOLDS_FOR(CredentialChange::unreachableDelay + 500ms,
                         m_driver->created.count() == 0 && m_driver->find(u"Create once more"_s));
        QVERIFY(!m_driver->errorMessage().contains(u"keeps looking"_s));
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
        QVERIFY(!m_driver->find(u"Stop"_s));
        QTRY_VERIFY(m_driver->find(u"Creating"_s));
        QVERIFY(m_driver->find(u"Stop"_s));
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
        QTRY_VERIFY(m_driver->part(u"Create"_s)->isEnabled());
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void anAnswerThatWasLostIsLookedForAndFound()
    {
        m_driver->server.answer({.way = ScriptedReply::Way::CloseBefore});
        m_driver->server.otherwise(page(row()));
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        QVERIFY(!m_driver->dialog.isVisible());
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void cancelEndsTheWaitingAndFindsOutWhatBecameOfIt()
    {
        m_driver->server.answer({.way = ScriptedReply::Way::Stall});
        m_driver->server.otherwise(page(row()));
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->server.count("POST"), 1);
        QTRY_VERIFY(m_driver->server.request(0).isWhole);
        m_driver->click(u"Cancel"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void stopDoesWhatCancelDoesAndSaysThatItWasCancelled()
    {
        m_driver->server.answer({.way = ScriptedReply::Way::Stall});
        m_driver->server.otherwise({.way = ScriptedReply::Way::Stall});
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_VERIFY(m_driver->server.count("POST") == 1 && m_driver->server.request(0).isWhole);
        QTRY_VERIFY(m_driver->find(u"Stop"_s) && m_driver->part(u"Cancel"_s)->isEnabled());

        m_driver->click(u"Stop"_s);

        QTRY_VERIFY(shows(u"Cancelled. Looking whether it was created…"_s));
        QVERIFY(m_driver->find(u"Stop"_s));
        m_driver->click(u"Stop"_s); // too early: what it does has just changed
        QVERIFY(m_driver->find(u"Stop"_s));
        QTRY_VERIFY(m_driver->part(u"Cancel"_s)->isEnabled());
        m_driver->click(u"Stop"_s);
        QTRY_VERIFY(m_driver->errorMessage().startsWith("It may have been created: you cancelled"_L1));
        QVERIFY(!m_driver->find(u"Stop"_s));
        QTRY_VERIFY(m_driver->part(u"Check again"_s)->isEnabled());
        m_driver->click(u"Check again"_s);
        QVERIFY(shows(u"Looking whether it was created…"_s));
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void aServerThatTakesLongIsSaidTo()
    {
        m_driver->server.otherwise({.way = ScriptedReply::Way::Stall});
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_VERIFY(shows(u"Creating…"_s));
        const QRect cancel = m_driver->part(u"Cancel"_s)->geometry();
        const QSize size = m_driver->dialog.size();
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"Creating… The server takes longer than usual."_s), 12'000);
        QCOMPARE(m_driver->part(u"Cancel"_s)->geometry(), cancel);
        QCOMPARE(m_driver->dialog.size(), size);
    }

    void whatIsNotFoundMayHaveBeenCreatedAndCanBeLookedForAgain()
    {
        loseSight({.way = ScriptedReply::Way::Stall});
        QVERIFY(m_driver->errorMessage().contains("you cancelled once it was sent"_L1));
        QTRY_VERIFY(m_driver->part(u"Check again"_s)->hasFocus());
        QCOMPARE(m_driver->text(u"Secret access key"_s), u"wJalrXUtnFEMI"_s);

        m_driver->server.otherwise(page(row()));
        QTest::keyClick(m_driver->part(u"Check again"_s), Qt::Key_Return);
        QTRY_COMPARE(m_driver->created.count(), 1);
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void whereItMayHaveBeenCreatedAnotherCreateAsksFirst_data()
    {
        QTest::addColumn<QString>("answer"); // or a key
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<int>("posts");
        QTest::newRow("once more") << u"Create once more"_s << Qt::Key_unknown << 2;
        QTest::newRow("rather not") << u"Keep editing"_s << Qt::Key_unknown << 1;
        QTest::newRow("Enter") << QString() << Qt::Key_Return << 1;
        QTest::newRow("Escape") << QString() << Qt::Key_Escape << 1;
    }

    void whereItMayHaveBeenCreatedAnotherCreateAsksFirst()
    {
        QFETCH(QString, answer);
        QFETCH(Qt::Key, key);
        QFETCH(int, posts);
        loseSight({.way = ScriptedReply::Way::CloseBefore});
        m_driver->acceptWhatIsPosted();

        m_driver->click(u"Create"_s);

        QVERIFY(m_driver->find(u"Create once more"_s));
        QVERIFY(questionText().startsWith("It may have been created. Create it once more?"_L1));
        QCOMPARE(m_driver->server.count("POST"), 1);
        QTRY_VERIFY(m_driver->part(u"Keep editing"_s)->hasFocus());
        if (answer.isEmpty())
            QTest::keyClick(m_driver->part(u"Keep editing"_s), key);
        else
            m_driver->click(answer);

        QTRY_VERIFY(!m_driver->find(u"Create once more"_s));
        QTRY_COMPARE(m_driver->created.count(), posts - 1);
        QCOMPARE(m_driver->server.count("POST"), posts);
        if (posts == 1) {
            QVERIFY(m_driver->errorMessage().startsWith("It may have been created"_L1));
            QVERIFY(m_driver->part(u"Check again"_s)->isEnabled());
            QCOMPARE(m_driver->text(u"Secret access key"_s), u"wJalrXUtnFEMI"_s);
        }
    }

    void whatIsWrongInTheFormTakesNothingOfItAway()
    {
        loseSight({.way = ScriptedReply::Way::CloseBefore});
        m_driver->type(u"Region"_s, {});
        QTest::keyClick(m_driver->part(u"Region"_s), Qt::Key_Backspace);
        m_driver->click(u"Create"_s);
        QVERIFY(m_driver->errorMessage().startsWith("It may have been created"_L1));
        QVERIFY(m_driver->errorMessage().contains("Region"_L1));
        m_driver->type(u"Region"_s, u"eu-west-1"_s);
        QVERIFY(m_driver->errorMessage().startsWith("It may have been created"_L1));
        QVERIFY(!m_driver->errorMessage().contains("Region"_L1));
        QVERIFY(m_driver->part(u"Check again"_s)->isEnabled());
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void inProductionItAsksOnceForBoth()
    {
        loseSight({.way = ScriptedReply::Way::CloseBefore});
        m_driver->dialog.confirmBeforeSending(u"Plant <b>1</b>"_s);
        m_driver->click(u"Create"_s);
        QVERIFY(questionText().startsWith("It may have been created. Create it once more?"_L1));
        QVERIFY(questionText().contains("Plant <b>1</b> is marked as production"_L1));
        m_driver->acceptWhatIsPosted();
        m_driver->click(u"Create once more"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        QCOMPARE(m_driver->server.count("POST"), 2);
    }

    void whyItIsNotKnownIsSaid_data()
    {
        QTest::addColumn<ScriptedReply>("reply");
        QTest::addColumn<ScriptedReply>("found");
        QTest::addColumn<QStringList>("words");
        const ScriptedReply none = page({});
        QTest::newRow("nobody answered") << ScriptedReply{.way = ScriptedReply::Way::CloseBefore} << none
                                         << QStringList{u"the answer was lost"_s, u"Check again"_s};
        QTest::newRow("an odd answer")
            << ScriptedReply{.status = 423, .body = R"({"message":"Later."})"} << none
            << QStringList{u"answer does not tell"_s, u"(423)"_s, u"Later."_s};
        QTest::newRow("a login page")
            << ScriptedReply{.status = 302, .headers = {{"Location", "/login"}}} << none
            << QStringList{u"answer does not tell"_s, u"(302)"_s, u"login page"_s};
        QTest::newRow("a clock that is off")
            << ScriptedReply{.way = ScriptedReply::Way::CloseBefore} << page(row(), 3600)
            << QStringList{u"a credential of this name and type"_s, u"date and time of this computer"_s};
    }

    void whyItIsNotKnownIsSaid()
    {
        QFETCH(ScriptedReply, reply);
        QFETCH(ScriptedReply, found);
        QFETCH(QStringList, words);
        loseSight(reply, found);
        for (const QString &part : words)
            QVERIFY2(m_driver->errorMessage().contains(part), qPrintable(m_driver->errorMessage()));
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void withoutAnotherTokenItMayHaveBeenCreated()
    {
        m_driver->transport.setAwaitsToken(true);
        QSignalSpy refused(&m_driver->transport, &Transport::tokenRefused);
        m_driver->server.otherwise({.status = 401, .body = R"({"message":"Expired."})"});
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QVERIFY(refused.wait());

        m_driver->transport.withholdToken();

        QTRY_VERIFY(m_driver->errorMessage().startsWith("It may have been created: the API token"_L1));
        QVERIFY(m_driver->errorMessage().contains("Check again and sign in"_L1));
        QVERIFY(m_driver->errorMessage().contains("Expired."_L1));
        VERIFY_HOLDS_FOR(100ms, m_driver->server.requests().size() == 1);
        QTRY_VERIFY(m_driver->part(u"Check again"_s)->isEnabled());
        m_driver->click(u"Check again"_s); // which asks for a token
        QVERIFY(refused.wait());
        m_driver->server.otherwise(page(row()));
        m_driver->transport.setToken("new");
        QTRY_COMPARE(m_driver->created.count(), 1);
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void cancelledWhileItAwaitsATokenItMayHaveBeenCreated()
    {
        m_driver->transport.setAwaitsToken(true);
        QSignalSpy refused(&m_driver->transport, &Transport::tokenRefused);
        m_driver->server.answer({.status = 401});
        m_driver->server.otherwise({.status = 201, .body = row()});
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QVERIFY(refused.wait());
        QTRY_VERIFY(m_driver->part(u"Cancel"_s)->isEnabled());
        m_driver->click(u"Cancel"_s);
        QTRY_VERIFY(m_driver->errorMessage().startsWith("It may have been created: the API token"_L1));
        m_driver->transport.setToken("new");
        QTRY_VERIFY(m_driver->part(u"Create"_s)->isEnabled());
        m_driver->click(u"Create"_s);
        QVERIFY(m_driver->find(u"Create once more"_s)); // it asks first
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void itsTokenWasRefusedAndWhetherItIsThereCanNotBeFoundOut()
    {
        m_driver->transport.setAwaitsToken(true);
        QSignalSpy refused(&m_driver->transport, &Transport::tokenRefused);
        m_driver->server.answer({.status = 401});
        m_driver->server.otherwise({.status = 403});
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QVERIFY(refused.wait());
        m_driver->transport.setToken("new");
        QTRY_COMPARE(m_driver->server.count("GET"), 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->errorMessage().startsWith("It may have been created"_L1), 10'000);
        QVERIFY(m_driver->errorMessage().contains("before you signed in again"_L1));
        QVERIFY(!m_driver->errorMessage().contains("not accepted"_L1));
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
        QTRY_VERIFY(m_driver->part(u"Done"_s)->hasFocus() || m_driver->part(u"Copy"_s)->hasFocus());
        m_driver->click(u"Done"_s);
        QVERIFY(!m_driver->dialog.isVisible());
        QCOMPARE(m_driver->created.count(), 1);
    }

private:
    /// Creates, is answered so, and does not wait until the search has ended.
    void loseSight(const ScriptedReply &reply, const ScriptedReply &found = page({}))
    {
        m_driver->server.answer(reply);
        m_driver->server.otherwise(found);
        m_driver->fillIn();
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->server.count("POST"), 1);
        QTRY_VERIFY(m_driver->server.request(0).isWhole);
        if (reply.way == ScriptedReply::Way::Stall)
            m_driver->click(u"Cancel"_s); // the waiting
        QTRY_COMPARE(m_driver->server.count("GET"), 1);
        m_driver->click(u"Cancel"_s); // the looking
        QTRY_VERIFY(m_driver->errorMessage().startsWith("It may have been created"_L1));
    }

    bool shows(const QString &text)
    {
        return std::ranges::any_of(m_driver->dialog.findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->isVisible() && label->text() == text;
        });
    }

    /// What stands in the box over the dialog.
    QString questionText()
    {
        QStringList texts;
        for (const QLabel *label : m_driver->part(u"Keep editing"_s)->window()->findChildren<QLabel *>())
            texts += label->text();
        texts.removeAll(QString());
        return texts.join(u'\n');
    }

    std::unique_ptr<CreateDialogDriver> m_driver;
};

QTEST_MAIN(CreateOutcomeTest)
#include "createoutcometest.moc"

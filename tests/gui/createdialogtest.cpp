// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"
#include "support/holdsfor.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString allThatCanBeHeard(QAccessibleInterface *part)
{
    QString heard;
    for (const auto what :
         {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help})
        heard += part->text(what) + u'\n';
    if (QAccessibleTextInterface *text = part->textInterface())
        heard += text->text(0, text->characterCount());
    for (int i = 0; i < part->childCount(); ++i)
        heard += allThatCanBeHeard(part->child(i));
    return heard;
}

} // namespace

class CreateDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_driver = std::make_unique<CreateDialogDriver>(); }
    void cleanup() { m_driver.reset(); }

    void createWithoutATypeAsksForOne()
    {
        m_driver->click(u"Create"_s);
        QCOMPARE(m_driver->problem(u"Credential type"_s), u"Choose the type of the credential."_s);
    }

    void choosingATypeShowsItsFieldsAndGoesToTheName()
    {
        m_driver->chooseType(u"Twilio"_s);
        QVERIFY(m_driver->find(u"Account SID"_s) && m_driver->find(u"API key secret"_s));
        QVERIFY(m_driver->part(u"Name"_s)->hasFocus());
        m_driver->chooseType(u"Loggly"_s);
        QVERIFY(m_driver->find(u"Customer token"_s) && !m_driver->find(u"Account SID"_s));
    }

    void typingFindsAType()
    {
        auto *search = m_driver->part<QLineEdit>(u"Find a credential type"_s);
        QVERIFY(search->hasFocus());
        QTest::keyClicks(search, u"goo"_s);
        QCOMPARE(m_driver->part<QListView>(u"Credential type"_s)->model()->rowCount(), 1);
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(m_driver->find(u"Service account key"_s));
        QVERIFY(m_driver->part(u"Name"_s)->hasFocus());
        auto *list = m_driver->part<QListView>(u"Credential type"_s);
        QCOMPARE(list->model()->rowCount(), 16);
        QCOMPARE(list->currentIndex().data().toString(), u"Google Cloud Platform"_s);
    }

    void createCallsAFieldByTheLabelThatIsSeen()
    {
        m_driver->chooseType(u"HTTP"_s);
        m_driver->choose(u"Authentication method"_s, u"Basic authentication"_s);
        m_driver->click(u"Create"_s);
        QVERIFY(m_driver->errorMessage().contains("Name, URI match, Password"_L1));
    }

    void downLeadsFromTheSearchIntoTheList()
    {
        auto *search = m_driver->part<QLineEdit>(u"Find a credential type"_s);
        QTest::keyClicks(search, u"m"_s);
        QTest::keyClick(search, Qt::Key_Down);
        auto *list = m_driver->part<QListView>(u"Credential type"_s);
        QVERIFY(list->hasFocus());
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(list->currentIndex().data().toString(), u"Microsoft Azure"_s);
        QVERIFY(m_driver->find(u"Account key"_s));
        QVERIFY(list->hasFocus());
    }

    void narrowingTheListTakesNoChoiceBack()
    {
        m_driver->chooseType(u"Twilio"_s);
        QTest::keyClicks(m_driver->part(u"Find a credential type"_s), u"goo"_s);
        QVERIFY(m_driver->find(u"Account SID"_s));
    }

    void whatWasTypedStaysWithItsType()
    {
        m_driver->fillIn();
        m_driver->chooseType(u"SendGrid"_s);
        m_driver->type(u"API key"_s, u"SG.abc"_s);
        QCOMPARE(m_driver->text(u"Name"_s), u"S3 archive"_s);
        m_driver->chooseType(u"Amazon Web Services"_s);
        QCOMPARE(m_driver->text(u"Access key ID"_s), u"AKIAIOSFODNN7EXAMPLE"_s);
        QCOMPARE(m_driver->text(u"Secret access key"_s), u"wJalrXUtnFEMI"_s);
        m_driver->chooseType(u"SendGrid"_s);
        QCOMPARE(m_driver->text(u"API key"_s), u"SG.abc"_s);
    }

    void fieldsThatDependOnAnotherComeAndGoWithoutLosingAnything()
    {
        m_driver->chooseType(u"HTTP"_s);
        m_driver->type(u"Secret value"_s, u"token"_s);
        m_driver->choose(u"Authentication method"_s, u"Client certificate"_s);
        QCOMPARE(m_driver->text(u"Secret value"_s), QString());
        m_driver->paste(u"Secret value"_s, u"-----BEGIN KEY-----\n"_s);
        m_driver->choose(u"Authentication method"_s, u"Basic authentication"_s);
        QCOMPARE(m_driver->text(u"Secret value"_s), u"token"_s);
        m_driver->choose(u"Authentication method"_s, u"Client certificate"_s);
        QCOMPARE(m_driver->text(u"Secret value"_s), u"-----BEGIN KEY-----\n"_s);
    }

    void generatingAKeyAsksForNone()
    {
        m_driver->chooseType(u"Snowflake"_s);
        QVERIFY(m_driver->find(u"Private key"_s));
        m_driver->toggle(u"Generate a private key"_s);
        QVERIFY(!m_driver->find(u"Private key"_s));
    }

    void theDefaultPortIsThatOfTheSystem()
    {
        m_driver->chooseType(u"SQL database"_s);
        m_driver->choose(u"System"_s, u"PostgreSQL"_s);
        QCOMPARE(m_driver->part<QSpinBox>(u"Port"_s)->text(), u"Default (5432)"_s);
        m_driver->type(u"Port"_s, u"6000"_s);
        m_driver->choose(u"System"_s, u"MySQL"_s);
        QCOMPARE(m_driver->part<QSpinBox>(u"Port"_s)->text(), u"6000"_s);
        m_driver->type(u"Port"_s, {});
        QTest::keyClick(m_driver->part(u"Port"_s), Qt::Key_Backspace);
        m_driver->part(u"Host"_s)->setFocus();
        QCOMPARE(m_driver->part<QSpinBox>(u"Port"_s)->text(), u"Default (3306)"_s);
    }

    void tabGoesThroughTheFieldsInOrder()
    {
        m_driver->chooseType(u"SendGrid"_s);
        m_driver->chooseType(u"Amazon Web Services"_s);
        QStringList order;
        for (int i = 0; i < 8; ++i) {
            QWidget *focus = QApplication::focusWidget();
            const auto *button = qobject_cast<QPushButton *>(focus);
            order += button ? button->text() : focus->accessibleName();
            QTest::keyClick(focus, Qt::Key_Tab);
        }
        QCOMPARE(order, (QStringList{u"Name"_s, u"Description"_s, u"Enabled"_s, u"Access key ID"_s,
                                     u"Secret access key"_s, u"Region"_s, u"Create"_s, u"Cancel"_s}));
    }

    void leavingAnEmptyFieldSaysThatItIsNeededUntilItIsFilled()
    {
        m_driver->chooseType(u"Amazon Web Services"_s);
        QTest::keyClick(m_driver->part(u"Name"_s), Qt::Key_Tab);
        QTRY_VERIFY(m_driver->problem(u"Name"_s).startsWith("Enter a name"_L1));
        m_driver->type(u"Name"_s, u"x"_s);
        QCOMPARE(m_driver->problem(u"Name"_s), QString());
    }

    void turningToAnotherTypeIsNotScolded()
    {
        m_driver->chooseType(u"Amazon Web Services"_s);
        m_driver->part(u"Find a credential type"_s)->setFocus();
        VERIFY_HOLDS_FOR(20ms, m_driver->problem(u"Name"_s).isEmpty());
    }

    void createSaysWhatIsMissingAndGoesThere()
    {
        m_driver->chooseType(u"Amazon Web Services"_s);
        m_driver->type(u"Name"_s, u"archive"_s);
        m_driver->type(u"Access key ID"_s, u"AKIA"_s);
        m_driver->click(u"Create"_s);
        QCOMPARE(m_driver->problem(u"Name"_s), QString());
        QVERIFY(m_driver->problem(u"Access key ID"_s).contains(u"16"_s));
        QVERIFY(!m_driver->problem(u"Secret access key"_s).isEmpty());
        QVERIFY(!m_driver->problem(u"Region"_s).isEmpty());
        QVERIFY(m_driver->errorMessage().contains("Access key ID, Secret access key, Region"_L1));
        QVERIFY(m_driver->part(u"Access key ID"_s)->hasFocus());
        QCOMPARE(m_driver->server.count("POST"), 0);
    }

    void aProblemIsHeardWithItsText()
    {
        m_driver->chooseType(u"Amazon Web Services"_s);
        m_driver->click(u"Create"_s);
        for (const QString &name : {u"Region problem"_s, u"Error message"_s}) {
            auto *label = m_driver->part<QLabel>(name);
            QVERIFY(!label->text().isEmpty());
            QCOMPARE(label->accessibleDescription(), label->text());
        }
    }

    void theFirstProblemIsScrolledTo()
    {
        m_driver->dialog.resize(700, 420);
        m_driver->chooseType(u"SQL database"_s);
        m_driver->type(u"Name"_s, u"DB"_s);
        m_driver->type(u"Host"_s, u"db"_s);
        m_driver->type(u"Username"_s, u"u"_s);
        m_driver->part(u"Name"_s)->setFocus();
        m_driver->click(u"Create"_s);
        const QWidget *message = m_driver->part(u"Password problem"_s);
        QVERIFY(m_driver->part(u"Password"_s)->hasFocus());
        QTRY_COMPARE(message->visibleRegion().boundingRect().height(), message->height());
    }

    void anAdviceDoesNotBlock()
    {
        m_driver->acceptWhatIsPosted();
        m_driver->fillIn();
        m_driver->type(u"Access key ID"_s, u"XXXXIOSFODNN7EXAMPLE"_s);
        m_driver->part(u"Region"_s)->setFocus();
        QTRY_VERIFY(m_driver->problem(u"Access key ID"_s).contains(u"AKIA"_s));
        m_driver->click(u"Create"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
    }

    void blanksAroundAPastedSecretAreFlaggedAtOnceAndTrimmedOnlyOnRequest()
    {
        m_driver->acceptWhatIsPosted();
        m_driver->fillIn();
        m_driver->paste(u"Secret access key"_s, u"  wJalr XUtn\n"_s);
        QVERIFY(m_driver->problem(u"Secret access key"_s).contains(u"blanks"_s));
        QCOMPARE(m_driver->text(u"Secret access key"_s), u"  wJalr XUtn\n"_s);
        m_driver->click(u"Trim"_s);
        QCOMPARE(m_driver->text(u"Secret access key"_s), u"wJalr XUtn"_s);
        QCOMPARE(m_driver->problem(u"Secret access key"_s), QString());
    }

    void trimmingAKeyFileKeepsItsLastLineBreak()
    {
        m_driver->chooseType(u"Snowflake"_s);
        m_driver->paste(u"Private key"_s, u"\n-----BEGIN KEY-----\n-----END KEY-----\n\n"_s);
        m_driver->click(u"Trim"_s);
        QCOMPARE(m_driver->text(u"Private key"_s), u"-----BEGIN KEY-----\n-----END KEY-----\n"_s);
    }

    void aKeyFileIsOpened()
    {
        m_driver->chooseType(u"Snowflake"_s);
        openFile("\xef\xbb\xbf-----BEGIN KEY-----\r\n\xc2\xa0\r\n-----END KEY-----\r\n"_ba);
        QTRY_COMPARE(m_driver->text(u"Private key"_s), u"-----BEGIN KEY-----\n\u00a0\n-----END KEY-----\n"_s);
        QVERIFY(m_driver->part(u"Private key"_s)->hasFocus());
    }

    void aFileThatIsNoKeyIsRefusedInWords_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("words");
        QTest::newRow("too large") << QByteArray(70'000, 'x') << u"too large"_s;
        QTest::newRow("not text") << "\x30\x82\x04\xbd\xff\xfe"_ba << u"not a text file"_s;
    }

    void aFileThatIsNoKeyIsRefusedInWords()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, words);
        m_driver->chooseType(u"Snowflake"_s);
        m_driver->paste(u"Private key"_s, u"kept"_s);
        openFile(content);
        QTRY_VERIFY(m_driver->problem(u"Private key"_s).contains(words));
        QCOMPARE(m_driver->text(u"Private key"_s), u"kept"_s);
    }

    void ctrlReturnCreates()
    {
        m_driver->acceptWhatIsPosted();
        m_driver->chooseType(u"Snowflake"_s);
        m_driver->type(u"Name"_s, u"S3 archive"_s);
        m_driver->type(u"Host"_s, u"h"_s);
        m_driver->type(u"Username"_s, u"u"_s);
        m_driver->paste(u"Private key"_s, u"-----BEGIN KEY-----\n-----END KEY-----\n"_s);
        QTest::keyClick(m_driver->part(u"Private key"_s), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(m_driver->created.count(), 1);
    }

    void anEmptyFormClosesWithoutAQuestion()
    {
        m_driver->chooseType(u"Git"_s);
        QTest::keyClick(&m_driver->dialog, Qt::Key_Escape);
        QVERIFY(!m_driver->dialog.isVisible());
    }

    void closingWithInputAsksAndKeepEditingKeepsEverything()
    {
        m_driver->fillIn();
        QTest::keyClick(&m_driver->dialog, Qt::Key_Escape);
        m_driver->click(u"Keep editing"_s);
        QVERIFY(m_driver->dialog.isVisible());
        QCOMPARE(m_driver->text(u"Secret access key"_s), u"wJalrXUtnFEMI"_s);
    }

    void closingWithInputAsksAndDiscardCloses()
    {
        m_driver->fillIn();
        m_driver->dialog.close();
        QVERIFY(m_driver->dialog.isVisible());
        m_driver->click(u"Discard"_s);
        QVERIFY(!m_driver->dialog.isVisible());
        QCOMPARE(m_driver->dialog.findChild<SecretEdit *>()->text(), QString());
        QCOMPARE(m_driver->server.count("POST"), 0);
    }

    void noSecretCanBeHeard()
    {
        m_driver->fillIn();
        m_driver->type(u"Secret access key"_s, u"hunter2"_s);
        QTest::keyClick(m_driver->part(u"Secret access key"_s), Qt::Key_R, Qt::ControlModifier);
        QVERIFY(m_driver->part<SecretEdit>(u"Secret access key"_s)->isRevealed());
        const QString heard = allThatCanBeHeard(QAccessible::queryAccessibleInterface(&m_driver->dialog));
        QVERIFY(heard.contains("AKIAIOSFODNN7EXAMPLE"_L1));
        QVERIFY(!heard.contains("hunter2"_L1));
    }

    void theSizeIsRemembered()
    {
        m_driver->dialog.resize(777, 555);
        QTest::keyClick(&m_driver->dialog, Qt::Key_Escape);
        CredentialDialog next(m_driver->service, u"1"_s, u"Plant floor"_s, m_driver->settings);
        QCOMPARE(next.size(), QSize(777, 555));
    }

private:
    void openFile(const QByteArray &content)
    {
        QFile file(m_driver->folder.filePath(u"key.pem"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.close();
        m_driver->click(u"Open file"_s);
        auto *chooser = m_driver->dialog.findChild<QFileDialog *>();
        QVERIFY(chooser);
        chooser->selectFile(file.fileName());
        QTest::mouseClick(chooser->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Open),
                          Qt::LeftButton);
    }

    std::unique_ptr<CreateDialogDriver> m_driver;
};

QTEST_MAIN(CreateDialogTest)
#include "createdialogtest.moc"

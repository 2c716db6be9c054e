// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"
#include "support/holdsfor.h"
#include "support/keykinds.h"

#include "widgets/messagebox.h"

#include <QPushButton>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString withoutLineBreaks(const QString &pem)
{
    return QString(pem).replace(u'\n', u' ');
}

} // namespace

/// What the form says of odd values, and what it offers to do about them.
class CreateAdviceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_driver = std::make_unique<CreateDialogDriver>(); }
    void cleanup() { m_driver.reset(); }

    void anInvisibleCharacterIsNamedAndRemovedByOneClick()
    {
        m_driver->chooseType(u"SendGrid"_s);
        m_driver->paste(u"API key"_s, u"SG.abcdefghi\u200Bjkl"_s);
        QVERIFY2(
            m_driver->problem(u"API key"_s).contains(u"U+200B zero width space, after the 12th character"_s),
            qPrintable(m_driver->problem(u"API key"_s)));
        m_driver->click(u"Clean up"_s);
        QCOMPARE(m_driver->text(u"API key"_s), u"SG.abcdefghijkl"_s);
        QVERIFY(!m_driver->problem(u"API key"_s).contains(u"U+200B"_s));
        QVERIFY(m_driver->part(u"API key"_s)->hasFocus());
    }

    void aWrappedValueIsUnwrapped()
    {
        m_driver->chooseType(u"SendGrid"_s);
        m_driver->paste(u"API key"_s, u"SENDGRID_API_KEY=SG.abcdefghijkl"_s);
        m_driver->click(u"Keep the value"_s);
        QCOMPARE(m_driver->text(u"API key"_s), u"SG.abcdefghijkl"_s);
    }

    void aRestorationSaysFirstWhatChanges()
    {
        const QString key = KeyKinds::text("rsa, PKCS#8");
        m_driver->chooseType(u"Certificate key pair"_s);
        m_driver->paste(u"Private key"_s, withoutLineBreaks(key));
        QVERIFY(!m_driver->problem(u"Private key"_s).isEmpty());

        m_driver->click(u"Restore…"_s);
        auto *question = m_driver->dialog.findChild<MessageBox *>();
        QVERIFY(question);
        QCOMPARE(m_driver->text(u"Private key"_s), withoutLineBreaks(key)); // nothing yet
        bool isSaid = false;
        for (const QLabel *label : question->findChildren<QLabel *>()) {
            isSaid |= label->text().contains(u"line breaks"_s);
            QVERIFY(!label->text().contains(key.section(u'\n', 1, 1)));
        }
        QVERIFY(isSaid);
        clickIn(*question, u"Restore"_s);

        QCOMPARE(m_driver->text(u"Private key"_s), key);
        QCOMPARE(m_driver->problem(u"Private key"_s), QString());
    }

    void aRestorationMayBeLeft()
    {
        const QString text = withoutLineBreaks(KeyKinds::text("rsa, PKCS#8"));
        m_driver->chooseType(u"Certificate key pair"_s);
        m_driver->paste(u"Private key"_s, text);
        m_driver->click(u"Restore…"_s);
        auto *question = m_driver->dialog.findChild<MessageBox *>();
        QVERIFY(question);
        clickIn(*question, u"Leave as it is"_s);
        QCOMPARE(m_driver->text(u"Private key"_s), text);
        QVERIFY(!m_driver->problem(u"Private key"_s).isEmpty());
    }

    void aPrivateKeyInThePlaceOfTheCertificateIsNotSentAndMoved()
    {
        const QString key = KeyKinds::text("rsa, PKCS#8");
        m_driver->chooseType(u"Certificate key pair"_s);
        m_driver->type(u"Name"_s, u"Broker"_s);
        m_driver->paste(u"Certificate"_s, key);
        QVERIFY(!m_driver->problem(u"Certificate"_s).isEmpty());
        m_driver->click(u"Create"_s);
        VERIFY_HOLDS_FOR(100ms, m_driver->server.requests().empty());

        m_driver->click(u"Move to Private key"_s);
        QCOMPARE(m_driver->text(u"Certificate"_s), QString());
        QCOMPARE(m_driver->text(u"Private key"_s), key);
    }

    void aPrivateKeyInTheDescriptionIsNotSent()
    {
        m_driver->fillIn();
        m_driver->paste(u"Description"_s, u"The key:\n"_s + KeyKinds::text("rsa, PKCS#8"));
        m_driver->click(u"Create"_s);
        QVERIFY(!m_driver->problem(u"Description"_s).isEmpty());
        VERIFY_HOLDS_FOR(100ms, m_driver->server.requests().empty());
    }

    void aKeyThatDoesNotBelongToTheCertificateIsSaidOnceBothAreThere()
    {
        const auto &chain = KeyKinds::chain();
        m_driver->chooseType(u"Certificate key pair"_s);
        m_driver->paste(u"Private key"_s, KeyKinds::rsaKey(2048));
        QCOMPARE(m_driver->problem(u"Private key"_s), QString());
        m_driver->paste(u"Certificate"_s, chain.leaf);
        m_driver->part(u"Name"_s)->setFocus();
        QTRY_VERIFY(!m_driver->problem(u"Private key"_s).isEmpty() ||
                    !m_driver->problem(u"Certificate"_s).isEmpty());
        m_driver->paste(u"Private key"_s, chain.key);
        m_driver->part(u"Name"_s)->setFocus();
        QTRY_COMPARE(m_driver->problem(u"Private key"_s), QString());
        QCOMPARE(m_driver->problem(u"Certificate"_s), QString());
    }

    void aTextThatLooksSecretIsAskedAboutOnce()
    {
        m_driver->acceptWhatIsPosted();
        m_driver->fillIn();
        m_driver->paste(u"Description"_s, u"The token is ghp_16C7e42F292c6912E7710c838347Ae178B4a"_s);
        m_driver->click(u"Create"_s);
        auto *question = m_driver->dialog.findChild<MessageBox *>();
        QVERIFY(question);
        QCOMPARE(m_driver->server.requests().size(), 0u);
        clickIn(*question, u"Keep editing"_s);
        QTRY_VERIFY(!m_driver->dialog.findChild<MessageBox *>());
        QCOMPARE(m_driver->server.requests().size(), 0u);

        m_driver->click(u"Create"_s);
        question = m_driver->dialog.findChild<MessageBox *>();
        QVERIFY(question);
        clickIn(*question, u"Create anyway"_s);
        QTRY_COMPARE(m_driver->created.count(), 1);
        QCOMPARE(m_driver->server.count("POST"), 1);
    }

    void whatWasConfirmedIsNotAskedAgainUntilItIsEdited()
    {
        m_driver->server.otherwise({.status = 400, .body = R"({"type":"Validation","message":"No."})"});
        m_driver->fillIn();
        m_driver->paste(u"Description"_s, u"The token is ghp_16C7e42F292c6912E7710c838347Ae178B4a"_s);
        m_driver->click(u"Create"_s);
        clickIn(*m_driver->dialog.findChild<MessageBox *>(), u"Create anyway"_s);
        QTRY_VERIFY(m_driver->errorMessage().contains(u"No."_s));

        m_driver->click(u"Create"_s);
        QVERIFY(!isAsked());
        QTRY_COMPARE(m_driver->server.count("POST"), 2);
        QTRY_VERIFY(m_driver->errorMessage().contains(u"No."_s));

        QTest::keyClicks(m_driver->part(u"Description"_s), u"x"_s);
        m_driver->click(u"Create"_s);
        QVERIFY(isAsked());
    }

    void aKeyPressInALongTextIsNotHeldByItsChecks()
    {
        m_driver->chooseType(u"Certificate key pair"_s);
        const QString key = KeyKinds::text("rsa, PKCS#8");
        m_driver->paste(u"Private key"_s, withoutLineBreaks(key) + QString(60'000, u'x'));
        QTRY_VERIFY(!m_driver->problem(u"Private key"_s).isEmpty());
        QWidget *field = m_driver->part(u"Private key"_s);
        const QString before = m_driver->problem(u"Private key"_s);
        QTest::keyClick(field, Qt::Key_Backspace);
        QCOMPARE(m_driver->problem(u"Private key"_s), before); // not looked into yet
    }

    void anotherTypeMayBeChosenWhileALongTextWaits()
    {
        m_driver->chooseType(u"HTTP"_s);
        m_driver->choose(u"Authentication method"_s, u"Client certificate"_s);
        m_driver->paste(u"Public value"_s, KeyKinds::chain().leaf + QString(10'000, u'#'));
        m_driver->chooseType(u"Google Cloud Platform"_s);
        // Longer than it waits.
        VERIFY_HOLDS_FOR(500ms, m_driver->problem(u"Service account key"_s).isEmpty());
    }

    void aSecretThatWasMovedCanNotBeHadBackByUndo()
    {
        const QString key = KeyKinds::text("rsa, PKCS#8");
        m_driver->chooseType(u"Certificate key pair"_s);
        m_driver->paste(u"Certificate"_s, key);
        m_driver->click(u"Move to Private key"_s);
        QWidget *field = m_driver->part(u"Certificate"_s);
        field->setFocus();
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_driver->text(u"Certificate"_s), QString());
    }

private:
    bool isAsked() const
    {
        const auto *question = m_driver->dialog.findChild<MessageBox *>();
        return question && question->isVisible();
    }

    static void clickIn(MessageBox &box, const QString &text)
    {
        for (QPushButton *button : box.findChildren<QPushButton *>()) {
            if (button->text().remove(u'&') != text)
                continue;
            QVERIFY(QTest::qWaitFor([&] { return button->isEnabled(); }, 2000));
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
        QFAIL(qPrintable(u"There is no button "_s + text));
    }

    std::unique_ptr<CreateDialogDriver> m_driver;
};

QTEST_MAIN(CreateAdviceTest)
#include "createadvicetest.moc"

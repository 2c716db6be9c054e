// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/signinform.h"

#include "sandbox/sandboxserver.h"
#include "support/guiprobe.h"
#include "support/holdsfor.h"
#include "support/scriptedserver.h"
#include "widgets/secretedit.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString errorMessage = u"Error message"_s;

} // namespace

/// What is pasted into the form that signs in: what is mended in it, and what is said of the rest.
class SignInInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aTokenThatCanOnlyBeMeantOneWayIsMended_data();
    void aTokenThatCanOnlyBeMeantOneWayIsMended();
    void whatIsPastedInPlaceOfATokenIsNamed_data();
    void whatIsPastedInPlaceOfATokenIsNamed();
    void blanksAroundAnAddressAndACodeDoNotCount_data();
    void blanksAroundAnAddressAndACodeDoNotCount();
    void aServerThatKnowsNothingMayHaveAnotherUrl_data();
    void aServerThatKnowsNothingMayHaveAnotherUrl();
    void whatIsNotTakenIsSaid();

private:
    void open(const QUrl &server);
    void signIn(const QString &email, const QString &with);
    QString message() const { return m_probe->label(errorMessage); }
    bool hasMessage() const { return m_probe->has(QAccessible::StaticText, errorMessage); }
    QString password() const { return QString::fromLatin1(m_sandbox->password()); }
    SecretEdit *secretEdit(const QString &name) const
    {
        return qobject_cast<SecretEdit *>(m_probe->part(QAccessible::EditableText, name));
    }

    std::unique_ptr<SandboxServer> m_sandbox;
    std::unique_ptr<SignInForm> m_form;
    std::unique_ptr<GuiProbe> m_probe;
    std::unique_ptr<QSignalSpy> m_signedIn;
};

void SignInInputTest::init()
{
    m_sandbox = std::make_unique<SandboxServer>();
    open(m_sandbox->url());
}

void SignInInputTest::cleanup()
{
    m_signedIn.reset();
    m_probe.reset();
    m_form.reset();
}

void SignInInputTest::open(const QUrl &server)
{
    m_form = std::make_unique<SignInForm>();
    m_form->setProfile({.connection = {.server = server}}, {});
    m_form->show();
    m_form->focusFirst();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    m_probe = std::make_unique<GuiProbe>(*m_form);
    m_signedIn = std::make_unique<QSignalSpy>(m_form.get(), &SignInForm::signedIn);
}

/// As if both had been pasted.
void SignInInputTest::signIn(const QString &email, const QString &with)
{
    m_probe->line(u"Email"_s)->setText(email);
    secretEdit(u"Password"_s)->setText(with);
    m_form->signIn();
}

void SignInInputTest::aTokenThatCanOnlyBeMeantOneWayIsMended_data()
{
    QTest::addColumn<QString>("around"); // %1 is the token
    QTest::addColumn<bool>("isSaid");
    QTest::newRow("as it is") << u"%1"_s << false;
    QTest::newRow("blanks") << u" \u00a0%1\u200b\n"_s << false;
    QTest::newRow("quotes") << u"\"%1\""_s << true;
    QTest::newRow("a scheme") << u"Bearer %1"_s << true;
    QTest::newRow("the variable") << u"LOSANT_API_TOKEN=%1"_s << true;
    QTest::newRow("export") << u"export LOSANT_API_TOKEN='%1'"_s << true;
    QTest::newRow("JSON") << u"{\"token\":\"%1\"}"_s << true;
}

void SignInInputTest::aTokenThatCanOnlyBeMeantOneWayIsMended()
{
    QFETCH(QString, around);
    QFETCH(bool, isSaid);
    const QString said = u"The field holds the token alone"_s;
    const QString token = QString::fromLatin1(m_sandbox->token());
    auto *edit = secretEdit(u"API token"_s);
    edit->setText(around.arg(token));
    QVERIFY(!m_probe->visibleText().contains(said));

    m_form->signIn();

    QCOMPARE(m_probe->visibleText().contains(said), isSaid);
    if (isSaid)
        QCOMPARE(edit->text(), token);
    QVERIFY(!m_probe->visibleText().contains(token));
    QVERIFY(m_signedIn->wait());
    QCOMPARE(m_form->token(), m_sandbox->token());
    edit->setText(u"another"_s);
    QVERIFY(!m_probe->visibleText().contains(said));
}

void SignInInputTest::whatIsPastedInPlaceOfATokenIsNamed_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("said");
    QTest::newRow("a URL") << u"https://app.losant.com/secretpart"_s << u"web address"_s;
    QTest::newRow("an ID") << u"575ec8687ae143cd83dc4a97"_s << u"ID, such as that of an application"_s;
    QTest::newRow("an access key") << u"f7eb3b0c-7e45-4fd6-92a4-8b0c1b4b4c2e"_s << u"access key"_s;
    QTest::newRow("a variable") << u"${secretpart}"_s << u"stands for one"_s;
    QTest::newRow("a name") << u"LOSANT_API_TOKEN="_s << u"name of one"_s;
    QTest::newRow("bullets") << QString(20, u'•') << u"hides its text"_s;
    QTest::newRow("two") << u"eyJhbGciOiJYIn0.eyJhIjoxfQ.secretpart eyJhbGciOiJYIn0.eyJhIjoyfQ.secretpart"_s
                         << u"more than one"_s;
}

void SignInInputTest::whatIsPastedInPlaceOfATokenIsNamed()
{
    QFETCH(QString, pasted);
    QFETCH(QString, said);
    ScriptedServer server;
    open(server.url());
    auto *edit = secretEdit(u"API token"_s);
    edit->setText(pasted);

    m_form->signIn();

    QVERIFY2(message().contains(u"no API token: "_s) && message().contains(said), qPrintable(message()));
    QVERIFY(!m_probe->visibleText().contains(u"secretpart"_s) && !message().contains(pasted));
    QCOMPARE(edit->text(), pasted);
    QVERIFY(edit->hasFocus());
    VERIFY_HOLDS_FOR(50ms, server.connectionCount() == 0);
}

void SignInInputTest::blanksAroundAnAddressAndACodeDoNotCount_data()
{
    QTest::addColumn<QString>("around");
    QTest::newRow("blanks") << u" %1 "_s;
    QTest::newRow("a line break") << u"%1\n"_s;
    QTest::newRow("a tab") << u"\t%1"_s;
    QTest::newRow("no-break spaces") << u"\u00a0%1\u00a0"_s;
    QTest::newRow("zero width spaces") << u"\u200b%1\u200b"_s;
    QTest::newRow("a byte order mark") << u"\ufeff%1"_s;
    QTest::newRow("a mark of direction") << u"%1\u200e"_s;
}

void SignInInputTest::blanksAroundAnAddressAndACodeDoNotCount()
{
    QFETCH(QString, around);
    signIn(around.arg(u"grace@example.com"_s), password());
    QTRY_VERIFY(m_probe->has(QAccessible::EditableText, u"Two-factor code"_s));
    QTRY_VERIFY(!m_form->isBusy());
    m_probe->line(u"Two-factor code"_s)->setText(around.arg(u"123\u2009456"_s));
    m_form->signIn();
    QVERIFY(m_signedIn->wait());
    QCOMPARE(m_form->account()->email, u"grace@example.com"_s);
}

void SignInInputTest::aServerThatKnowsNothingMayHaveAnotherUrl_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isByToken");
    for (const bool isByToken : {true, false}) {
        const char *way = isByToken ? "by token" : "by password";
        QTest::addRow("nothing, %s", way) << QByteArray() << isByToken;
        QTest::addRow("a page, %s", way) << "<html>Not Found</html>"_ba << isByToken;
        QTest::addRow("an API's error, %s", way)
            << R"({"type":"NotFound","message":"There is nothing here."})"_ba << isByToken;
    }
}

void SignInInputTest::aServerThatKnowsNothingMayHaveAnotherUrl()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isByToken);
    ScriptedServer server;
    server.otherwise({.status = 404, .body = body});
    QUrl url = server.url();
    url.setPath(u"/api"_s);
    open(url);
    if (isByToken) {
        secretEdit(u"API token"_s)->setText(u"abcdef"_s);
        m_form->signIn();
    } else {
        signIn(u"ada@example.com"_s, password());
    }
    QTRY_VERIFY(hasMessage());
    QVERIFY2(message().contains(u"Is the server URL right?"_s), qPrintable(message()));
}

void SignInInputTest::whatIsNotTakenIsSaid()
{
    const QList<QWidget *> fields{secretEdit(u"API token"_s), secretEdit(u"Password"_s),
                                  m_probe->line(u"Email"_s)};
    for (QWidget *field : fields) {
        auto *data = new QMimeData;
        data->setUrls({QUrl(u"file:///home/ada/token.txt"_s)});
        QApplication::clipboard()->setMimeData(data);
        QTest::keyClick(field, Qt::Key_V, Qt::ControlModifier);
        QVERIFY(message().contains("takes no files"_L1));
        QTest::keyClicks(field, u"x"_s);
        QVERIFY(!hasMessage());
    }
    QApplication::clipboard()->setText(QString(70'000, u'x'));
    QTest::keyClick(secretEdit(u"API token"_s), Qt::Key_V, Qt::ControlModifier);
    QVERIFY2(message().contains("70,001 characters"_L1), qPrintable(message()));
    QCOMPARE(secretEdit(u"API token"_s)->text(), u"x"_s);
}

QTEST_MAIN(SignInInputTest)
#include "signininputtest.moc"

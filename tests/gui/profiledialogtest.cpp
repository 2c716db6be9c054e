// SPDX-License-Identifier: GPL-3.0-or-later
#include "signin/profiledialog.h"

#include "support/guiprobe.h"
#include "widgets/messagebox.h"
#include "widgets/secretedit.h"
#include "widgets/unsavedwork.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMimeData>
#include <QSpinBox>
#include <QSslCertificate>
#include <QTemporaryFile>
#include <QTest>

using namespace Qt::StringLiterals;
using ProxyKind = Connection::Proxy::Kind;

/// The settings of a profile.
class ProfileDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNotTouchedStaysAsItWas();
    void everyFieldIsEdited();
    void whatStandsAroundAValueDoesNotCount_data();
    void whatStandsAroundAValueDoesNotCount();
    void editsAreNotLostWithoutAQuestion_data();
    void editsAreNotLostWithoutAQuestion();
    void withoutEditsNothingIsAsked();
    void ofTwoTheOneOverTheOtherAsksFirst();
    void theProxysFieldsAreForAProxy();
    void aProxyThatIsNotUsedIsForgotten();
    void whatIsWrongIsSaidAtItsField_data();
    void whatIsWrongIsSaidAtItsField();
    void aCaFileThatIsNoneIsToldWithItsReason();
    void aCaFileWithACertificateIsTaken_data();
    void aCaFileWithACertificateIsTaken();
    void aPastedFileIsThePathOfACaFileAndNoText();

private:
    static Profile proxied()
    {
        Profile profile{
            .id = u"1"_s, .name = u"West"_s, .connection = {.server = QUrl(u"https://api.losant.com"_s)}};
        profile.connection.proxy = {ProxyKind::Http, u"proxy.example.com"_s, 3128, u"ada"_s};
        return profile;
    }
};

void ProfileDialogTest::whatIsNotTouchedStaysAsItWas()
{
    Profile profile = proxied();
    profile.connection.losantDomain = u"iot.example.com"_s;
    profile.isProduction = true;
    ProfileDialog dialog(profile, u"secret"_s);
    QVERIFY(dialog.profile() == profile);
    QCOMPARE(dialog.proxyPassword(), u"secret"_s);
}

void ProfileDialogTest::everyFieldIsEdited()
{
    ProfileDialog dialog({.connection = {.server = QUrl(u"https://api.losant.com"_s)}}, {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    const GuiProbe probe(dialog);
    probe.line(u"Profile name"_s)->setText(u" Plant west "_s);
    probe.line(u"Losant domain"_s)->setText(u"iot.example.com"_s);
    probe.choose(u"Proxy"_s, u"SOCKS5"_s);
    probe.line(u"Proxy host"_s)->setText(u"proxy.example.com"_s);
    dialog.findChild<QSpinBox *>()->setValue(1080);
    probe.line(u"Proxy user"_s)->setText(u"ada"_s);
    qobject_cast<SecretEdit *>(probe.part(QAccessible::EditableText, u"Proxy password"_s))
        ->setText(u"secret"_s);
    for (auto *box : dialog.findChildren<QAbstractButton *>()) {
        if (box->isCheckable())
            box->click();
    }
    probe.click(u"Save"_s);

    QCOMPARE(dialog.result(), int(QDialog::Accepted));
    const Profile edited = dialog.profile();
    QCOMPARE(edited.name, u"Plant west"_s);
    QCOMPARE(edited.connection.losantDomain, u"iot.example.com"_s);
    QVERIFY((edited.connection.proxy ==
             Connection::Proxy{ProxyKind::Socks5, u"proxy.example.com"_s, 1080, u"ada"_s}));
    QCOMPARE(dialog.proxyPassword(), u"secret"_s);
    QVERIFY(edited.isProduction);
    QVERIFY(edited.isReadOnly);
    QCOMPARE(edited.connection.server, QUrl(u"https://api.losant.com"_s));
}

void ProfileDialogTest::whatStandsAroundAValueDoesNotCount_data()
{
    QTest::addColumn<QString>("around");
    QTest::newRow("blanks") << u" %1 "_s;
    QTest::newRow("a line break") << u"%1\n"_s;
    QTest::newRow("a tab") << u"\t%1"_s;
    QTest::newRow("a no-break space") << u"%1\u00a0"_s;
    QTest::newRow("a zero width space") << u"\u200b%1\u200b"_s;
    QTest::newRow("a byte order mark") << u"\ufeff%1"_s;
}

void ProfileDialogTest::whatStandsAroundAValueDoesNotCount()
{
    QFETCH(QString, around);
    ProfileDialog dialog(proxied(), {});
    dialog.show();
    const GuiProbe probe(dialog);
    const QString file = QString::fromUtf8(QByteArray(CREDENZA_FIXTURES)) + u"/ca.pem"_s; // need not be there
    probe.line(u"Profile name"_s)->setText(around.arg(u"Plant west"_s));
    probe.line(u"Losant domain"_s)->setText(around.arg(u"iot.example.com"_s));
    probe.line(u"CA file"_s)->setText(around.arg(file));
    probe.line(u"Proxy host"_s)->setText(around.arg(u"proxy.example.com"_s));
    probe.line(u"Proxy user"_s)->setText(around.arg(u"ada"_s));
    const Profile edited = dialog.profile();
    QCOMPARE(edited.name, u"Plant west"_s);
    QCOMPARE(edited.connection.losantDomain, u"iot.example.com"_s);
    QCOMPARE(edited.connection.authorityFile, file);
    QCOMPARE(edited.connection.proxy.host, u"proxy.example.com"_s);
    QCOMPARE(edited.connection.proxy.user, u"ada"_s);
}

void ProfileDialogTest::editsAreNotLostWithoutAQuestion_data()
{
    QTest::addColumn<QString>("field");
    for (const QString &field : {u"Profile name"_s, u"Losant domain"_s, u"CA file"_s, u"Proxy host"_s,
                                 u"Proxy user"_s, u"Proxy password"_s})
        QTest::newRow(qUtf8Printable(field)) << field;
}

void ProfileDialogTest::editsAreNotLostWithoutAQuestion()
{
    QFETCH(QString, field);
    ProfileDialog dialog(proxied(), u"secret"_s);
    dialog.open();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    const GuiProbe probe(dialog);
    probe.part(QAccessible::EditableText, field)->setFocus();
    probe.type(u"x"_s);

    probe.click(u"Cancel"_s);

    QVERIFY(dialog.isVisible());
    QWidget *question = QApplication::activeModalWidget();
    QVERIFY(question && question != &dialog);
    GuiProbe(*question).click(u"Discard"_s);
    QVERIFY(!dialog.isVisible());
    QCOMPARE(dialog.result(), int(QDialog::Rejected));
}

void ProfileDialogTest::withoutEditsNothingIsAsked()
{
    ProfileDialog dialog(proxied(), u"secret"_s);
    dialog.open();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    GuiProbe(dialog).key(Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
}

void ProfileDialogTest::ofTwoTheOneOverTheOtherAsksFirst()
{
    for (int i = 0; i < 10; ++i) { // the order of windows is any
        ProfileDialog below(proxied(), {});
        ProfileDialog above(proxied(), {}, &below);
        below.show();
        above.open();
        for (ProfileDialog *dialog : {&below, &above})
            GuiProbe(*dialog).line(u"Profile name"_s)->setText(u"East"_s);
        afterUnsavedWork(&below, [] {});
        QVERIFY(above.findChild<MessageBox *>());
        QVERIFY(!below.findChild<MessageBox *>(QString(), Qt::FindDirectChildrenOnly));
    }
}

void ProfileDialogTest::theProxysFieldsAreForAProxy()
{
    ProfileDialog dialog({}, {});
    dialog.show();
    const GuiProbe probe(dialog);
    QVERIFY(!probe.has(QAccessible::EditableText, u"Proxy host"_s));
    probe.choose(u"Proxy"_s, u"HTTP"_s);
    QVERIFY(probe.has(QAccessible::EditableText, u"Proxy host"_s));
}

void ProfileDialogTest::aProxyThatIsNotUsedIsForgotten()
{
    ProfileDialog dialog(proxied(), u"secret"_s);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    GuiProbe(dialog).choose(u"Proxy"_s, u"None"_s);
    QVERIFY(dialog.profile().connection.proxy == Connection::Proxy{ProxyKind::None});
    QVERIFY(dialog.proxyPassword().isEmpty());
}

void ProfileDialogTest::whatIsWrongIsSaidAtItsField_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::newRow("a header in the domain") << u"Losant domain"_s << u"example.com\r\nX: y"_s;
    QTest::newRow("a URL as the domain") << u"Losant domain"_s << u"https://example.com"_s;
    QTest::newRow("no such CA file") << u"CA file"_s << u"/nonexistent/ca.pem"_s;
    QTest::newRow("a CA file without a certificate") << u"CA file"_s << u"/etc/hostname"_s;
    QTest::newRow("a folder as the CA file") << u"CA file"_s << u"/etc"_s;
    QTest::newRow("a device as the CA file") << u"CA file"_s << u"/dev/zero"_s;
    QTest::newRow("a header in the proxy's user") << u"Proxy user"_s << u"ada\r\nX: y"_s;
    QTest::newRow("a proxy without a host") << u"Proxy host"_s << u"  "_s;
}

void ProfileDialogTest::whatIsWrongIsSaidAtItsField()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    ProfileDialog dialog(proxied(), {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    const GuiProbe probe(dialog);
    probe.line(field)->setText(text);
    probe.click(u"Save"_s);
    QVERIFY(dialog.isVisible());
    QVERIFY(!probe.label(u"Error message"_s).isEmpty());
    QVERIFY(probe.line(field)->hasFocus());
    QCOMPARE(probe.line(u"Profile name"_s)->text(), u"West"_s);
}

void ProfileDialogTest::aCaFileThatIsNoneIsToldWithItsReason()
{
    ProfileDialog dialog({}, {});
    dialog.show();
    const GuiProbe probe(dialog);
    probe.line(u"CA file"_s)->setText(QStringLiteral(CREDENZA_FIXTURES "/keys/privatekey.pem"));
    probe.click(u"Save"_s);
    const QString said = probe.label(u"Error message"_s);
    QVERIFY2(said.contains(u"privatekey.pem” holds a private key and no certificate"_s), qPrintable(said));
}

void ProfileDialogTest::aCaFileWithACertificateIsTaken_data()
{
    QTest::addColumn<bool>("isDer");
    QTest::newRow("PEM") << false;
    QTest::newRow("DER") << true;
}

void ProfileDialogTest::aCaFileWithACertificateIsTaken()
{
    QFETCH(const bool, isDer);
    ProfileDialog dialog({}, {});
    dialog.show();
    const GuiProbe probe(dialog);
    QString file = QStringLiteral(CREDENZA_FIXTURES "/keys/certificate.pem");
    QTemporaryFile der;
    if (isDer) {
        QVERIFY(der.open() && der.write(QSslCertificate::fromPath(file).value(0).toDer()) > 0 && der.flush());
        file = der.fileName();
    }
    probe.line(u"CA file"_s)->setText(file);
    probe.click(u"Save"_s);
    QCOMPARE(dialog.result(), int(QDialog::Accepted));
    QCOMPARE(dialog.profile().connection.authorityFile, file);
}

void ProfileDialogTest::aPastedFileIsThePathOfACaFileAndNoText()
{
    ProfileDialog dialog(proxied(), {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    const GuiProbe probe(dialog);
    auto *data = new QMimeData;
    data->setUrls({QUrl(u"file:///etc/ssl/plant.pem"_s)});
    QApplication::clipboard()->setMimeData(data);
    for (const QString &name : {u"Profile name"_s, u"Losant domain"_s, u"Proxy host"_s, u"Proxy user"_s}) {
        QLineEdit *line = probe.line(name);
        const QString before = line->text();
        QTest::keyClick(line, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(line->text(), before);
        QVERIFY(probe.label(u"Error message"_s).contains("takes no files"_L1));
        QTest::keyClicks(line, u"x"_s); // what is said goes with an edit
        QVERIFY(!probe.has(QAccessible::StaticText, u"Error message"_s));
    }
    auto *password = dynamic_cast<SecretEdit *>(probe.part(QAccessible::EditableText, u"Proxy password"_s));
    QTest::keyClick(password, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(password->text(), QString());
    QVERIFY(probe.label(u"Error message"_s).contains("takes no files"_L1));
    QTest::keyClick(probe.line(u"CA file"_s), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(probe.line(u"CA file"_s)->text(), u"/etc/ssl/plant.pem"_s);
}

QTEST_MAIN(ProfileDialogTest)
#include "profiledialogtest.moc"

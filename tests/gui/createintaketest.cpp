// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"
#include "support/holdsfor.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QStringEncoder>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString pem = u"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n"_s;

QByteArray encoded(QStringConverter::Encoding encoding, bool hasMark)
{
    QStringEncoder encoder(encoding,
                           hasMark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
    return encoder(pem);
}

/// Drops it as a file manager would.
void drop(QWidget *onto, QMimeData *data)
{
    if (auto *area = qobject_cast<QAbstractScrollArea *>(onto))
        onto = area->viewport();
    const QPoint place = onto->rect().center();
    QDragEnterEvent enter(place, Qt::CopyAction, data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(onto, &enter);
    if (!enter.isAccepted())
        return;
    QDropEvent event(place, Qt::CopyAction, data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(onto, &event);
}

} // namespace

/// What is not taken into a field is said, and what the field held before does not go out in its place.
class CreateIntakeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_driver.reset(); }

    void aFileOfAnyUnicodeIsTaken_data();
    void aFileOfAnyUnicodeIsTaken();
    void whatIsNotTakenIsSaidAndBlocks_data();
    void whatIsNotTakenIsSaidAndBlocks();
    void whatWasThereCanBeKept();
    void anEmptyFieldCanBeLeftEmpty();
    void editingTakesTheRefusalBack();
    void aLineTakesNoFile_data();
    void aLineTakesNoFile();
    void anAddressIsTextInALine();
    void theSelectionIsLookedAtAsWell();
    void whatIsTooLongIsCounted_data();
    void whatIsTooLongIsCounted();

private:
    QString fileOf(const QByteArray &content, const QString &name = u"key.pem"_s);
    void fillInCertificate();

    std::unique_ptr<CreateDialogDriver> m_driver;
};

void CreateIntakeTest::init()
{
    m_driver = std::make_unique<CreateDialogDriver>();
    m_driver->acceptWhatIsPosted();
}

QString CreateIntakeTest::fileOf(const QByteArray &content, const QString &name)
{
    const QString path = m_driver->folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("The file can't be written");
    return path;
}

/// Of the type that has two fields for files, one of them secret.
void CreateIntakeTest::fillInCertificate()
{
    m_driver->chooseType(u"Certificate key pair"_s);
    m_driver->type(u"Name"_s, u"Broker"_s);
    m_driver->paste(u"Certificate"_s, u"former certificate"_s);
    m_driver->paste(u"Private key"_s, u"former key"_s);
}

void CreateIntakeTest::aFileOfAnyUnicodeIsTaken_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("UTF-8") << pem.toUtf8();
    QTest::newRow("UTF-8 with a mark") << encoded(QStringConverter::Utf8, true);
    QTest::newRow("UTF-16LE with a mark") << encoded(QStringConverter::Utf16LE, true);
    QTest::newRow("UTF-16BE with a mark") << encoded(QStringConverter::Utf16BE, true);
    QTest::newRow("UTF-16LE") << encoded(QStringConverter::Utf16LE, false);
    QTest::newRow("UTF-16BE") << encoded(QStringConverter::Utf16BE, false);
}

void CreateIntakeTest::aFileOfAnyUnicodeIsTaken()
{
    QFETCH(QByteArray, content);
    fillInCertificate();
    for (const QString &field : {u"Certificate"_s, u"Private key"_s}) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(fileOf(content))});
        drop(m_driver->part(field), &data);
        QCOMPARE(m_driver->text(field), pem);
    }
}

void CreateIntakeTest::whatIsNotTakenIsSaidAndBlocks_data()
{
    QTest::addColumn<QList<QUrl>>("urls"); // those without a scheme are files, made with `content`
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    const QList<QUrl> one{QUrl(u"key.pem"_s)};
    QTest::newRow("DER") << one << "\x30\x82\x04\xbd\x02\x01\x00"_ba << u"DER"_s;
    QTest::newRow("short DER") << one << "\x30\x81\xbd\x02\x01\x00\xff"_ba << u"DER"_s;
    QTest::newRow("binary") << one << "\xff\x00\xfd\x00\x01"_ba << u"not a text file"_s;
    QTest::newRow("text with NUL") << one << QByteArray("-----BEGIN\0KEY-----", 19) << u"not a text file"_s;
    QTest::newRow("half of UTF-16") << one << "\xff\xfek"_ba << u"not a text file"_s;
    QTest::newRow("half of a letter") << one << "key \xc3"_ba << u"not a text file"_s;
    QTest::newRow("large") << one << QByteArray(65'537, 'x') << u"65,537 characters"_s;
    QTest::newRow("huge") << one << QByteArray(5'000'000, 'x') << u"4.77 MiB"_s;
    QTest::newRow("long name") << QList<QUrl>{QUrl(QString(200, u'n'))} << "\xff"_ba << u"nnnnnnnn"_s;
    QTest::newRow("two files") << QList<QUrl>{QUrl(u"a.pem"_s), QUrl(u"b.pem"_s)} << pem.toUtf8()
                               << u"several files"_s;
    QTest::newRow("a folder") << QList<QUrl>{QUrl(u"."_s)} << QByteArray() << u"is a folder"_s;
    QTest::newRow("an address") << QList<QUrl>{QUrl(u"https://example.com/key.pem"_s)} << QByteArray()
                                << u"an address"_s;
    QTest::newRow("another computer")
        << QList<QUrl>{QUrl(u"sftp://example.com/key.pem"_s)} << QByteArray() << u"an address"_s;
    QTest::newRow("gone") << QList<QUrl>{QUrl(u"file:///nowhere/key.pem"_s)} << QByteArray()
                          << u"does not exist"_s;
    QTest::newRow("unreadable in the middle")
        << QList<QUrl>{QUrl(u"file:///proc/self/mem"_s)} << QByteArray() << u"can't be read"_s;
}

void CreateIntakeTest::whatIsNotTakenIsSaidAndBlocks()
{
    QFETCH(QList<QUrl>, urls);
    QFETCH(QByteArray, content);
    QFETCH(QString, words);
    for (QUrl &url : urls) {
        if (!url.scheme().isEmpty())
            continue;
        const QString name = url.path();
        url = QUrl::fromLocalFile(name == u'.' ? m_driver->folder.path() : fileOf(content, name));
    }
    fillInCertificate();
    for (const QString &field : {u"Certificate"_s, u"Private key"_s}) {
        const QString former = m_driver->text(field);
        for (const bool isPasted : {false, true}) {
            auto *data = new QMimeData;
            data->setUrls(urls);
            if (isPasted) {
                m_driver->part(field)->setFocus();
                QApplication::clipboard()->setMimeData(data);
                QTest::keyClick(m_driver->part(field), Qt::Key_V, Qt::ControlModifier);
            } else {
                drop(m_driver->part(field), data);
                delete data;
            }
            QVERIFY2(m_driver->problem(field).contains(words),
                     qPrintable(QString(field + (isPasted ? " pasted: "_L1 : " dropped: "_L1) +
                                        m_driver->problem(field))));
            QCOMPARE(m_driver->text(field), former);
        }
        m_driver->part(u"Name"_s)->setFocus();
        VERIFY_HOLDS_FOR(20ms, m_driver->problem(field).contains(words));
    }
    m_driver->click(u"Create"_s);
    VERIFY_HOLDS_FOR(50ms, m_driver->server.count("POST") == 0);
    QVERIFY(m_driver->errorMessage().contains("Certificate, Private key"_L1));
    QVERIFY(m_driver->problem(u"Certificate"_s).contains(words));
}

void CreateIntakeTest::whatWasThereCanBeKept()
{
    fillInCertificate();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fileOf("\xff"))});
    drop(m_driver->part(u"Private key"_s), &data);
    m_driver->click(u"Create"_s);
    QCOMPARE(m_driver->errorMessage(), u"Not created yet. Look at: Private key."_s);
    m_driver->click(u"Keep what is there"_s);
    QTRY_COMPARE(m_driver->errorMessage(), QString());
    QVERIFY(m_driver->part(u"Private key"_s)->hasFocus());
    QCOMPARE(m_driver->text(u"Private key"_s), u"former key"_s);
    m_driver->click(u"Create"_s);
    QTRY_COMPARE(m_driver->server.count("POST"), 1);
    QVERIFY(m_driver->server.requests().back().body.contains("former key"));
}

void CreateIntakeTest::anEmptyFieldCanBeLeftEmpty()
{
    m_driver->chooseType(u"SQL database"_s);
    m_driver->type(u"Name"_s, u"Orders"_s);
    m_driver->type(u"Host"_s, u"db.example.com"_s);
    m_driver->type(u"Username"_s, u"reader"_s);
    m_driver->type(u"Password"_s, u"correct horse"_s);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fileOf("\xff"))});
    drop(m_driver->part(u"CA certificate"_s), &data);
    m_driver->click(u"Create"_s);
    VERIFY_HOLDS_FOR(50ms, m_driver->server.count("POST") == 0);
    m_driver->click(u"Leave it empty"_s);
    m_driver->click(u"Create"_s);
    QTRY_COMPARE(m_driver->server.count("POST"), 1);
    QVERIFY(!m_driver->server.requests().back().body.contains("caCertificate"));
}

void CreateIntakeTest::editingTakesTheRefusalBack()
{
    fillInCertificate();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fileOf("\xff"))});
    drop(m_driver->part(u"Private key"_s), &data);
    m_driver->paste(u"Private key"_s, u"another key"_s);
    QVERIFY(!m_driver->problem(u"Private key"_s).contains("not a text file"_L1));
    m_driver->click(u"Create"_s);
    QTRY_COMPARE(m_driver->server.count("POST"), 1);
    QVERIFY(m_driver->server.requests().back().body.contains("another key"));
}

void CreateIntakeTest::aLineTakesNoFile_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<bool>("isText"); // a list of files that is offered as text alone
    for (const QString &field : {u"Name"_s, u"Description"_s, u"Access key ID"_s, u"Secret access key"_s}) {
        QTest::newRow(qPrintable(field)) << field << false;
        QTest::newRow(qPrintable(field + ", as text"_L1)) << field << true;
    }
}

void CreateIntakeTest::aLineTakesNoFile()
{
    QFETCH(QString, field);
    QFETCH(bool, isText);
    m_driver->chooseType(u"Amazon Web Services"_s);
    m_driver->paste(field, u"AKIAIOSFODNN7EXAMPLE"_s);
    for (int files = 1; files <= 2; ++files) {
        auto *data = new QMimeData;
        QList<QUrl> urls(files, QUrl(u"file:///home/ada/key.pem"_s));
        if (isText)
            data->setText(u"file:///home/ada/key.pem\n"_s.repeated(files));
        else
            data->setUrls(urls);
        drop(m_driver->part(field), data);
        QVERIFY2(m_driver->problem(field).contains("takes no files"_L1),
                 qPrintable(m_driver->problem(field)));
        QCOMPARE(m_driver->text(field).size(), 20);
        m_driver->type(u"Region"_s, u"us-east-1"_s);
        QApplication::clipboard()->setMimeData(data);
        QTest::keyClick(m_driver->part(field), Qt::Key_V, Qt::ControlModifier);
        QVERIFY(m_driver->problem(field).contains("takes no files"_L1));
        QCOMPARE(m_driver->text(field).size(), 20);
    }
}

void CreateIntakeTest::anAddressIsTextInALine()
{
    m_driver->chooseType(u"Git"_s);
    QMimeData data;
    data.setUrls({QUrl(u"https://github.com/acme/flows.git"_s)});
    data.setText(u"https://github.com/acme/flows.git"_s);
    drop(m_driver->part(u"Clone URL"_s), &data);
    QCOMPARE(m_driver->text(u"Clone URL"_s), u"https://github.com/acme/flows.git"_s);
}

void CreateIntakeTest::theSelectionIsLookedAtAsWell()
{
    QClipboard *clipboard = QApplication::clipboard();
    if (!clipboard->supportsSelection())
        QSKIP("There is no selection that a middle click pastes.");
    m_driver->chooseType(u"Amazon Web Services"_s);
    clipboard->setText(u"file:///home/ada/key.pem"_s, QClipboard::Selection);
    QTest::mouseClick(m_driver->part(u"Region"_s), Qt::MiddleButton);
    QCOMPARE(m_driver->text(u"Region"_s), QString());
    QVERIFY(m_driver->problem(u"Region"_s).contains("takes no files"_L1));
}

void CreateIntakeTest::whatIsTooLongIsCounted_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    const QString aws = u"Amazon Web Services"_s;
    QTest::newRow("secret line") << aws << u"Secret access key"_s << QString(65'600, u'x')
                                 << u"65,600 characters"_s;
    QTest::newRow("secret line of emoji")
        << aws << u"Secret access key"_s << u"😀"_s.repeated(65'600) << u"65,600 characters"_s;
    QTest::newRow("secret file") << u"Google Cloud Platform"_s << u"Service account key"_s
                                 << QString(70'000, u'x') << u"70,000 characters"_s;
    QTest::newRow("line") << aws << u"Region"_s << QString(40'000, u'x') << u"40,000 characters"_s;
    QTest::newRow("line, as long as it may be typed")
        << aws << u"Region"_s << QString(30'000, u'x') << u"30,000"_s;
}

void CreateIntakeTest::whatIsTooLongIsCounted()
{
    QFETCH(QString, type);
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, words);
    m_driver->chooseType(type);
    m_driver->paste(field, text);
    QTRY_VERIFY2(m_driver->problem(field).contains(words), qPrintable(m_driver->problem(field)));
    m_driver->part(u"Name"_s)->setFocus();
    VERIFY_HOLDS_FOR(20ms, m_driver->problem(field).contains(words));
    m_driver->click(u"Create"_s);
    QCOMPARE(m_driver->server.count("POST"), 0);
}

QTEST_MAIN(CreateIntakeTest)
#include "createintaketest.moc"

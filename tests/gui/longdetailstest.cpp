// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/openwindow.h"

#include <QClipboard>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace {

const QString credentials = u"Credentials"_s;

QString words(qsizetype size)
{
    return u"a word and another "_s.repeated(size / 19 + 1).first(size);
}

} // namespace

/// Of a text that is too long to be shown, its beginning is, and how long it is; the rest can be saved.
class LongDetailsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theFirstCharactersAreShownAndHowManyThereAre_data();
    void theFirstCharactersAreShownAndHowManyThereAre();
    void aTextThatFitsHasNoNote();
    void whatIsOutsideOfTheBmpCountsOnce();
    void fiveHundredValuesAreShownAndHowManyThereAre();
    void aFewValuesHaveALineEach();
    void aLargeConfigurationComesLater();
    void aConfigurationThatIsTooLargeIsSaidToBe();
    void allOfATextCanBeSaved();
    void allOfAConfigurationCanBeSavedWithoutSecrets();
    void whatCannotBeSavedIsSaid();
    void copyingACellCopiesAllOfIt();

private:
    void open(const QJsonObject &row);
    void open(const QString &key, const QJsonValue &value);
    QString text(const QString &field) const;
    bool isSaid(const QString &note) const { return m_window->visibleText().contains(note); }
    QPushButton *saveButton() const;
    void saveTo(const QString &path) const;

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

void LongDetailsTest::init()
{
    m_losant = std::make_unique<FakeLosant>();
    m_settings = std::make_unique<TestSettings>();
    m_losant->addApplication(u"Plant floor"_s);
}

void LongDetailsTest::cleanup()
{
    m_window.reset();
}

void LongDetailsTest::open(const QJsonObject &row)
{
    m_losant->setCredentials(FakeLosant::applicationId(1), {row});
    m_window = std::make_unique<OpenWindow>(m_losant->url(), m_settings->settings);
    QTRY_VERIFY(m_window->has(QAccessible::Table, credentials) &&
                !m_window->column(credentials, u"Name"_s).isEmpty());
    QTest::mouseClick(m_window->table(credentials)->viewport(), Qt::LeftButton, {}, {20, 10});
    QTRY_VERIFY(m_window->visibleText().contains(u"Secrets can't be read back"_s));
}

void LongDetailsTest::open(const QString &key, const QJsonValue &value)
{
    QJsonObject row = FakeLosant::credential(u"Odd"_s);
    row[key] = value;
    open(row);
}

QString LongDetailsTest::text(const QString &field) const
{
    if (!m_window->has(QAccessible::EditableText, field))
        return {};
    const auto *view = qobject_cast<QPlainTextEdit *>(m_window->part(QAccessible::EditableText, field));
    return view ? view->toPlainText() : QString();
}

QPushButton *LongDetailsTest::saveButton() const
{
    return qobject_cast<QPushButton *>(m_window->button(u"Save all…"_s));
}

/// Presses the button and chooses a file, as one does.
void LongDetailsTest::saveTo(const QString &path) const
{
    QVERIFY(saveButton());
    saveButton()->click(); // it may be below what is in view
    QFileDialog *dialog = nullptr;
    QTRY_VERIFY(dialog = m_window->window().findChild<QFileDialog *>());
    QTRY_VERIFY(dialog->isVisible());
    dialog->selectFile(path);
    QMetaObject::invokeMethod(dialog, "accept");
}

void LongDetailsTest::theFirstCharactersAreShownAndHowManyThereAre_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("field");
    const QString longText = words(1'000'000);
    QTest::newRow("description") << u"description"_s << QJsonValue(longText) << u"Description"_s;
    QTest::newRow("name") << u"name"_s << QJsonValue(longText) << u"Name"_s;
    QTest::newRow("value") << u"awsConfig"_s << QJsonValue(QJsonObject{{u"region"_s, longText}})
                           << u"Region"_s;
    QTest::newRow("unknown value") << u"awsConfig"_s << QJsonValue(QJsonObject{{u"other"_s, longText}})
                                   << u"other"_s;
}

void LongDetailsTest::theFirstCharactersAreShownAndHowManyThereAre()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QFETCH(QString, field);

    open(key, value);

    QTRY_COMPARE(text(field), words(32'000));
    QVERIFY2(isSaid(u"The first 32,000 of 1,000,000 characters."_s), qPrintable(m_window->visibleText()));
}

void LongDetailsTest::aTextThatFitsHasNoNote()
{
    open(u"description"_s, words(32'000));
    QTRY_COMPARE(text(u"Description"_s), words(32'000));
    QVERIFY(!isSaid(u"characters."_s));
    QVERIFY(!m_window->has(QAccessible::PushButton, u"Save all…"_s));
}

void LongDetailsTest::whatIsOutsideOfTheBmpCountsOnce()
{
    open(u"description"_s, QString(words(40'000) + u"👍"_s.repeated(10'000)));
    QTRY_COMPARE(text(u"Description"_s), words(32'000));
    QVERIFY2(isSaid(u"The first 32,000 of 50,000 characters."_s), qPrintable(m_window->visibleText()));
}

void LongDetailsTest::fiveHundredValuesAreShownAndHowManyThereAre()
{
    QJsonObject config;
    for (int i = 0; i < 2000; ++i)
        config[u"key%1"_s.arg(i, 4, 10, QChar(u'0'))] = u"value %1"_s.arg(i);
    open(u"awsConfig"_s, config);

    QVERIFY2(isSaid(u"The first 500 of 2,000 values"_s), qPrintable(m_window->visibleText()));
    const QStringList lines = text(u"Other values"_s).split(u'\n');
    QCOMPARE(lines.size(), 500);
    QCOMPARE(lines.front(), u"key0000: value 0"_s);
    QCOMPARE(lines.back(), u"key0499: value 499"_s);
}

void LongDetailsTest::aFewValuesHaveALineEach()
{
    QJsonObject config{{u"region"_s, u"eu-west-1"_s}};
    for (int i = 0; i < 16; ++i)
        config[u"key%1"_s.arg(i)] = u"value %1"_s.arg(i);
    open(u"awsConfig"_s, config);
    QTRY_COMPARE(text(u"key15"_s), u"value 15"_s);
    QVERIFY(!m_window->has(QAccessible::EditableText, u"Other values"_s));

    config[u"key16"_s] = u"value 16"_s;
    m_window.reset();
    open(u"awsConfig"_s, config);
    QTRY_COMPARE(text(u"Other values"_s).split(u'\n').size(), 17);
    QCOMPARE(text(u"Region"_s), u"eu-west-1"_s);
}

void LongDetailsTest::aLargeConfigurationComesLater()
{
    open(u"awsConfig"_s, QJsonObject{{u"region"_s, u"eu-west-1"_s}, {u"x"_s, words(2'000'000)}});
    QTRY_COMPARE(text(u"Region"_s), u"eu-west-1"_s);
    QTRY_COMPARE(text(u"x"_s), words(32'000));
}

void LongDetailsTest::aConfigurationThatIsTooLargeIsSaidToBe()
{
    open(u"awsConfig"_s, QJsonObject{{u"region"_s, words(17'000'000)}});
    QTRY_VERIFY2(text(u"Configuration"_s).startsWith(u"Too large to show"_s),
                 qPrintable(m_window->visibleText()));
}

void LongDetailsTest::allOfATextCanBeSaved()
{
    const QString whole = words(100'000) + u"€"_s;
    open(u"description"_s, whole);
    const QString path = m_settings->folder.filePath(u"saved <b>.txt"_s);

    saveTo(path);

    QTRY_VERIFY2(isSaid(u"All of it is in"_s), qPrintable(m_window->visibleText()));
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), whole);
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void LongDetailsTest::allOfAConfigurationCanBeSavedWithoutSecrets()
{
    QJsonObject config;
    for (int i = 0; i < 2000; ++i)
        config[u"key%1"_s.arg(i)] = u"value %1"_s.arg(i);
    const QJsonObject expected = config;
    config[u"secretAccessKey"_s] = u"never"_s;
    config[u"password"_s] = QJsonObject{{u"value"_s, u"never"_s}};
    config[u"list"_s] = QJsonArray{QJsonObject{{u"password"_s, u"never"_s}}};
    open(u"awsConfig"_s, config);
    const QString path = m_settings->folder.filePath(u"configuration.json"_s);

    QVERIFY(!m_window->visibleText().contains(u"never"_s));
    saveTo(path);

    QTRY_VERIFY(isSaid(u"All of it is in"_s));
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(file.readAll()).object(), expected);
}

void LongDetailsTest::whatCannotBeSavedIsSaid()
{
    open(u"description"_s, words(100'000));
    saveButton()->click();
    QFileDialog *dialog = nullptr;
    QTRY_VERIFY(dialog = m_window->window().findChild<QFileDialog *>());
    // The dialog would refuse a folder that is not there; one that goes meanwhile is up to us.
    Q_EMIT dialog->fileSelected(m_settings->folder.filePath(u"no folder/saved.txt"_s));
    dialog->reject();

    const auto said = [] {
        for (const QWidget *window : QApplication::topLevelWidgets()) {
            for (const QLabel *label : window->findChildren<QLabel *>()) {
                if (label->text().contains(u"could not be written"_s))
                    return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(said());
    QCOMPARE(text(u"Description"_s), words(32'000));
}

void LongDetailsTest::copyingACellCopiesAllOfIt()
{
    const QString whole = words(100'000);
    open(u"name"_s, whole);
    QTest::keyClick(m_window->table(credentials), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), whole);
}

QTEST_MAIN(LongDetailsTest)
#include "longdetailstest.moc"

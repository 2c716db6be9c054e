// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftvalidator.h"
#include "support/draftcheck.h"
#include "support/publicfields.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;

/// Checking a draft never takes so long that one could feel it, whatever is in it.
class DraftSpeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongTextIsCheckedQuickly_data();
    void aLongTextIsCheckedQuickly();
};

namespace {

constexpr int size = 64 * 1024;

// In milliseconds. Of sanitizers and unoptimized code that counts, only what is quadratic is told: it takes
// seconds.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
constexpr double bound = 4;
constexpr int leastTries = 3;
#else
constexpr double bound = 1000;
constexpr int leastTries = 1;
#endif

QString repeated(const QString &unit)
{
    return unit.repeated(size / unit.size() + 1).left(size);
}

QString fixture(const QString &name)
{
    QFile file(QStringLiteral(CREDENZA_FIXTURES "/keys/") + name);
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString random(QStringView characters)
{
    QRandomGenerator generator(7);
    QString text(size, u' ');
    for (QChar &c : text)
        c = characters[generator.bounded(int(characters.size()))];
    return text;
}

/// A draft of every type and what it shows, each with the same text in one of its fields.
std::vector<CredentialDraft> draftsWith(const QString &text)
{
    std::vector<CredentialDraft> drafts;
    for (const PublicField &place : publicFields()) {
        drafts.push_back(place.draft);
        drafts.back().set(place.field, text);
        if (place.field != FieldId::name)
            continue;
        const CredentialType &type = *place.draft.type();
        for (const FieldId field : type.fieldIds()) {
            if (type.field(field).secret && place.draft.isShown(field)) {
                drafts.push_back(place.draft);
                drafts.back().set(field, text);
            }
        }
    }
    return drafts;
}

} // namespace

void DraftSpeedTest::aLongTextIsCheckedQuickly_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("a letter") << repeated(u"x"_s);
    QTest::newRow("prose") << repeated(u"The plant's nightly exports, see https://wiki.example.com/a. "_s);
    QTest::newRow("base64") << random(u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    QTest::newRow("base64 in lines") << random(
        u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\n");
    QTest::newRow("ASCII") << random(u" !\"#$%&'()*+,-./0123456789:;<=>?@ABCXYZ[\\]^_`abcxyz{|}~");
    QTest::newRow("Chinese") << repeated(u"上海工厂数据库"_s);
    QTest::newRow("Arabic") << repeated(u"مصنع\u200f "_s);
    QTest::newRow("emoji") << repeated(u"👩‍👩‍👧"_s);
    QTest::newRow("zero width spaces") << repeated(u"a\u200b"_s);
    QTest::newRow("bullets") << repeated(u"•"_s);
    QTest::newRow("line breaks") << repeated(u"\r\n"_s);
    QTest::newRow("blanks") << repeated(u" "_s);
    QTest::newRow("BEGIN") << repeated(u"-----BEGIN "_s);
    QTest::newRow("BEGIN PRIVATE KEY") << repeated(u"-----BEGIN PRIVATE KEY-----\n"_s);
    QTest::newRow("BEGIN and END") << repeated(
        u"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"_s);
    QTest::newRow("keys") << repeated(fixture(u"privatekey.pem"_s));
    QTest::newRow("certificates and a key at the end") << QString(
        repeated(fixture(u"certificate.pem"_s)).left(16'000) % u'\n' % fixture(u"privatekey.pem"_s));
    QTest::newRow("a certificate and a key")
        << QString(fixture(u"certificate.pem"_s) % fixture(u"privatekey.pem"_s));
    QTest::newRow("schemes") << repeated(u"://"_s);
    QTest::newRow("URLs") << repeated(u"https://"_s);
    QTest::newRow("users") << repeated(u"a:b@"_s);
    QTest::newRow("a long URL") << QString(u"https://"_s + repeated(u"a:b@"_s)).left(size);
    QTest::newRow("percent signs") << repeated(u"%"_s);
    QTest::newRow("colons") << repeated(u":"_s);
    QTest::newRow("Password=") << repeated(u"Password="_s);
    QTest::newRow("password:") << repeated(u"password: Ab1"_s);
    QTest::newRow("AccountKey=") << repeated(u"AccountKey="_s);
    QTest::newRow("tokens") << repeated(u"ghp_ "_s);
    QTest::newRow("JWT") << repeated(u"eyJ."_s);
    QTest::newRow("brackets") << repeated(u"["_s);
    QTest::newRow("braces") << repeated(u"{\"a\":"_s);
    QTest::newRow("quotes") << repeated(u"\""_s);
    QTest::newRow("names") << repeated(u"A_KEY="_s);
}

void DraftSpeedTest::aLongTextIsCheckedQuickly()
{
    QFETCH(QString, text);
    constexpr int tries = 8; // caches may be cold
    const QDateTime now = QDateTime::currentDateTimeUtc();
    double slowest = 0;
    // As long as it may come, and as long as may be sent at most.
    constexpr int descriptionMaximum = 32'767;
    std::vector<CredentialDraft> drafts = draftsWith(text);
    if (bound < 1000)
        std::ranges::move(draftsWith(text.left(descriptionMaximum)), std::back_inserter(drafts));
    for (const CredentialDraft &draft : drafts) {
        double quickest = 1e9;
        for (int i = 0; i < tries && (i < leastTries || quickest >= bound); ++i) {
            const std::clock_t start = std::clock(); // of this process: others may have the processor too
            DraftValidator::check(draft, now);
            quickest = std::min(quickest, 1e3 * double(std::clock() - start) / CLOCKS_PER_SEC);
        }
        slowest = std::max(slowest, quickest);
        QVERIFY2(quickest < bound,
                 qPrintable(u"%1 ms, of the type %2"_s.arg(quickest).arg(QString(draft.type()->key))));
    }
    qInfo("%.2f ms", slowest);
}

QTEST_GUILESS_MAIN(DraftSpeedTest)
#include "draftspeedtest.moc"

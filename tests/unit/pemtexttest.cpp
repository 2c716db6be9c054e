// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/keykinds.h"

#include "domain/openssl.h"

#include <QTest>
#include <QUrl>

#include <openssl/pem.h>
#include <openssl/ui.h>

using namespace KeyMaterial;
using namespace Qt::StringLiterals;
using Damage = PemDamage;
using BlockKind = PemBlock::Kind;

namespace {

/// What OpenSSL's reader finds: names, headers and contents.
QList<QByteArray> readByOpenSsl(const QString &text)
{
    QList<QByteArray> found;
    const OpenSsl::ErrorScope errors;
    const QByteArray latin = text.toLatin1();
    const OpenSsl::Bio bio(BIO_new_mem_buf(latin.constData(), int(latin.size())));
    char *name = nullptr, *header = nullptr;
    unsigned char *data = nullptr;
    long size = 0;
    while (PEM_read_bio(bio.get(), &name, &header, &data, &size)) {
        found << QByteArray(name) << QByteArray(header).simplified()
              << QByteArray(reinterpret_cast<const char *>(data), size);
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(data);
    }
    return found;
}

qsizetype lastLine(const QString &text)
{
    return text.lastIndexOf("-----END"_L1);
}

qsizetype bodyStart(const QString &text)
{
    return text.indexOf(u'\n') + 1;
}

bool isLegacy(const QString &text)
{
    return text.contains("DEK-Info"_L1);
}

bool isTrusted(const QString &text)
{
    return text.contains("TRUSTED"_L1);
}

QString replaced(QString text, QLatin1StringView before, QStringView after)
{
    return text.replace(before, after.toString());
}

/// Text put into the body, at the start of its third line.
QString withInside(QString text, QStringView inside)
{
    qsizetype at = bodyStart(text);
    if (isLegacy(text))
        at = text.indexOf("\n\n"_L1) + 2;
    return text.insert(at, inside);
}

QString withLinePrefix(const QString &text, QStringView prefix)
{
    QString made;
    for (const QStringView line : QStringView(text).split(u'\n', Qt::SkipEmptyParts))
        made += prefix % line % u'\n';
    return made;
}

struct DamageCase
{
    const char *name;
    PemDamage damage; ///< that has to be told, among others
    QString (*damaged)(const QString &);
    bool isForAll = true; ///< also for what says more in its armour than its content does
};

const QList<DamageCase> &damages()
{
    static const QList<DamageCase> cases{
        {"line breaks lost", Damage::LineBreaksLost,
         [](const QString &t) { return replaced(t, "\n"_L1, u""); }},
        {"line breaks as blanks", Damage::LineBreaksAsBlanks,
         [](const QString &t) { return replaced(t, "\n"_L1, u" "); }},
        {"line breaks as two blanks", Damage::LineBreaksAsBlanks,
         [](const QString &t) { return replaced(t, "\n"_L1, u"  "); }},
        {"line breaks as no-break spaces", Damage::LineBreaksAsBlanks,
         [](const QString &t) { return replaced(t, "\n"_L1, u"\u00a0"); }},
        {"line breaks as tabs", Damage::LineBreaksAsBlanks,
         [](const QString &t) { return replaced(t, "\n"_L1, u"\t"); }},
        {"\\n", Damage::EscapedLineBreaks, [](const QString &t) { return replaced(t, "\n"_L1, u"\\n"); }},
        {"\\r\\n", Damage::EscapedLineBreaks,
         [](const QString &t) { return replaced(t, "\n"_L1, u"\\r\\n"); }},
        {"\\\\n", Damage::EscapedLineBreaks, [](const QString &t) { return replaced(t, "\n"_L1, u"\\\\n"); }},
        {"\\n and line breaks", Damage::EscapedLineBreaks,
         [](const QString &t) { return replaced(t, "\n"_L1, u"\\n\n"); }},
        {"\\n, then blanks", Damage::EscapedLineBreaks,
         [](const QString &t) { return replaced(t, "\n"_L1, u"\\n "); }},
        {"`n of PowerShell", Damage::EscapedLineBreaks,
         [](const QString &t) { return replaced(t, "\n"_L1, u"`n"); }},
        {"&#10;", Damage::EscapedLineBreaks, [](const QString &t) { return replaced(t, "\n"_L1, u"&#10;"); }},
        {"<br>", Damage::EscapedLineBreaks, [](const QString &t) { return replaced(t, "\n"_L1, u"<br>\n"); }},
        {"\\u000a and \\/", Damage::EscapedLineBreaks,
         [](const QString &t) { return replaced(replaced(t, "/"_L1, u"\\/"), "\n"_L1, u"\\u000a"); }},
        {"a backslash at each line's end", Damage::TextInside,
         [](const QString &t) { return replaced(t, "\n"_L1, u"\\\n"); }},
        {"double quotes", Damage::Quoted,
         [](const QString &t) { return QString(u'"' % t.trimmed() % u'"'); }},
        {"single quotes", Damage::Quoted, [](const QString &t) { return QString(u'\'' % t % u'\''); }},
        {"typographic quotes", Damage::Quoted,
         [](const QString &t) { return QString(u'“' % t.trimmed() % u'”'); }},
        {"quotes and \\n", Damage::Quoted,
         [](const QString &t) { return QString(u'"' % replaced(t, "\n"_L1, u"\\n") % u'"'); }},
        {"quotes, \\n and a comma", Damage::Quoted,
         [](const QString &t) { return QString(u'"' % replaced(t, "\n"_L1, u"\\n") % "\","_L1); }},
        {"a JSON member", Damage::Assigned,
         [](const QString &t) {
             return QString("\"private_key\": \""_L1 % replaced(t, "\n"_L1, u"\\n") % "\","_L1);
         }},
        {"lines of a program", Damage::Quoted,
         [](const QString &t) {
             return QString(u'"' % replaced(t.trimmed(), "\n"_L1, u"\\n\" +\n    \"") % "\";"_L1);
         }},
        {"lines of a list", Damage::Quoted,
         [](const QString &t) {
             return QString(u'\'' % replaced(t.trimmed(), "\n"_L1, u"',\n'") % "',\n"_L1);
         }},
        {"NAME=", Damage::Assigned, [](const QString &t) { return QString("PRIVATE_KEY="_L1 % t); }},
        {"NAME= in quotes", Damage::Assigned,
         [](const QString &t) { return QString("KEY=\""_L1 % t.trimmed() % "\"\n"_L1); }},
        {"export NAME= in quotes", Damage::Assigned,
         [](const QString &t) { return QString("export KEY='"_L1 % t.trimmed() % "'\n"_L1); }},
        {"NAME: of YAML, indented", Damage::BlanksInLines,
         [](const QString &t) { return QString("tls.key: |\n"_L1 % withLinePrefix(t, u"  ")); }},
        {"indented by tabs", Damage::BlanksInLines,
         [](const QString &t) { return withLinePrefix(t, u"\t"); }},
        {"blanks at the ends of lines", Damage::BlanksInLines,
         [](const QString &t) { return replaced(t, "\n"_L1, u" \n"); }},
        {"quoted in an e-mail", Damage::TextInside, [](const QString &t) { return withLinePrefix(t, u"> "); },
         false},
        {"a table's border", Damage::TextInside, [](const QString &t) { return withLinePrefix(t, u"| "); },
         false},
        {"no first line", Damage::MissingFirstLine, [](const QString &t) { return t.mid(bodyStart(t)); }},
        {"no last line", Damage::MissingLastLine, [](const QString &t) { return t.left(lastLine(t)); }},
        {"neither first nor last line", Damage::MissingFirstLine,
         [](const QString &t) { return t.mid(bodyStart(t), lastLine(t) - bodyStart(t)); }, false},
        {"three dashes", Damage::DamagedDashes,
         [](const QString &t) { return replaced(t, "-----"_L1, u"---"); }},
        {"one dash lost", Damage::DamagedDashes, [](const QString &t) { return t.mid(1); }},
        {"the last dash lost", Damage::DamagedDashes,
         [](const QString &t) { return t.trimmed().chopped(1); }},
        {"no dashes", Damage::DamagedDashes, [](const QString &t) { return replaced(t, "-----"_L1, u""); }},
        {"typographic dashes", Damage::DamagedDashes,
         [](const QString &t) { return replaced(t, "-----"_L1, u"—–-"); }},
        {"blanks beside the label", Damage::DamagedDashes,
         [](const QString &t) {
             return replaced(replaced(t, "-----BEGIN"_L1, u"----- BEGIN"), "-----END"_L1, u"----- END");
         }},
        {"CRLF", Damage::CarriageReturns, [](const QString &t) { return replaced(t, "\n"_L1, u"\r\n"); }},
        {"CR", Damage::CarriageReturns, [](const QString &t) { return replaced(t, "\n"_L1, u"\r"); }},
        {"no final line break", Damage::NoFinalLineBreak, [](const QString &t) { return t.trimmed(); }},
        {"a byte order mark", Damage::InvisibleCharacters,
         [](const QString &t) { return QString(u'\ufeff' % t); }},
        {"zero width spaces", Damage::InvisibleCharacters,
         [](const QString &t) { return replaced(t, "\n"_L1, u"\u200b\n"); }},
        {"an empty line inside", Damage::EmptyLines,
         [](const QString &t) { return QString(t.left(lastLine(t)) % u'\n' % t.mid(lastLine(t))); }},
        {"empty lines between all", Damage::EmptyLines,
         [](const QString &t) { return replaced(t, "\n"_L1, u"\n\n"); }},
        {"a comment inside", Damage::TextInside,
         [](const QString &t) { return withInside(t, u"# my key\n"); }},
        {"a header of its own inside", Damage::TextInside,
         [](const QString &t) { return withInside(t, u"Comment: made by hand\n"); }},
        {"an ellipsis inside", Damage::TextInside, [](const QString &t) { return withInside(t, u"…\n"); }},
        {"text after the last line", Damage::TextAround,
         [](const QString &t) { return QString(t.trimmed() % " (that is all)\n"_L1); }},
        {"text before the first line", Damage::TextAround,
         [](const QString &t) { return QString("Key "_L1 % t); }},
        {"percent encoding", Damage::PercentEncoded,
         [](const QString &t) { return QString::fromLatin1(QUrl::toPercentEncoding(t)); }},
        {"a form's encoding", Damage::PercentEncoded,
         [](const QString &t) {
             return QString::fromLatin1(QUrl::toPercentEncoding(t)).replace("%20"_L1, "+"_L1);
         }},
        {"base64 once more", Damage::Base64Encoded,
         [](const QString &t) { return QString::fromLatin1(t.toLatin1().toBase64()); }},
        {"base64 once more, after a name", Damage::Base64Encoded,
         [](const QString &t) { return QString("KEY="_L1 + QString::fromLatin1(t.toLatin1().toBase64())); }},
        {"another label", Damage::WrongLabel,
         [](const QString &t) {
             const QString label = t.mid(11, t.indexOf("-----\n"_L1) - 11);
             const QString other = label == "PUBLIC KEY"_L1 ? u"CERTIFICATE"_s : u"PUBLIC KEY"_s;
             return QString(t).replace(label, other);
         },
         false},
        {"padding lost", Damage::PaddingLost, [](const QString &t) { return replaced(t, "="_L1, u""); }},
    };
    return cases;
}

} // namespace

/// PEM that was damaged on its way here, and how it is restored.
class PemTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsRightStays_data();
    void whatIsRightStays();
    void everyDamageOfEveryKindIsMended_data();
    void everyDamageOfEveryKindIsMended();
    void severalBlocksAreMendedTogether_data();
    void severalBlocksAreMendedTogether();
    void rightButUnusual_data();
    void rightButUnusual();
    void beyondRepair_data();
    void beyondRepair();
    void otherFormatsAreLeftAlone();
    void nobodyIsAskedForAPassword();
    void aPreviewSaysWhatChanges();
    void aPreviewTellsOfLostComments();
    void blocksAreSeparated();
    void commentsStayWhereOnlyLineBreaksAreMended();
};

void PemTextTest::whatIsRightStays_data()
{
    QTest::addColumn<QString>("text");
    for (const auto &list : {KeyKinds::privateKeys(), KeyKinds::publicOnes()}) {
        for (const KeyKinds::Kind &kind : list)
            QTest::newRow(kind.name) << kind.text;
    }
}

void PemTextTest::whatIsRightStays()
{
    QFETCH(QString, text);
    const PemText pem = readPem(text);
    QCOMPARE(pem.damage, PemDamages());
    QVERIFY(!pem.isRestorable);
    QCOMPARE(restoredPem(text), std::nullopt);
}

void PemTextTest::everyDamageOfEveryKindIsMended_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("index");
    for (const auto &list : {KeyKinds::privateKeys(), KeyKinds::publicOnes()}) {
        for (const KeyKinds::Kind &kind : list) {
            for (int i = 0; i < damages().size(); ++i) {
                const DamageCase &damage = damages()[i];
                if ((!damage.isForAll && (isLegacy(kind.text) || isTrusted(kind.text))) ||
                    damage.damaged(kind.text) == kind.text)
                    continue;
                QTest::addRow("%s: %s", kind.name, damage.name) << kind.text << i;
            }
        }
    }
}

void PemTextTest::everyDamageOfEveryKindIsMended()
{
    QFETCH(QString, text);
    QFETCH(int, index);
    const DamageCase &damage = damages()[index];
    const QString damaged = damage.damaged(text);

    const PemText pem = readPem(damaged);
    QVERIFY(pem.isRestorable);
    QVERIFY2(pem.damage & damage.damage, qPrintable(QString::number(int(pem.damage), 16)));
    QCOMPARE(pem.blocks.size(), std::size_t(1));
    QCOMPARE(pem.blocks[0].kind, readPem(text).blocks[0].kind);
    QCOMPARE(pem.blocks[0].publicKey, readPem(text).blocks[0].publicKey);

    const auto restored = restoredPem(damaged);
    QVERIFY(restored.has_value());
    QVERIFY(readByOpenSsl(*restored) == readByOpenSsl(text)); // not QCOMPARE, which would show it
    QCOMPARE(readPem(*restored).damage, PemDamages());
    QCOMPARE(restoredPem(*restored), std::nullopt);
    QCOMPARE(holdsPrivateKey(damaged), pem.holdsPrivateKey());
    QCOMPARE(ERR_peek_error(), 0UL);
}

void PemTextTest::severalBlocksAreMendedTogether_data()
{
    QTest::addColumn<int>("index");
    const QStringList ofOneBlock{u"no first line"_s, u"no last line"_s, u"neither first nor last line"_s,
                                 u"another label"_s, u"one dash lost"_s};
    for (int i = 0; i < damages().size(); ++i) {
        if (!ofOneBlock.contains(QLatin1StringView(damages()[i].name)))
            QTest::newRow(damages()[i].name) << i;
    }
}

void PemTextTest::severalBlocksAreMendedTogether()
{
    QFETCH(int, index);
    // Whether the others end in padding is up to their random numbers; SEC1 of P-256 always does.
    const QString text = KeyKinds::text("rsa, PKCS#8") + KeyKinds::text("P-256, SEC1") +
                         KeyKinds::text("certificate") + KeyKinds::chain().root;
    const QString damaged = damages()[index].damaged(text);
    QVERIFY(damaged != text);
    const auto restored = restoredPem(damaged);
    QVERIFY(restored.has_value());
    QVERIFY(readByOpenSsl(*restored) == readByOpenSsl(text));
    QCOMPARE(readPem(*restored).damage, PemDamages());
    QVERIFY(holdsPrivateKey(damaged));
}

void PemTextTest::rightButUnusual_data()
{
    QTest::addColumn<QString>("text");
    const QString key = KeyKinds::text("P-256, SEC1"), certificate = KeyKinds::text("certificate");
    QTest::newRow("bag attributes of PKCS#12")
        << QString("Bag Attributes\n    localKeyID: 01 02 \nsubject=CN = throwaway\n\n"_L1 % certificate %
                   "Bag Attributes: <No Attributes>\nKey Attributes: <No Attributes>\n"_L1 % key);
    QTest::newRow("openssl x509 -text")
        << QString("Certificate:\n    Data:\n        Version: 3 (0x2)\n"_L1 % certificate);
    QTest::newRow("names of a bundle of authorities")
        << QString("\n# Issuer: CN=Ämter\n"_L1 % certificate % "\n# a comment about -----BEGIN lines\n"_L1 %
                   certificate);
    QTest::newRow("the curve before the key")
        << QString("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"_L1 % key);
    QTest::newRow("empty lines between blocks") << QString(certificate % "\n\n"_L1 % key % "\n"_L1);
    QString wide = certificate;
    wide.remove(u'\n').replace("-----M"_L1, "-----\nM"_L1).replace("-----END"_L1, "\n-----END"_L1);
    for (qsizetype i = wide.indexOf(u'\n') + 77; i < wide.indexOf("\n-----END"_L1); i += 77)
        wide.insert(i, u'\n');
    QTest::newRow("lines of 76 characters") << QString(wide % u'\n');
}

void PemTextTest::rightButUnusual()
{
    QFETCH(QString, text);
    const PemText pem = readPem(text);
    QVERIFY(!pem.blocks.empty());
    QVERIFY(std::ranges::all_of(pem.blocks, &PemBlock::isReadable));
    QCOMPARE(pem.damage, PemDamages());
    QCOMPARE(restoredPem(text), std::nullopt);
}

void PemTextTest::beyondRepair_data()
{
    QTest::addColumn<QString>("text");
    const QString key = KeyKinds::text("rsa, PKCS#8");
    const qsizetype middle = key.size() / 2;
    QTest::newRow("nothing") << QString();
    QTest::newRow("prose") << u"Paste the -----BEGIN PRIVATE KEY----- here, up to its end."_s;
    QTest::newRow("a placeholder") << u"-----BEGIN PRIVATE KEY-----\nMII...\n-----END PRIVATE KEY-----\n"_s;
    QTest::newRow("a line lost") << QString(key.left(middle) % key.mid(middle + 65));
    QTest::newRow("one character lost") << QString(key.left(middle) % key.mid(middle + 1));
    QTest::newRow("cut off") << key.left(middle);
    QTest::newRow("one of two is cut") << QString(KeyKinds::text("certificate") % key.left(middle));
    QTest::newRow("the key is cut, in quotes") << QString(u'"' % key.left(middle) % u'"');
    QTest::newRow("too long") << QString(key.trimmed() % QString(maxCharacters, u' '));
    QTest::newRow("random base64 in an armour") << QString(
        "-----BEGIN CERTIFICATE-----\n"_L1 % QString(640, u'Q') % "\n-----END CERTIFICATE-----"_L1);
    QTest::newRow("only dashes") << QString(2000, u'-');
}

void PemTextTest::beyondRepair()
{
    QFETCH(QString, text);
    QCOMPARE(restoredPem(text), std::nullopt);
    QVERIFY(!readPem(text).isRestorable);
    QVERIFY(!holdsPrivateKey(text));
    QCOMPARE(ERR_peek_error(), 0UL);
}

void PemTextTest::otherFormatsAreLeftAlone()
{
    for (const QString &name : {u"openpgp-secret.asc"_s, u"openpgp-public.asc"_s}) {
        const QString text = KeyKinds::fixture(name);
        for (const QString &given : {text, QString(u'"' % replaced(text, "\n"_L1, u"\r\n") % u'"')}) {
            const PemText pem = readPem(given);
            QCOMPARE(pem.blocks.size(), std::size_t(1));
            QVERIFY(pem.blocks[0].isReadable);
            QCOMPARE(pem.blocks[0].isPrivateKey(), name.contains("secret"_L1));
            QCOMPARE(pem.damage, PemDamages());
            QCOMPARE(restoredPem(given), std::nullopt);
            QCOMPARE(separated(given).has_value(), false);
        }
    }
}

void PemTextTest::nobodyIsAskedForAPassword()
{
    static int asked = 0;
    const std::unique_ptr<UI_METHOD, OpenSsl::Deleter<UI_destroy_method>> method(
        UI_create_method("counting"));
    UI_method_set_opener(method.get(), [](UI *) { return ++asked, 0; });
    UI_set_default_method(method.get());
    for (const KeyKinds::Kind &kind : KeyKinds::privateKeys()) {
        if (kind.encryption == Encryption::None)
            continue;
        const QString label = kind.text.mid(11, kind.text.indexOf("-----\n"_L1) - 11);
        for (const QString &other : {label, u"PRIVATE KEY"_s, u"RSA PRIVATE KEY"_s, u"EC PRIVATE KEY"_s,
                                     u"ENCRYPTED PRIVATE KEY"_s, u"CERTIFICATE"_s}) {
            const QString text = QString(kind.text).replace(label, other);
            (void)restoredPem(text);
            (void)belongTogether(text, KeyKinds::text("certificate"));
            (void)jwtKeyFit(u"RS256", text);
            const bool isLegacyElsewhere =
                isLegacy(text) && (other == "CERTIFICATE"_L1 || other.startsWith("ENCRYPTED"_L1));
            QVERIFY2(isLegacyElsewhere || holdsPrivateKey(text), qPrintable(other));
        }
    }
    QCOMPARE(asked, 0);

    // That is how OpenSSL would ask.
    const QByteArray latin = KeyKinds::text("encrypted PKCS#8").toLatin1();
    const OpenSsl::Bio bio(BIO_new_mem_buf(latin.constData(), int(latin.size())));
    const OpenSsl::Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    UI_set_default_method(nullptr);
    ERR_clear_error();
    QVERIFY(asked > 0);
}

void PemTextTest::aPreviewSaysWhatChanges()
{
    const QString key = KeyKinds::text("Ed25519");
    const QString damaged = QString("export KEY=\""_L1 % replaced(key, "\n"_L1, u"\\n") % u'"');
    const auto restoration = restored(damaged);
    QVERIFY(restoration.has_value());
    QVERIFY(restoration->text == key);
    QVERIFY(restoration->mended & Damage::Assigned);
    QVERIFY(restoration->mended & Damage::EscapedLineBreaks);
    QCOMPARE(restoration->formerLines, 1);
    QCOMPARE(restoration->lines, 3);
    QCOMPARE(restoration->blocks, 1);
    QCOMPARE(restoration->removedCharacters, qsizetype(qstrlen("exportKEY=\"\"") + 3 * 2));
}

void PemTextTest::aPreviewTellsOfLostComments()
{
    const QString certificate = KeyKinds::text("certificate"),
                  damaged = replaced(certificate, "\n"_L1, u" \n");
    QVERIFY(!(restored(damaged)->mended & Damage::TextAround));
    const auto restoration = restored(QString("# Issuer: nobody\n"_L1 % damaged));
    QVERIFY(restoration.has_value());
    QVERIFY(restoration->text == certificate);
    QVERIFY(restoration->mended & Damage::TextAround);
}

void PemTextTest::blocksAreSeparated()
{
    const KeyKinds::Chain &chain = KeyKinds::chain();
    const auto parts =
        separated(QString(chain.leaf % chain.key % "Comment\n"_L1 % chain.intermediate.trimmed()));
    QVERIFY(parts.has_value());
    QVERIFY(parts->privateKeys == chain.key);
    QVERIFY(parts->others == chain.leaf + chain.intermediate);
    QVERIFY(!separated(u"no PEM"_s));
}

void PemTextTest::commentsStayWhereOnlyLineBreaksAreMended()
{
    const QString text = QString("# Ämter\n"_L1 % KeyKinds::text("certificate"));
    QCOMPARE(restoredPem(replaced(text, "\n"_L1, u"\r\n")), text);
    QCOMPARE(restoredPem(text.chopped(1)), text);
}

QTEST_GUILESS_MAIN(PemTextTest)
#include "pemtexttest.moc"

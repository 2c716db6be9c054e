// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/textfile.h"

#include "domain/draftvalidator.h"
#include "widgets/secretedit.h"
#include "widgets/texttools.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStringDecoder>

#include <optional>

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("TextFile", text);
}

/// A name of which the beginning and the end tell.
QString shortened(const QString &fileName)
{
    constexpr qsizetype maxBeginning = 20;
    constexpr qsizetype maxEnd = 12;
    if (fileName.size() <= maxBeginning + maxEnd)
        return quoted(fileName);
    return quoted(fileName.first(graphemeStart(fileName, maxBeginning)) % u'…' %
                  fileName.sliced(graphemeStart(fileName, fileName.size() - maxEnd)));
}

/// Words with the file's name.
tl::unexpected<QString> refusal(const char *text, const QString &name)
{
    return tl::unexpected(words(text).arg(name));
}

/// UTF-16 without a byte order mark: keys are ASCII, so that every other byte is 0.
std::optional<QStringConverter::Encoding> unmarkedUtf16(QByteArrayView bytes)
{
    qsizetype zeros[2] = {};
    for (qsizetype i = 0; i < bytes.size(); ++i)
        zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
    const qsizetype half = bytes.size() / 2;
    const auto isMost = [half](qsizetype count) { return count > half * 9 / 10; };
    const auto isFew = [half](qsizetype count) { return count < half / 10; };
    if (bytes.size() % 2 != 0 || half < 4)
        return std::nullopt;
    if (isMost(zeros[1]) && isFew(zeros[0]))
        return QStringConverter::Utf16LE;
    if (isMost(zeros[0]) && isFew(zeros[1]))
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

QStringConverter::Encoding encodingOf(QByteArrayView bytes)
{
    if (const auto marked = QStringConverter::encodingForData(bytes))
        return *marked;
    return unmarkedUtf16(bytes).value_or(QStringConverter::Utf8);
}

/// As keys and certificates begin in their binary form: a sequence whose length takes two bytes.
bool looksLikeDer(QByteArrayView bytes)
{
    return bytes.size() > 4 && bytes[0] == char(0x30) && (bytes[1] == char(0x82) || bytes[1] == char(0x81));
}

} // namespace

tl::expected<QString, QString> readTextFile(const QString &path)
{
    const QFileInfo info(path);
    const QString name = shortened(info.fileName());
    if (info.isDir())
        return refusal(QT_TRANSLATE_NOOP("TextFile", "“%1” is a folder. Choose a file in it."), name);
    if (!info.exists())
        return refusal(QT_TRANSLATE_NOOP("TextFile", "“%1” does not exist any more."), name);
    if (!info.isFile())
        return refusal(QT_TRANSLATE_NOOP("TextFile", "“%1” is not a file."), name);
    QFile file(path);
    const auto unreadable = [&] {
        return tl::unexpected(words(QT_TRANSLATE_NOOP("TextFile", "“%1” can't be read: %2."))
                                  .arg(name, quoted(file.errorString())));
    };
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) // a buffer would keep what it read
        return unreadable();
    constexpr qsizetype maxSize = 4 * SecretEdit::maxCharacters; // as UTF-8 or UTF-16
    QByteArray bytes = file.read(maxSize + 1);
    if (file.error() != QFileDevice::NoError) {
        wipe(bytes);
        return unreadable();
    }
    if (bytes.size() > maxSize) {
        wipe(bytes);
        return tl::unexpected(
            words(
                QT_TRANSLATE_NOOP("TextFile", "“%1” is too large to be a key: %2, and at most %3 are read."))
                .arg(name, QLocale().formattedDataSize(info.size()), QLocale().formattedDataSize(maxSize)));
    }
    const bool isDer = looksLikeDer(bytes);
    const QStringConverter::Encoding encoding = encodingOf(bytes);
    const bool isOdd = encoding != QStringConverter::Utf8 && bytes.size() % 2 != 0; // Qt leaves the rest out
    QStringDecoder decoder(encoding, QStringConverter::Flag::Stateless); // so that half a letter is an error
    QString text = decoder(bytes);
    wipe(bytes);
    if (isOdd || decoder.hasError() || text.contains(QChar::Null)) {
        wipe(text);
        return isDer ? refusal(QT_TRANSLATE_NOOP("TextFile",
                                                 "“%1” is not a text file but DER, the binary form. "
                                                 "Convert it to PEM: “openssl pkey -inform der” for a key, "
                                                 "“openssl x509 -inform der” for a certificate."),
                               name)
                     : refusal(QT_TRANSLATE_NOOP("TextFile",
                                                 "“%1” is not a text file. Keys are needed as PEM or JSON."),
                               name);
    }
    if (text.size() > SecretEdit::maxCharacters) {
        const QString problem =
            words(QT_TRANSLATE_NOOP("TextFile", "“%1” is too large to be a key: %2 characters, and at "
                                                "most %3 are taken."))
                .arg(name, QLocale().toString(DraftValidator::codePoints(text)),
                     QLocale().toString(SecretEdit::maxCharacters));
        wipe(text);
        return tl::unexpected(problem);
    }
    return text;
}

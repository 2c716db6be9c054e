// SPDX-License-Identifier: GPL-3.0-or-later
#include "create/textfile.h"

#include "widgets/secretedit.h"
#include "widgets/texttools.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStringDecoder>

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("TextFile", text);
}

} // namespace

tl::expected<QString, QString> readTextFile(const QString &path)
{
    const QFileInfo info(path);
    const QString name = singleLine(info.fileName(), 80);
    if (!info.isFile())
        return tl::unexpected(words(QT_TRANSLATE_NOOP("TextFile", "“%1” is not a file.")).arg(name));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) { // a buffer would keep what it read
        return tl::unexpected(
            words(QT_TRANSLATE_NOOP("TextFile", "“%1” can't be read: %2.")).arg(name, file.errorString()));
    }
    QByteArray bytes = file.read(SecretEdit::mostCharacters + 1);
    if (bytes.size() > SecretEdit::mostCharacters) {
        return tl::unexpected(
            words(QT_TRANSLATE_NOOP("TextFile", "“%1” is too large to be a key: more than %2."))
                .arg(name, QLocale().formattedDataSize(SecretEdit::mostCharacters, 0)));
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(bytes);
    wipe(bytes);
    if (decoder.hasError()) {
        wipe(text);
        return tl::unexpected(
            words(QT_TRANSLATE_NOOP("TextFile", "“%1” is not a text file. Keys are needed as PEM or JSON."))
                .arg(name));
    }
    return text;
}

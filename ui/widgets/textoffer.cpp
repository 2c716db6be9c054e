// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/textoffer.h"

#include "domain/draftvalidator.h"
#include "domain/showntext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace {

/// The files that a text is a list of, or nothing if it is any other text.
QList<QUrl> filesIn(const QString &text)
{
    constexpr qsizetype maxListSize = 100'000;
    QList<QUrl> files;
    if (text.size() > maxListSize)
        return files;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const QUrl url(line.trimmed());
        if (!url.isLocalFile() || !line.startsWith("file:"_L1))
            return {};
        files.append(url);
    }
    return files;
}

} // namespace

TextOffer textOffer(const QMimeData *data)
{
    using Kind = TextOffer::Kind;
    if (!data)
        return {};
    const QList<QUrl> urls = data->hasUrls() ? data->urls() : filesIn(data->text());
    if (urls.size() > 1)
        return {.kind = Kind::Files};
    if (urls.isEmpty())
        return {.kind = data->hasText() ? Kind::Text : Kind::None};
    const QString path = urls.front().toLocalFile();
    return path.isEmpty() ? TextOffer{.kind = Kind::Remote} : TextOffer{.kind = Kind::File, .path = path};
}

QString offerProblem(const TextOffer &offer, bool takesFiles)
{
    switch (offer.kind) {
    case TextOffer::Kind::None:
    case TextOffer::Kind::Text:
        return {};
    case TextOffer::Kind::File:
        return takesFiles ? QString()
                          : QCoreApplication::translate("TextOffer", "This field takes no files. Copy the "
                                                                     "text itself and paste it here.");
    case TextOffer::Kind::Files:
        return takesFiles
                   ? QCoreApplication::translate("TextOffer", "These are several files. Choose one of them.")
                   : QCoreApplication::translate("TextOffer", "This field takes no files. Copy the text "
                                                              "itself and paste it here.");
    case TextOffer::Kind::Remote:
        return takesFiles ? QCoreApplication::translate("TextOffer", "This is an address, not a file of this "
                                                                     "computer. Download the file, then "
                                                                     "open it here.")
                          : QString();
    }
    return {};
}

QString tooLongProblem(qsizetype characters, qsizetype maximum)
{
    const QLocale locale;
    return QCoreApplication::translate("TextOffer", "%1 characters are more than this field can hold: %2.")
        .arg(locale.toString(characters), locale.toString(maximum));
}

QString roomProblem(std::initializer_list<QStringView> parts, qsizetype maximum)
{
    qsizetype characters = 0;
    qsizetype lines = 1;
    for (const QStringView part : parts) {
        characters += DraftValidator::codePoints(part);
        lines += part.count(u'\n');
    }
    if (characters > maximum)
        return tooLongProblem(characters, maximum);
    if (canBeEdited(parts))
        return {};
    return QCoreApplication::translate(
               "TextOffer",
               "%1 characters in %n line(s) are too much to be edited here. Paste only "
               "the part that belongs here.",
               nullptr, int(lines))
        .arg(QLocale().toString(characters));
}

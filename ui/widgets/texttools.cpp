// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/texttools.h"

#include "domain/draftvalidator.h"
#include "domain/textbounds.h"

#include <QAction>
#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

constexpr QChar zeroWidthSpace(0x200b);
constexpr qsizetype maxWordSize = 40; // of any language

} // namespace

QString literalToolTip(const QString &text)
{
    const QString first = firstShapeable(text, 1000);
    QString shown = drawable(first, maxWordSize);
    if (first.size() < text.size())
        shown += u'…';
    return u"<p style=\"white-space:pre-wrap\">"_s + shown.toHtmlEscaped() + u"</p>"_s;
}

QString withoutMnemonic(QString text)
{
    return text.replace(u'&', u"&&"_s);
}

QString withoutPlaceholder(QString title)
{
    return title.replace(u"[*]"_s, u"[*][*]"_s);
}

QString shapeable(const QString &text, qsizetype max)
{
    constexpr qsizetype largeText = 10'000; // without places to wrap this takes a while
    const QString first = firstShapeable(text, max);
    return drawable(first, first.size() > largeText ? maxWordSize : maxShownCharacters);
}

QString sourceOf(const QString &shown, const QString &source, qsizetype from, qsizetype to)
{
    QString part;
    qsizetype at = 0; // in the source
    for (qsizetype i = 0; i < to && i < shown.size() && at < source.size(); ++i) {
        if (shown[i] == zeroWidthSpace && source[at] != zeroWidthSpace)
            continue;
        const bool isPair =
            source[at].isHighSurrogate() && at + 1 < source.size() && source[at + 1].isLowSurrogate();
        const bool isLineBreak = source[at] == u'\r' && at + 1 < source.size() && source[at + 1] == u'\n';
        // A pair is two in what is shown as well, unless something stands in for it.
        const bool isReplaced = isPair && shown[i] == QChar::ReplacementCharacter;
        const qsizetype size = isReplaced || isLineBreak ? 2 : 1;
        if (i >= from)
            part += QStringView(source).sliced(at, size);
        at += size;
    }
    return part;
}

QString wrappable(const QString &text, qsizetype maxWord)
{
    return drawable(firstShapeable(text, maxShownCharacters), maxWord);
}

QString cutNote(const QString &text, qsizetype max)
{
    const qsizetype shown = DraftValidator::codePoints(firstShapeable(text, max));
    const bool isHuge = text.size() > 4'000'000; // counting would take a while, and the number says enough
    const qsizetype all = isHuge ? text.size() : DraftValidator::codePoints(text);
    if (all <= shown)
        return {};
    const QLocale locale;
    return QCoreApplication::translate("TextTools", "The first %1 of %2 characters.")
        .arg(locale.toString(shown), locale.toString(all));
}

void addShortcutToToolTip(QAction *action)
{
    const QString tip = action->toolTip();
    const QKeySequence shortcut = action->shortcut();
    if (!shortcut.isEmpty())
        action->setToolTip(u"%1 (%2)"_s.arg(tip, shortcut.toString(QKeySequence::NativeText)));
}

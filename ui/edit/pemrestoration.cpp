// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/pemrestoration.h"

#include "domain/keymaterial.h"
#include "domain/wiping.h"
#include "widgets/messagebox.h"

#include <QCoreApplication>
#include <QPushButton>

using namespace Qt::StringLiterals;
using KeyMaterial::PemDamage;

namespace {

QString words(const char *text, int n = -1)
{
    return QCoreApplication::translate("PemRestoration", text, nullptr, n);
}

struct Mending
{
    PemDamage damage;
    const char *words;
};

constexpr Mending mendings[] = {
    {PemDamage::LineBreaksLost,
     QT_TRANSLATE_NOOP("PemRestoration", "The line breaks that were lost are put back.")},
    {PemDamage::LineBreaksAsBlanks,
     QT_TRANSLATE_NOOP("PemRestoration", "Blanks that were line breaks become line breaks again.")},
    {PemDamage::EscapedLineBreaks,
     QT_TRANSLATE_NOOP("PemRestoration", "The characters \\n become line breaks.")},
    {PemDamage::Quoted, QT_TRANSLATE_NOOP("PemRestoration", "The quotes around it go.")},
    {PemDamage::Assigned, QT_TRANSLATE_NOOP("PemRestoration", "The name before it goes.")},
    {PemDamage::MissingFirstLine,
     QT_TRANSLATE_NOOP("PemRestoration", "The first line, “-----BEGIN …-----”, is put back.")},
    {PemDamage::MissingLastLine,
     QT_TRANSLATE_NOOP("PemRestoration", "The last line, “-----END …-----”, is put back.")},
    {PemDamage::DamagedDashes,
     QT_TRANSLATE_NOOP("PemRestoration", "The first and the last line get their five dashes on each side.")},
    {PemDamage::TextInside,
     QT_TRANSLATE_NOOP("PemRestoration", "Text within it that does not belong there goes.")},
    {PemDamage::TextAround, QT_TRANSLATE_NOOP("PemRestoration", "Text around it goes.")},
    {PemDamage::BlanksInLines, QT_TRANSLATE_NOOP("PemRestoration", "Blanks within the lines go.")},
    {PemDamage::EmptyLines, QT_TRANSLATE_NOOP("PemRestoration", "Empty lines within it go.")},
    {PemDamage::CarriageReturns,
     QT_TRANSLATE_NOOP("PemRestoration", "The line breaks of Windows become plain ones.")},
    {PemDamage::NoFinalLineBreak, QT_TRANSLATE_NOOP("PemRestoration", "The last line gets its line break.")},
    {PemDamage::InvisibleCharacters, QT_TRANSLATE_NOOP("PemRestoration", "Invisible characters go.")},
    {PemDamage::PercentEncoded,
     QT_TRANSLATE_NOOP("PemRestoration", "What is written with percent signs becomes plain text.")},
    {PemDamage::Base64Encoded,
     QT_TRANSLATE_NOOP("PemRestoration", "It is decoded: it was written in base64 once more.")},
    {PemDamage::WrongLabel,
     QT_TRANSLATE_NOOP("PemRestoration", "The first and the last line say what is in between.")},
    {PemDamage::PaddingLost, QT_TRANSLATE_NOOP("PemRestoration", "The “=” at the end is put back.")},
    {PemDamage::LongLines, QT_TRANSLATE_NOOP("PemRestoration", "The lines become 64 characters long.")},
};

QString changes(const KeyMaterial::PemRestoration &restoration)
{
    QStringList lines;
    for (const Mending &mending : mendings) {
        if (restoration.mended.testFlag(mending.damage))
            lines.append(u"• "_s + words(mending.words));
    }
    const int removed = int(std::min<qsizetype>(restoration.removedCharacters, 1'000'000));
    if (removed > 0)
        lines.append(u"• "_s +
                     words(QT_TRANSLATE_N_NOOP("PemRestoration", "%n character(s) are removed."), removed));
    if (restoration.formerLines != restoration.lines) {
        const int now = int(std::min<qsizetype>(restoration.lines, 1'000'000));
        lines.append(u"• "_s + words(QT_TRANSLATE_N_NOOP("PemRestoration", "%n line(s) instead of %1."), now)
                                   .arg(restoration.formerLines));
    }
    lines.append(
        words(QT_TRANSLATE_NOOP("PemRestoration", "The key or certificate itself stays what it is.")));
    return lines.join(u'\n');
}

} // namespace

void askToRestore(const QString &fieldName, const QString &text, QWidget *parent,
                  std::function<void()> restore)
{
    auto restoration = KeyMaterial::restored(text);
    if (!restoration)
        return;
    auto *question = new MessageBox(QStyle::SP_MessageBoxQuestion,
                                    words(QT_TRANSLATE_NOOP("PemRestoration", "Restore %1?")).arg(fieldName),
                                    changes(*restoration), parent);
    wipe(restoration->text);
    question->addButton(words(QT_TRANSLATE_NOOP("PemRestoration", "Restore")), QDialogButtonBox::AcceptRole,
                        std::move(restore));
    question->addButton(words(QT_TRANSLATE_NOOP("PemRestoration", "Leave as it is")),
                        QDialogButtonBox::RejectRole);
    question->open();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialdetails.h"

#include "models/datetext.h"
#include "widgets/plaintextview.h"
#include "widgets/savebutton.h"
#include "widgets/scales.h"
#include "widgets/secretclipboard.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int proseLines = 8;
constexpr int codeLines = 14;
constexpr qsizetype minShown = 1000; // characters of each value, however many there are before it

/// Part of a configuration. What is copied out of it is taken back from the clipboard.
class SensitiveView : public PlainTextView
{
public:
    SensitiveView(Look look, int maxLines, TonedLabel *note) : PlainTextView(look, maxLines), m_note(note) {}

protected:
    QMimeData *createMimeDataFromSelection() const override
    {
        return new SecretMimeData(selectedText(), m_note);
    }

private:
    TonedLabel *m_note;
};

} // namespace

void CredentialDetails::addField(const QString &label, const QString &text)
{
    auto *value = new PlainTextView(PlainTextView::Look::Prose, proseLines);
    value->setAccessibleName(singleLine(label));
    const QString cut = fill(value, text);
    m_layout->addWidget(labelFor(label));
    m_layout->addWidget(value);
    addCutNote(cut, text);
}

void CredentialDetails::addCopyableField(const QString &label, const QString &text, bool isCode)
{
    if (text.isEmpty())
        return;
    auto *value = isCode ? new PlainTextView(PlainTextView::Look::Code, codeLines)
                         : new PlainTextView(PlainTextView::Look::Prose, proseLines);
    const QString cut = fill(value, text);
    QToolButton *copy = addValue(label, value);
    connect(copy, &QToolButton::clicked, copy, [text] { QGuiApplication::clipboard()->setText(text); });
    addCutNote(cut, text);
}

void CredentialDetails::addSensitiveField(const QString &label, const QString &text, bool isCode)
{
    auto *note = new TonedLabel(TonedLabel::Tone::Quiet);
    auto *value = isCode ? new SensitiveView(PlainTextView::Look::Code, codeLines, note)
                         : new SensitiveView(PlainTextView::Look::Prose, proseLines, note);
    const QString cut = fill(value, text);
    QToolButton *copy = addValue(label, value);
    m_layout->addWidget(note);
    note->hide();
    connect(copy, &QToolButton::clicked, note, [this, text, note] { m_clipboard.copy(text, note); });
    addCutNote(cut, text);
}

/// Shows the text, or as much of it as the pane still has room for. Returns what is to be said of it then.
QString CredentialDetails::fill(PlainTextView *view, const QString &text)
{
    const qsizetype max = std::clamp(m_room, minShown, maxShownCharacters);
    view->setText(text, max);
    m_room -= std::min(text.size(), max);
    return cutNote(text, max);
}

/// Below a text that is not shown whole.
void CredentialDetails::addCutNote(const QString &note, const QString &text)
{
    if (!note.isEmpty())
        addSaving(note, u"value.txt"_s, [text] { return text.toUtf8(); });
}

/// What is not shown, and a button that saves all of it.
void CredentialDetails::addSaving(const QString &what, const QString &fileName,
                                  std::function<QByteArray()> content)
{
    auto *note = new TonedLabel(TonedLabel::Tone::Quiet);
    note->setText(what);
    auto *row = new QHBoxLayout;
    row->addWidget(note, 1);
    row->addWidget(new SaveButton(fileName, std::move(content), note));
    m_layout->addLayout(row);
}

/// Adds the value and returns the button beside it, which is to copy it.
QToolButton *CredentialDetails::addValue(const QString &label, PlainTextView *value)
{
    value->setAccessibleName(singleLine(label));
    auto *copy = new QToolButton;
    copy->setIcon(symbolicIcon(u"copy"_s));
    copy->setAutoRaise(true);
    copy->setToolTip(literalToolTip(tr("Copy %1").arg(quoted(label))));
    copy->setAccessibleDescription(tr("Copy %1").arg(quoted(label))); // else the tip is read, as HTML
    copy->setAccessibleName(tr("Copy %1").arg(singleLine(label)));
    auto *row = new QHBoxLayout;
    row->addWidget(value, 1, Qt::AlignVCenter);
    row->addWidget(copy, 0, Qt::AlignTop);
    m_layout->addWidget(labelFor(label));
    m_layout->addLayout(row);
    return copy;
}

void CredentialDetails::addDate(const QString &label, std::optional<qint64> date)
{
    const QString text =
        !date ? u"—"_s
              : tr("%1 (%2)").arg(exactDateText(*date),
                                  relativeDateText(*date, QDateTime::currentMSecsSinceEpoch()));
    addField(label, text);
}

QWidget *CredentialDetails::labelFor(const QString &label)
{
    m_layout->addSpacing(8);
    auto *caption = new TonedLabel(TonedLabel::Tone::Quiet);
    caption->setText(singleLine(label));
    caption->setFont(TypeScale::scaled(font(), 0.9));
    return caption;
}

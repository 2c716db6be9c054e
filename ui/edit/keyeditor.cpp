// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/keyeditor.h"

#include "edit/textfile.h"
#include "widgets/secretedit.h"
#include "widgets/symbolicicon.h"
#include "widgets/textedit.h"
#include "widgets/textoffer.h"

#include <QFileDialog>
#include <QFontDatabase>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>

using namespace Qt::StringLiterals;

RevealButton::RevealButton(SecretEdit *edit, const QString &name, QWidget *area) : QToolButton(area)
{
    const QKeySequence keys(Qt::CTRL | Qt::Key_R);
    const auto show = [this, edit, name, keys] {
        const bool isRevealed = edit->isRevealed();
        setChecked(isRevealed);
        setIcon(symbolicIcon(isRevealed ? u"hide"_s : u"reveal"_s));
        const QString tip = isRevealed ? tr("Hide what is typed (%1)") : tr("Show what is typed (%1)");
        setToolTip(tip.arg(keys.toString(QKeySequence::NativeText)));
    };
    setCheckable(true);
    setAutoRaise(true);
    setFocusPolicy(Qt::NoFocus); // no stop between fields: the keys reach it
    setAccessibleName(tr("Show %1").arg(name));
    show();
    connect(this, &QToolButton::toggled, edit, &SecretEdit::setRevealed);
    connect(edit, &SecretEdit::revealedChanged, this, show);
    auto *shortcut = new QShortcut(keys, area);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, &QToolButton::toggle);
}

SecretLineEditor::SecretLineEditor(const QString &name, QWidget *parent)
    : ValueEditor(parent)
    , m_edit(new SecretEdit(SecretEdit::Lines::Single))
    , m_reveal(new RevealButton(m_edit, name, this))
{
    auto *cell = new QGridLayout(this); // the button lies on the editor's end
    cell->setContentsMargins(0, 0, 0, 0);
    cell->addWidget(m_edit, 0, 0);
    cell->addWidget(m_reveal, 0, 0, Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter);
    m_reveal->setCursor(Qt::ArrowCursor);
    m_reveal->raise();
    m_reveal->setFixedHeight(m_edit->sizeHint().height() - 4);
    m_edit->setRightMargin(m_reveal->sizeHint().width());
    setInput(m_edit, name);
    connect(m_edit, &SecretEdit::textChanged, this, &ValueEditor::edited);
    connect(m_edit, &SecretEdit::refused, this, &ValueEditor::refused);
}

QString SecretLineEditor::value() const
{
    return m_edit->text();
}

void SecretLineEditor::setValue(const QString &value)
{
    m_edit->setText(value);
}

void SecretLineEditor::setWords(const QString &, const QString &placeholder)
{
    m_edit->setPlaceholderText(placeholder);
}

KeyFileEditor::KeyFileEditor(const QString &name, bool isSecret, FileFormat format, QWidget *parent)
    : TextValueEditor(isSecret ? std::nullopt : std::optional(TextEdit::maxCharacters), parent)
    , m_name(name)
    , m_format(format)
    , m_open(new QPushButton(tr("Open file…")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *buttons = new QHBoxLayout;
    m_open->setIcon(symbolicIcon(u"open"_s));
    m_open->setAccessibleName(tr("Open file"));
    m_open->setAccessibleDescription(tr("Puts the content of a file into %1").arg(name));
    buttons->addWidget(m_open);
    buttons->addStretch();
    if (isSecret) {
        m_secret = new SecretEdit(SecretEdit::Lines::Multiple);
        buttons->addWidget(new RevealButton(m_secret, name, this));
        column->addWidget(m_secret);
        setInput(m_secret, name);
        connect(m_secret, &SecretEdit::textChanged, this, &KeyFileEditor::textEdited);
        connect(m_secret, &SecretEdit::fileOffered, this, &KeyFileEditor::takeFile);
        connect(m_secret, &SecretEdit::refused, this, &ValueEditor::refused);
    } else {
        m_text = new TextEdit(6);
        m_text->setTakesFiles(true);
        m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
        column->addWidget(m_text);
        setInput(m_text, name);
        connect(m_text, &TextEdit::textChanged, this, &KeyFileEditor::textEdited);
        connect(m_text, &TextEdit::fileOffered, this, &KeyFileEditor::takeFile);
        connect(m_text, &TextEdit::refused, this, &ValueEditor::refused);
    }
    setWords({}, {});
    column->addLayout(buttons);
    connect(m_open, &QPushButton::clicked, this, &KeyFileEditor::chooseFile);
}

QString KeyFileEditor::text() const
{
    return m_secret ? m_secret->text() : m_text->text();
}

void KeyFileEditor::setText(const QString &text)
{
    if (m_secret)
        m_secret->setText(text);
    else
        m_text->setText(text);
}

void KeyFileEditor::setWords(const QString &label, const QString &placeholder)
{
    TextValueEditor::setWords(label,
                              placeholder.isEmpty() ? tr("Paste it, or drop the file here") : placeholder);
}

void KeyFileEditor::setPlaceholder(const QString &text)
{
    if (m_secret)
        m_secret->setPlaceholderText(text);
    else
        m_text->setPlaceholderText(text);
}

QList<QWidget *> KeyFileEditor::tabStops() const
{
    return {input(), m_open};
}

void KeyFileEditor::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a file for %1").arg(m_name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    const QString everything = tr("All files (*)");
    switch (m_format) {
    case FileFormat::Pem:
        dialog->setNameFilters({tr("Keys and certificates (*.pem *.key *.crt *.cer *.pub)"), everything});
        break;
    case FileFormat::Json:
        dialog->setNameFilters({tr("JSON files (*.json)"), everything});
        break;
    case FileFormat::Text:
        dialog->setNameFilters({everything});
        break;
    }
    connect(dialog, &QFileDialog::fileSelected, this, &KeyFileEditor::takeFile);
    dialog->open();
}

void KeyFileEditor::takeFile(const QString &path)
{
    auto text = readTextFile(path);
    const QString why = !text    ? text.error()
                        : m_text ? roomProblem({*text}, TextEdit::maxCharacters)
                                 : QString();
    if (why.isEmpty())
        setValue(*text);
    else
        Q_EMIT refused(why);
    if (text)
        wipe(*text);
    input()->setFocus(Qt::OtherFocusReason);
}

ValueEditor *makeValueEditor(const CredentialField &field, QWidget *parent)
{
    const QString name = translated(field.label);
    switch (field.kind) {
    case FieldKind::Line:
        if (field.secret)
            return new SecretLineEditor(name, parent);
        return new LineEditor(name, parent);
    case FieldKind::File:
        return new KeyFileEditor(name, field.secret, field.format, parent);
    case FieldKind::Choice:
        return new ChoiceEditor(name, field.choices, parent);
    case FieldKind::Number:
        return new NumberEditor(name, field.minimum, field.maximum, parent);
    case FieldKind::Switch:
        return new SwitchEditor(name, false, parent);
    case FieldKind::Date:
        break;
    }
    Q_UNREACHABLE();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/valueeditor.h"

#include "domain/draftvalidator.h"
#include "widgets/lineedit.h"
#include "widgets/plainlabel.h"
#include "widgets/textedit.h"
#include "widgets/texttools.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QSpinBox>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

/// A spin box whose least value means "none" and that can be emptied to get there.
class OptionalSpinBox : public QSpinBox
{
public:
    using QSpinBox::QSpinBox;

protected:
    QValidator::State validate(QString &text, int &position) const override
    {
        return text.isEmpty() ? QValidator::Acceptable : QSpinBox::validate(text, position);
    }

    int valueFromText(const QString &text) const override
    {
        return text.isEmpty() ? minimum() : QSpinBox::valueFromText(text);
    }

    void focusInEvent(QFocusEvent *event) override
    {
        QSpinBox::focusInEvent(event);
        // A number that is typed takes the place of the words. Later, because a click moves the cursor yet.
        if (value() == minimum())
            QTimer::singleShot(0, this, &QSpinBox::selectAll);
    }

    void focusOutEvent(QFocusEvent *event) override
    {
        QSpinBox::focusOutEvent(event);
        if (value() == minimum())
            lineEdit()->setText(specialValueText());
    }
};

} // namespace

void ValueEditor::setInput(QWidget *input, const QString &name)
{
    m_input = input;
    if (!layout()) {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        const bool isNarrow = input->sizePolicy().horizontalPolicy() == QSizePolicy::Maximum;
        row->addWidget(input, 0, isNarrow ? Qt::AlignLeft : Qt::Alignment());
    }
    input->setAccessibleName(name);
    input->installEventFilter(this);
    setFocusProxy(input);
}

void ValueEditor::setWords(const QString &, const QString &) {}

bool ValueEditor::eventFilter(QObject *watched, QEvent *event)
{
    const bool changesByWheel = qobject_cast<QComboBox *>(m_input) || qobject_cast<QSpinBox *>(m_input);
    if (watched == m_input && event->type() == QEvent::Wheel && changesByWheel && !m_input->hasFocus()) {
        event->ignore(); // the form scrolls, and nothing is changed in passing
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

TextValueEditor::TextValueEditor(std::optional<qsizetype> maxCharacters, QWidget *parent)
    : ValueEditor(parent), m_maxCharacters(maxCharacters)
{
}

QString TextValueEditor::value() const
{
    const QString typed = text();
    return typed.isEmpty() ? m_held : typed;
}

void TextValueEditor::setValue(const QString &value)
{
    if (!m_maxCharacters || (value.size() <= *m_maxCharacters && canBeEdited({value}))) {
        const bool isTold = m_held.isEmpty() || text() != value;
        hold({});
        setText(value);
        if (!isTold)
            Q_EMIT edited();
        return;
    }
    {
        const QSignalBlocker blocker(this); // it is not empty
        setText({});
    }
    hold(value);
    Q_EMIT edited();
}

QString TextValueEditor::heldNote() const
{
    if (m_held.isEmpty() || !text().isEmpty())
        return {};
    return tr("Text of %1 characters in %n line(s), kept as it is. Type or paste something in its place, or "
              "press Delete to clear it.",
              nullptr, int(m_held.count(u'\n')) + 1)
        .arg(QLocale().toString(DraftValidator::codePoints(m_held)));
}

void TextValueEditor::setWords(const QString &, const QString &placeholder)
{
    m_placeholder = placeholder;
    hold(m_held);
}

void TextValueEditor::textEdited()
{
    input()->setToolTip(heldNote());
    Q_EMIT edited();
}

void TextValueEditor::hold(const QString &value)
{
    m_held = value;
    const QString note = heldNote();
    setPlaceholder(note.isEmpty() ? m_placeholder : note);
    input()->setToolTip(note);
}

bool TextValueEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == input() && event->type() == QEvent::KeyPress && !heldNote().isEmpty()) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
            hold({});
            Q_EMIT edited();
            return true;
        }
    }
    return ValueEditor::eventFilter(watched, event);
}

LineEditor::LineEditor(const QString &name, QWidget *parent)
    : TextValueEditor(LineEdit::maxCharacters, parent), m_edit(new LineEdit)
{
    setInput(m_edit, name);
    connect(m_edit, &LineEdit::textChanged, this, &LineEditor::textEdited);
    connect(m_edit, &LineEdit::refused, this, &ValueEditor::refused);
}

QString LineEditor::text() const
{
    return m_edit->text();
}

void LineEditor::setText(const QString &text)
{
    m_edit->setText(text);
}

void LineEditor::setPlaceholder(const QString &text)
{
    m_edit->setPlaceholderText(text);
}

ProseEditor::ProseEditor(const QString &name, QWidget *parent)
    : TextValueEditor(TextEdit::maxCharacters, parent), m_edit(new TextEdit(3))
{
    setInput(m_edit, name);
    connect(m_edit, &TextEdit::textChanged, this, &ProseEditor::textEdited);
    connect(m_edit, &TextEdit::refused, this, &ValueEditor::refused);
}

QString ProseEditor::text() const
{
    return m_edit->text();
}

void ProseEditor::setText(const QString &text)
{
    m_edit->setText(text);
}

void ProseEditor::setPlaceholder(const QString &text)
{
    m_edit->setPlaceholderText(text);
}

ChoiceEditor::ChoiceEditor(const QString &name, std::span<const FieldChoice> choices, QWidget *parent)
    : ValueEditor(parent), m_box(new QComboBox)
{
    m_box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setInput(m_box, name);
    // Assistive technology calls a combo box by its label, which has to be its sibling.
    auto *label = new PlainLabel(name, this);
    label->setBuddy(m_box);
    label->hide();
    for (const FieldChoice &choice : choices)
        m_box->addItem(translated(choice.label), QString(choice.value));
    m_box->setFocusPolicy(Qt::StrongFocus);
    connect(m_box, &QComboBox::currentIndexChanged, this, &ValueEditor::edited);
}

QString ChoiceEditor::value() const
{
    return m_box->currentData().toString();
}

void ChoiceEditor::setValue(const QString &value)
{
    if (m_box->findData(value) < 0 && !value.isEmpty())
        m_box->addItem(shapeable(value, 80), value); // the server knows more than the table
    m_box->setCurrentIndex(m_box->findData(value));
}

bool ChoiceEditor::hasInput() const
{
    return m_box->currentIndex() != 0;
}

void ChoiceEditor::reset()
{
    m_box->setCurrentIndex(0);
}

NumberEditor::NumberEditor(const QString &name, int minimum, int maximum, QWidget *parent)
    : ValueEditor(parent), m_box(new OptionalSpinBox)
{
    m_box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setInput(m_box, name);
    m_box->setRange(minimum - 1, maximum);
    m_box->setFocusPolicy(Qt::StrongFocus);
    connect(m_box, &QSpinBox::valueChanged, this, &ValueEditor::edited);
}

QString NumberEditor::value() const
{
    return m_box->value() == m_box->minimum() ? QString() : QString::number(m_box->value());
}

void NumberEditor::setValue(const QString &value)
{
    const int number = value.toInt();
    m_box->setMaximum(std::max(m_box->maximum(), number)); // any number may come from a server
    m_box->setValue(value.isEmpty() ? m_box->minimum() : number);
}

void NumberEditor::setWords(const QString &, const QString &placeholder)
{
    m_box->setSpecialValueText(placeholder);
}

SwitchEditor::SwitchEditor(const QString &name, bool isOnAtFirst, QWidget *parent)
    : ValueEditor(parent), m_box(new QCheckBox(name)), m_isOnAtFirst(isOnAtFirst)
{
    m_box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setInput(m_box, name);
    m_box->setChecked(isOnAtFirst);
    connect(m_box, &QCheckBox::toggled, this, &ValueEditor::edited);
}

QString SwitchEditor::value() const
{
    return m_box->isChecked() ? u"true"_s : QString();
}

void SwitchEditor::setValue(const QString &value)
{
    m_box->setChecked(value == "true"_L1);
}

bool SwitchEditor::hasInput() const
{
    return m_box->isChecked() != m_isOnAtFirst;
}

void SwitchEditor::reset()
{
    m_box->setChecked(m_isOnAtFirst);
}

void SwitchEditor::setWords(const QString &label, const QString &)
{
    m_box->setText(label);
}

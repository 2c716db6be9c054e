// SPDX-License-Identifier: GPL-3.0-or-later
#include "create/valueeditor.h"

#include "widgets/plainlabel.h"
#include "widgets/textedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLineEdit>
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

LineEditor::LineEditor(const QString &name, QWidget *parent) : ValueEditor(parent), m_edit(new QLineEdit)
{
    setInput(m_edit, name);
    connect(m_edit, &QLineEdit::textChanged, this, &ValueEditor::edited);
}

QString LineEditor::value() const
{
    return m_edit->text();
}

void LineEditor::setValue(const QString &value)
{
    m_edit->setText(value);
}

void LineEditor::setWords(const QString &, const QString &placeholder)
{
    m_edit->setPlaceholderText(placeholder);
}

ProseEditor::ProseEditor(const QString &name, QWidget *parent) : ValueEditor(parent), m_edit(new TextEdit(3))
{
    setInput(m_edit, name);
    connect(m_edit, &TextEdit::textChanged, this, &ValueEditor::edited);
}

QString ProseEditor::value() const
{
    return m_edit->text();
}

void ProseEditor::setValue(const QString &value)
{
    m_edit->setText(value);
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
    m_box->setValue(value.isEmpty() ? m_box->minimum() : value.toInt());
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

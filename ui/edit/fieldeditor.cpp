// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/fieldeditor.h"

#include "widgets/announcer.h"

#include <QApplication>
#include <QCheckBox>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QTimer>

using namespace Qt::StringLiterals;

FieldEditor::FieldEditor(const QString &name, ValueEditor *editor, QWidget *parent)
    : QWidget(parent), m_name(name), m_editor(editor), m_note(new FieldNote(tr("%1 problem").arg(name)))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    column->addWidget(m_editor);
    column->addWidget(m_note);

    if (!qobject_cast<QCheckBox *>(m_editor->input())) {
        m_label = new PlainLabel(name);
        m_label->setBuddy(m_editor->input());
        m_labelPart = new QWidget;
        auto *row = new QHBoxLayout(m_labelPart);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(3);
        row->addWidget(m_label);
        row->addStretch();
    }
    for (QWidget *part : m_editor->tabStops())
        part->installEventFilter(this);
    connect(m_editor, &ValueEditor::edited, this, &FieldEditor::valueEdited);
    connect(m_editor, &ValueEditor::refused, this, &FieldEditor::refuse);
    connect(m_note, &FieldNote::taken, this, &FieldEditor::offerTaken);
    connect(m_note, &FieldNote::tabStopMade, this, [this](QWidget *stop) { stop->installEventFilter(this); });
}

void FieldEditor::setWords(const QString &label, const QString &placeholder, const QString &help)
{
    if (m_label)
        m_label->setText(label);
    m_editor->setWords(label, placeholder);
    m_note->setHelp(help);
    tellDescription();
}

void FieldEditor::setRequired(bool isRequired)
{
    if (isRequired && m_labelPart && !m_mark) {
        m_mark = new PlainLabel(u"*"_s);
        m_mark->setAccessibleName(tr("Required"));
        m_mark->setToolTip(tr("Required"));
        static_cast<QHBoxLayout *>(m_labelPart->layout())->insertWidget(1, m_mark);
    }
    if (m_mark)
        m_mark->setVisible(isRequired);
    tellDescription();
}

void FieldEditor::setKept(bool isKept)
{
    if (m_isKept == isKept)
        return;
    m_isKept = isKept;
    tellDescription();
}

void FieldEditor::setVisibleWithLabel(bool isVisible)
{
    setVisible(isVisible);
    if (m_labelPart)
        m_labelPart->setVisible(isVisible);
}

void FieldEditor::showProblem(const DraftProblem &problem, const QString &targetName)
{
    using Severity = DraftProblem::Severity;
    m_remediable = problem;
    showMessage(problem.severity == Severity::Problem    ? State::Problem
                : problem.severity == Severity::Question ? State::Question
                                                         : State::Advice,
                problem.message, remedyOf(problem, targetName));
}

void FieldEditor::showServerProblem(const QString &message)
{
    showMessage(State::Refused, message);
}

void FieldEditor::clearProblem()
{
    showMessage(State::Fine, {});
}

QList<QWidget *> FieldEditor::tabStops() const
{
    return m_editor->tabStops() + m_note->tabStops();
}

bool FieldEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason) {
            // Where the focus goes to is known later.
            QTimer::singleShot(0, this, [this] {
                const QWidget *next = QApplication::focusWidget();
                if (!next || !isAncestorOf(next))
                    Q_EMIT left();
            });
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FieldEditor::valueEdited()
{
    const qsizetype length = m_editor->value().size();
    m_hasChangedAtOnce = qAbs(length - m_length) != 1;
    m_length = length;
    if (const QString held = m_editor->heldNote(); held != m_heldNote) {
        m_heldNote = held;
        tellDescription();
    }
    Q_EMIT edited();
}

void FieldEditor::showMessage(State state, const QString &message, const FieldNote::Offer &offer)
{
    m_state = state;
    if (state == State::Fine)
        m_note->clearMessage();
    else
        m_note->showMessage(state == State::Advice ? FieldNote::Tone::Plain : FieldNote::Tone::Attention,
                            message, offer);
    tellDescription();
}

void FieldEditor::refuse(const QString &why)
{
    const QString name = shownName();
    showMessage(
        State::NotTaken, why,
        m_editor->hasInput()
            ? FieldNote::Offer{tr("Keep what is there"), tr("Goes on with what %1 held before").arg(name)}
            : FieldNote::Offer{tr("Leave it empty"), tr("Goes on without anything in %1").arg(name)});
    Q_EMIT notTaken();
}

void FieldEditor::offerTaken()
{
    if (!hasNotTaken()) {
        Q_EMIT remedyChosen(m_remediable);
        return;
    }
    m_editor->input()->setFocus(Qt::OtherFocusReason); // before the button goes
    Q_EMIT kept();
}

FieldNote::Offer FieldEditor::remedyOf(const DraftProblem &problem, const QString &targetName) const
{
    const QString name = shownName();
    switch (problem.remedy) {
    case DraftProblem::Remedy::None:
        break;
    case DraftProblem::Remedy::Trim:
        return {tr("Trim"), tr("Removes the blanks around %1").arg(name)};
    case DraftProblem::Remedy::RemoveStray:
        return {tr("Clean up"),
                tr("Removes these characters from %1, or puts plain ones in their place").arg(name)};
    case DraftProblem::Remedy::Unwrap:
        return {tr("Keep the value"), tr("Removes what is around the value of %1").arg(name)};
    case DraftProblem::Remedy::RestorePem:
        return {tr("Restore…"), tr("Shows what would change in %1, and restores it").arg(name)};
    case DraftProblem::Remedy::OrderChain:
        return {tr("Put in order"),
                tr("Puts the certificates in %1 in the order of their issuers").arg(name)};
    case DraftProblem::Remedy::MoveToField:
        return {tr("Move to %1").arg(targetName),
                tr("Takes the secret out of %1 and puts it into %2").arg(name, targetName)};
    case DraftProblem::Remedy::ExchangeFields:
        return {tr("Exchange with %1").arg(targetName),
                tr("Puts the text of %1 into %2, and the other way round").arg(name, targetName)};
    case DraftProblem::Remedy::TakePasswordOut:
        if (targetName.isEmpty())
            return {tr("Remove the password"), tr("Takes the password out of %1").arg(name)};
        return {tr("Move to %1").arg(targetName),
                tr("Takes the password out of %1 and puts it into %2").arg(name, targetName)};
    case DraftProblem::Remedy::TakeApart:
        return {tr("Take apart"), tr("Puts the parts of %1 into the fields that they belong to").arg(name)};
    case DraftProblem::Remedy::TakePart:
        return {tr("Correct"), tr("Keeps what belongs into %1, as it has to be written").arg(name)};
    case DraftProblem::Remedy::Escape:
        return {tr("Escape"), tr("Writes with percent signs what has a meaning in a URL")};
    }
    return {};
}

/// The editor says by itself what stands below it: those who hear the form would otherwise have to look for
/// it.
void FieldEditor::tellDescription()
{
    QStringList parts;
    if (m_mark && !m_mark->isHidden())
        parts += tr("Required.");
    if (m_isKept)
        parts += tr("Kept as it is unless something is typed.");
    for (const QString &part : {m_heldNote, m_note->message(), m_note->help()}) {
        if (!part.isEmpty())
            parts += part;
    }
    m_editor->input()->setAccessibleDescription(parts.join(u' '));
    QWidget *label = m_note->messageLabel();
    const QString problem = m_name + ": "_L1 + m_note->message();
    if (!hasProblem())
        Announcer::announce(label, {});
    else if (m_state == State::Problem && m_editor->input()->hasFocus()) // it may change with each key
        Announcer::announceFirst(label, problem);
    else
        Announcer::announce(label, problem);
}

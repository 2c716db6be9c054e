// SPDX-License-Identifier: GPL-3.0-or-later
#include "create/fieldeditor.h"

#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"
#include "widgets/tones.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;

FieldEditor::FieldEditor(const QString &name, ValueEditor *editor, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_editor(editor)
    , m_help(new TonedLabel(TonedLabel::Tone::Quiet))
    , m_problemLine(new QWidget)
    , m_problemIcon(new PlainLabel)
    , m_problem(new TonedLabel(TonedLabel::Tone::Attention))
    , m_remedy(new QPushButton)
{
    m_problem->setAccessibleName(tr("%1 problem").arg(name));
    auto *problemRow = new QHBoxLayout(m_problemLine);
    problemRow->setContentsMargins(0, 0, 0, 0);
    problemRow->setSpacing(6);
    problemRow->addWidget(m_problemIcon, 0, Qt::AlignTop);
    problemRow->addWidget(m_problem, 1);
    problemRow->addWidget(m_remedy, 0, Qt::AlignTop);
    m_problemLine->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    column->addWidget(m_editor);
    column->addWidget(m_problemLine);
    column->addWidget(m_help);

    if (!qobject_cast<QCheckBox *>(m_editor->input())) {
        m_label = new PlainLabel(name);
        m_label->setBuddy(m_editor->input());
    }
    for (QWidget *part : tabStops())
        part->installEventFilter(this);
    connect(m_editor, &ValueEditor::edited, this, &FieldEditor::valueEdited);
    connect(m_editor, &ValueEditor::refused, this,
            [this](const QString &why) { showMessage(State::Refused, why); });
    connect(m_remedy, &QPushButton::clicked, this, [this] { Q_EMIT remedyChosen(m_remediable); });
}

void FieldEditor::setWords(const QString &label, const QString &placeholder, const QString &help)
{
    if (m_label)
        m_label->setText(label);
    m_editor->setWords(label, placeholder);
    m_help->setText(help);
    m_help->setVisible(!help.isEmpty());
    tellDescription();
}

void FieldEditor::setVisibleWithLabel(bool isVisible)
{
    setVisible(isVisible);
    if (m_label)
        m_label->setVisible(isVisible);
}

void FieldEditor::showProblem(const DraftProblem &problem, const QString &targetName)
{
    using Severity = DraftProblem::Severity;
    showMessage(problem.severity == Severity::Problem    ? State::Problem
                : problem.severity == Severity::Question ? State::Question
                                                         : State::Advice,
                problem.message);
    offerRemedy(problem, targetName);
}

void FieldEditor::showServerProblem(const QString &message)
{
    showMessage(State::Refused, message);
}

void FieldEditor::clearProblem()
{
    showMessage(State::Fine, {});
}

QString FieldEditor::message() const
{
    return m_problem->text();
}

QList<QWidget *> FieldEditor::tabStops() const
{
    return m_editor->tabStops() + QList<QWidget *>{m_remedy};
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
    Q_EMIT edited();
}

void FieldEditor::showMessage(State state, const QString &message)
{
    m_state = state;
    const bool isAdvice = state == State::Advice;
    m_problem->setTone(isAdvice ? TonedLabel::Tone::Plain : TonedLabel::Tone::Attention);
    m_problem->setMessage(message);
    const QIcon icon = symbolicIcon(isAdvice ? u"info"_s : u"warning"_s);
    m_problemIcon->setPixmap(tintedPixmap(icon, m_problem->palette().color(QPalette::WindowText), *this));
    m_remedy->hide();
    m_problemIcon->setMinimumHeight(0);
    m_problemLine->setVisible(state != State::Fine);
    tellDescription();
}

void FieldEditor::offerRemedy(const DraftProblem &problem, const QString &targetName)
{
    const auto offer = [this](const QString &text, const QString &toolTip) {
        m_remedy->setText(withoutMnemonic(text));
        m_remedy->setToolTip(toolTip);
        m_remedy->setAccessibleDescription(toolTip);
        m_remedy->show();
        m_problemIcon->setMinimumHeight(m_remedy->sizeHint().height()); // beside the middle of its first line
    };
    const QString name = shownName();
    m_remediable = problem;
    switch (problem.remedy) {
    case DraftProblem::Remedy::None:
        break;
    case DraftProblem::Remedy::Trim:
        offer(tr("Trim"), tr("Removes the blanks around %1").arg(name));
        break;
    case DraftProblem::Remedy::RemoveStray:
        offer(tr("Clean up"),
              tr("Removes these characters from %1, or puts plain ones in their place").arg(name));
        break;
    case DraftProblem::Remedy::Unwrap:
        offer(tr("Keep the value"), tr("Removes what is around the value of %1").arg(name));
        break;
    case DraftProblem::Remedy::RestorePem:
        offer(tr("Restore…"), tr("Shows what would change in %1, and restores it").arg(name));
        break;
    case DraftProblem::Remedy::OrderChain:
        offer(tr("Put in order"), tr("Puts the certificates in %1 in the order of their issuers").arg(name));
        break;
    case DraftProblem::Remedy::MoveToField:
        offer(tr("Move to %1").arg(targetName),
              tr("Takes the secret out of %1 and puts it into %2").arg(name, targetName));
        break;
    case DraftProblem::Remedy::ExchangeFields:
        offer(tr("Exchange with %1").arg(targetName),
              tr("Puts the text of %1 into %2, and the other way round").arg(name, targetName));
        break;
    case DraftProblem::Remedy::TakePasswordOut:
        if (targetName.isEmpty())
            offer(tr("Remove the password"), tr("Takes the password out of %1").arg(name));
        else
            offer(tr("Move to %1").arg(targetName),
                  tr("Takes the password out of %1 and puts it into %2").arg(name, targetName));
        break;
    case DraftProblem::Remedy::TakeApart:
        offer(tr("Take apart"), tr("Puts the parts of %1 into the fields that they belong to").arg(name));
        break;
    case DraftProblem::Remedy::TakePart:
        offer(tr("Correct"), tr("Keeps what belongs into %1, as it has to be written").arg(name));
        break;
    case DraftProblem::Remedy::Escape:
        offer(tr("Escape"), tr("Writes with percent signs what has a meaning in a URL"));
        break;
    }
}

/// The editor says by itself what stands below it: those who hear the form would otherwise have to look for
/// it.
void FieldEditor::tellDescription()
{
    const QString problem = m_problem->text();
    const QString help = m_help->text();
    m_editor->input()->setAccessibleDescription(problem.isEmpty() ? help : problem + u' ' + help);
    if (m_state == State::Problem || m_state == State::Refused) {
        QAccessibleEvent event(m_problem, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

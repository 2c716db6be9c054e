// SPDX-License-Identifier: GPL-3.0-or-later
#include "create/fieldeditor.h"

#include "widgets/secrettext.h"
#include "widgets/symbolicicon.h"
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
    , m_trim(new QPushButton(tr("Trim")))
{
    m_problem->setAccessibleName(tr("%1 problem").arg(name));
    m_trim->setAccessibleDescription(tr("Removes the blanks around %1").arg(name));

    auto *problemRow = new QHBoxLayout(m_problemLine);
    problemRow->setContentsMargins(0, 0, 0, 0);
    problemRow->setSpacing(6);
    problemRow->addWidget(m_problemIcon);
    problemRow->addWidget(m_problem, 1);
    problemRow->addWidget(m_trim);
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
            [this](const QString &why) { showMessage(State::Problem, why, false); });
    connect(m_trim, &QPushButton::clicked, this, &FieldEditor::trim);
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

void FieldEditor::showProblem(const DraftProblem &problem)
{
    const bool blocks = problem.severity == DraftProblem::Severity::Problem;
    showMessage(blocks ? State::Problem : State::Advice, problem.message,
                problem.remedy == DraftProblem::Remedy::Trim);
}

void FieldEditor::showServerProblem(const QString &message)
{
    showMessage(State::Refused, message, false);
}

void FieldEditor::clearProblem()
{
    showMessage(State::Fine, {}, false);
}

QList<QWidget *> FieldEditor::tabStops() const
{
    return m_editor->tabStops() + QList<QWidget *>{m_trim};
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

void FieldEditor::showMessage(State state, const QString &message, bool offersTrim)
{
    m_state = state;
    const bool isAdvice = state == State::Advice;
    m_problem->setTone(isAdvice ? TonedLabel::Tone::Plain : TonedLabel::Tone::Attention);
    m_problem->setMessage(message);
    const QIcon icon = symbolicIcon(isAdvice ? u"info"_s : u"warning"_s);
    m_problemIcon->setPixmap(tintedPixmap(icon, m_problem->palette().color(QPalette::WindowText), *this));
    m_trim->setVisible(offersTrim);
    m_problemLine->setVisible(state != State::Fine);
    tellDescription();
}

void FieldEditor::trim()
{
    const bool isFile = m_editor->input()->inputMethodHints() & Qt::ImhMultiLine;
    QString trimmed = [&] {
        const QString value = m_editor->value();
        const QStringView core = QStringView(value).trimmed();
        const QStringView behind = QStringView(core.end(), value.cend());
        // A key file ends in a line break, and keys need it.
        return isFile && behind.contains(u'\n') ? core % u'\n' : core.toString();
    }();
    m_editor->setValue(trimmed);
    wipe(trimmed);
    m_editor->input()->setFocus(Qt::OtherFocusReason);
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

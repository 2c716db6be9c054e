// SPDX-License-Identifier: GPL-3.0-or-later
#include "create/credentialform.h"

#include "create/keyeditor.h"
#include "create/pemrestoration.h"
#include "domain/wiping.h"
#include "widgets/texttools.h"

#include <QApplication>
#include <QDateTime>
#include <QGridLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A longer text is looked into once nobody types: it could take longer than a key press may.
constexpr qsizetype maxCheckedAtOnce = 4096;

/// What somebody who has pasted a text wants to know at once.
bool concernsPaste(const DraftProblem &problem)
{
    using Kind = DraftProblem::Kind;
    return problem.kind != Kind::Missing && problem.kind != Kind::TooShort &&
           problem.kind != Kind::UnlikelyValue;
}

} // namespace

CredentialForm::CredentialForm(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(14);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnMinimumWidth(0, fontMetrics().averageCharWidth() * 18);

    auto *name = add(m_common, nullptr, DraftProblem::nameField,
                     new FieldEditor(tr("Name"), new LineEditor(tr("Name")), this));
    name->setWords(tr("Name"), {},
                   tr("Unique in the application: workflows refer to the credential by this name."));
    auto *description = add(m_common, nullptr, DraftProblem::descriptionField,
                            new FieldEditor(tr("Description"), new ProseEditor(tr("Description")), this));
    description->setWords(tr("Description"), {}, tr("For people: what it is for, who to ask."));
    auto *enabled = add(m_common, nullptr, enabledField,
                        new FieldEditor(tr("Enabled"), new SwitchEditor(tr("Enabled"), true), this));
    enabled->setWords(tr("Enabled"), {}, tr("A disabled credential is kept, but every use of it fails."));

    m_pause.setSingleShot(true);
    m_pause.setInterval(300ms);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_toCheck)
            checkEdited(*m_toCheck, m_fieldToCheck);
    });
}

void CredentialForm::setType(const CredentialType &type)
{
    if (m_type) {
        for (const Row &row : rowsOf(*m_type))
            row.editor->setVisibleWithLabel(false);
    }
    m_pause.stop();
    m_type = &type;
    rowsOf(type);
    showFields();
    Q_EMIT edited();
}

CredentialDraft CredentialForm::draft() const
{
    CredentialDraft draft = m_type ? CredentialDraft(*m_type) : CredentialDraft();
    draft.name = m_common[0].editor->editor().value();
    draft.description = m_common[1].editor->editor().value();
    draft.enabled = !m_common[2].editor->editor().value().isEmpty();
    if (m_type) {
        for (const Row &row : m_rows.at(m_type->key))
            draft.setValue(row.field, row.editor->editor().value());
    }
    return draft;
}

bool CredentialForm::hasInput() const
{
    const auto isTouched = [](const Row &row) { return row.editor->editor().hasInput(); };
    return std::ranges::any_of(m_common, isTouched) || std::ranges::any_of(m_rows, [&](const auto &rows) {
               return std::ranges::any_of(rows.second, isTouched);
           });
}

QStringList CredentialForm::check()
{
    const std::vector<DraftProblem> problems =
        DraftValidator::check(draft(), QDateTime::currentDateTimeUtc());
    QStringList blocking;
    FieldEditor *first = nullptr;
    m_pause.stop();
    for (const Row &row : shownRows()) {
        std::vector<DraftProblem> own;
        std::ranges::copy_if(problems, std::back_inserter(own),
                             [&](const DraftProblem &problem) { return problem.field == row.field; });
        if (showWorst(*row.editor, own)) {
            blocking.append(row.editor->shownName());
            first = first ? first : row.editor;
        }
    }
    if (first)
        reach(*first);
    return blocking;
}

QStringList CredentialForm::questions() const
{
    QStringList questions;
    for (const Row &row : shownRows()) {
        const Question question(row.editor, row.editor->message());
        if (row.editor->hasQuestion() && std::ranges::find(m_confirmed, question) == m_confirmed.end())
            questions.append(tr("%1: %2").arg(row.editor->shownName(), question.second));
    }
    return questions;
}

void CredentialForm::confirmQuestions()
{
    for (const Row &row : shownRows()) {
        if (row.editor->hasQuestion())
            m_confirmed.emplace_back(row.editor, row.editor->message());
    }
}

std::vector<ApiError::FieldProblem>
CredentialForm::showServerProblems(const std::vector<ApiError::FieldProblem> &problems)
{
    std::vector<ApiError::FieldProblem> rest;
    FieldEditor *first = nullptr;
    for (const ApiError::FieldProblem &problem : problems) {
        FieldEditor *editor = problem.message.isEmpty() ? nullptr : editorNamedByServer(problem.field);
        if (!editor) {
            rest.push_back(problem);
            continue;
        }
        editor->showServerProblem(singleLine(problem.message));
        first = first ? first : editor;
    }
    if (first)
        reach(*first);
    return rest;
}

bool CredentialForm::hasProblems() const
{
    return std::ranges::any_of(shownRows(), [](const Row &row) { return row.editor->hasProblem(); });
}

void CredentialForm::focusName()
{
    m_common[0].editor->editor().input()->setFocus(Qt::OtherFocusReason);
}

QList<QWidget *> CredentialForm::tabStops() const
{
    QList<QWidget *> stops;
    for (const Row &row : m_common)
        stops += row.editor->tabStops();
    if (m_type) {
        for (const Row &row : m_rows.at(m_type->key))
            stops += row.editor->tabStops();
    }
    return stops;
}

void CredentialForm::wipeAll()
{
    for (const Row &row : m_common)
        row.editor->editor().reset();
    for (const auto &[type, rows] : m_rows) {
        for (const Row &row : rows)
            row.editor->editor().reset();
    }
}

FieldEditor *CredentialForm::add(std::vector<Row> &rows, const CredentialType *type, int field,
                                 FieldEditor *editor)
{
    const int gridRow = m_grid->rowCount();
    if (PlainLabel *label = editor->label()) {
        // The label's text stands on the line of the editor's, however high the editor is.
        label->setMinimumHeight(LineEditor(QString()).sizeHint().height());
        m_grid->addWidget(label, gridRow, 0, Qt::AlignTop);
    }
    m_grid->addWidget(editor, gridRow, 1);
    // The fields of a type that is not chosen now are of no concern, even when they are emptied.
    const auto isInForm = [this, type] { return !type || type == m_type; };
    connect(editor, &FieldEditor::edited, this, [this, isInForm, editor, field] {
        if (isInForm())
            fieldEdited(*editor, field);
    });
    connect(editor, &FieldEditor::left, this, [this, isInForm, editor, field] {
        if (isInForm())
            fieldLeft(*editor, field);
    });
    connect(editor, &FieldEditor::remedyChosen, this, &CredentialForm::remedy);
    rows.push_back({field, editor});
    return editor;
}

std::vector<CredentialForm::Row> &CredentialForm::rowsOf(const CredentialType &type)
{
    std::vector<Row> &rows = m_rows[type.key];
    if (rows.empty()) {
        for (int field = 0; field < int(type.fields.size()); ++field) {
            const CredentialField &row = type.fields[std::size_t(field)];
            add(rows, &type, field,
                new FieldEditor(translated(row.label), makeValueEditor(row, nullptr), this));
        }
    }
    return rows;
}

std::vector<CredentialForm::Row> CredentialForm::shownRows() const
{
    std::vector<Row> shown = m_common;
    if (m_type) {
        const CredentialDraft current = draft();
        std::ranges::copy_if(m_rows.at(m_type->key), std::back_inserter(shown),
                             [&](const Row &row) { return current.isShown(row.field); });
    }
    return shown;
}

FieldEditor *CredentialForm::editorNamedByServer(const QString &field) const
{
    const QStringList parts = field.split(u'.', Qt::SkipEmptyParts);
    if (parts.isEmpty() || !m_type)
        return nullptr;
    const bool isOfConfig = parts.contains(QString(m_type->configKey));
    if (!isOfConfig) {
        if (parts.last() == "name"_L1)
            return m_common[0].editor;
        if (parts.last() == "description"_L1)
            return m_common[1].editor;
        if (parts.last() == "enabled"_L1)
            return m_common[2].editor;
        if (parts.last() == "type"_L1)
            return nullptr;
    }
    for (const Row &row : shownRows()) {
        if (row.field >= 0 && m_type->fields[std::size_t(row.field)].key == parts.last())
            return row.editor;
    }
    return nullptr;
}

FieldEditor *CredentialForm::editorOf(int field) const
{
    for (const Row &row : shownRows()) {
        if (row.field == field)
            return row.editor;
    }
    return nullptr;
}

void CredentialForm::fieldEdited(FieldEditor &editor, int field)
{
    std::erase_if(m_confirmed, [&](const Question &question) { return question.first == &editor; });
    const bool isOfType = m_type && field >= 0;
    const FieldKind kind = isOfType ? m_type->fields[std::size_t(field)].kind : FieldKind::Line;
    if (kind == FieldKind::Choice || kind == FieldKind::Switch)
        showFields();
    if (editor.editor().value().size() <= maxCheckedAtOnce) {
        checkEdited(editor, field);
    } else {
        m_toCheck = &editor;
        m_fieldToCheck = field;
        m_pause.start();
    }
    Q_EMIT edited();
}

void CredentialForm::fieldLeft(FieldEditor &editor, int field)
{
    // Somebody who turns to another type or to Cancel is not told what is still empty.
    const QWidget *next = QApplication::focusWidget();
    const bool staysInForm = next && isAncestorOf(next);
    if (!isEnabled() || !editor.isVisible())
        return;
    m_pause.stop();
    if (!editor.hasRefusal() && (staysInForm || editor.editor().hasInput()))
        checkField(editor, field);
    checkFilled(&editor);
}

/// A value may be odd beside that of another field.
void CredentialForm::checkFilled(const FieldEditor *except)
{
    for (const Row &row : shownRows()) {
        const FieldEditor &editor = *row.editor;
        if (&editor != except && !editor.hasRefusal() &&
            (editor.hasMessage() || !editor.editor().value().isEmpty()))
            checkField(*row.editor, row.field);
    }
}

void CredentialForm::checkField(FieldEditor &editor, int field)
{
    if (field == enabledField)
        editor.clearProblem();
    else
        showWorst(editor, DraftValidator::checkField(draft(), field, QDateTime::currentDateTimeUtc()));
}

/// Somebody who types is not interrupted, but sees at once that a problem has gone.
void CredentialForm::checkEdited(FieldEditor &editor, int field)
{
    if (editor.hasMessage())
        checkField(editor, field);
    else if (editor.hasChangedAtOnce() && field != enabledField)
        checkPasted(editor, field);
}

void CredentialForm::checkPasted(FieldEditor &editor, int field)
{
    std::vector<DraftProblem> problems =
        DraftValidator::checkField(draft(), field, QDateTime::currentDateTimeUtc());
    std::erase_if(problems, [](const DraftProblem &problem) { return !concernsPaste(problem); });
    if (!problems.empty())
        showWorst(editor, problems);
}

/// A field has room for one message: the worst comes first. Returns whether it blocks.
bool CredentialForm::showWorst(FieldEditor &editor, const std::vector<DraftProblem> &ownProblems)
{
    if (ownProblems.empty()) {
        editor.clearProblem();
    } else {
        const DraftProblem &worst = ownProblems.front();
        const FieldEditor *target = worst.target == DraftProblem::noField ? nullptr : editorOf(worst.target);
        editor.showProblem(worst, target ? target->shownName() : QString());
    }
    return editor.hasProblem();
}

void CredentialForm::remedy(const DraftProblem &problem)
{
    const FieldEditor *editor = editorOf(problem.field);
    if (!editor)
        return;
    if (problem.remedy == DraftProblem::Remedy::RestorePem)
        askToRestore(editor->shownName(), editor->editor().value(), window(),
                     [this, problem] { applyRemedy(problem); });
    else
        applyRemedy(problem);
}

void CredentialForm::applyRemedy(const DraftProblem &problem)
{
    std::vector<FieldChange> changes = DraftValidator::remedied(draft(), problem);
    for (FieldChange &change : changes) {
        if (FieldEditor *editor = editorOf(change.field))
            editor->editor().setValue(change.value);
        wipe(change.value);
    }
    m_pause.stop();
    checkFilled();
    FieldEditor *editor = editorOf(problem.field);
    if (!editor)
        return;
    checkField(*editor, problem.field);
    editor->editor().input()->setFocus(Qt::OtherFocusReason);
}

void CredentialForm::showFields()
{
    const CredentialDraft current = draft();
    for (const Row &row : rowsOf(*m_type)) {
        const FieldWording words = current.wording(row.field);
        row.editor->setWords(translated(words.label), translated(words.placeholder), translated(words.help));
        row.editor->setVisibleWithLabel(current.isShown(row.field));
        if (row.editor->hasMessage() && !row.editor->hasRefusal())
            checkField(*row.editor, row.field);
    }
    Q_EMIT fieldsChanged();
}

void CredentialForm::reach(FieldEditor &editor)
{
    editor.editor().input()->setFocus(Qt::OtherFocusReason);
    Q_EMIT reached(&editor);
}

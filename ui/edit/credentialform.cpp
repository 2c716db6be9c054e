// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/credentialform.h"

#include "domain/wiping.h"
#include "edit/keyeditor.h"
#include "edit/pemrestoration.h"
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
    m_grid->setVerticalSpacing(8);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnMinimumWidth(0, fontMetrics().averageCharWidth() * 18);

    auto *name =
        add(m_common, nullptr, FieldId::name, new FieldEditor(tr("Name"), new LineEditor(tr("Name")), this));
    name->setWords(tr("Name"), {},
                   tr("Unique in the application: workflows refer to the credential by this name."));
    name->setRequired(true);
    auto *description = add(m_common, nullptr, FieldId::description,
                            new FieldEditor(tr("Description"), new ProseEditor(tr("Description")), this));
    description->setWords(tr("Description"), {}, tr("For people: what it is for, who to ask."));
    auto *enabled = add(m_common, nullptr, FieldId::enabled,
                        new FieldEditor(tr("Enabled"), new SwitchEditor(tr("Enabled"), true), this));
    enabled->setWords(tr("Enabled"), {}, tr("A disabled credential is kept, but every use of it fails."));

    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(300ms);
    connect(&m_checkTimer, &QTimer::timeout, this, [this] {
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
    m_checkTimer.stop();
    m_type = &type;
    rowsOf(type);
    showFields();
    Q_EMIT edited();
}

CredentialDraft CredentialForm::draft() const
{
    CredentialDraft draft = m_base ? *m_base : m_type ? CredentialDraft(*m_type) : CredentialDraft();
    const auto take = [&](const std::vector<Row> &rows) {
        for (const Row &row : rows) {
            if (!isKept(row))
                draft.set(row.field, row.editor->editor().value());
        }
    };
    take(m_common);
    if (m_type)
        take(m_rows.at(m_type->key));
    return draft;
}

void CredentialForm::setDraft(const CredentialDraft &draft)
{
    m_type = nullptr; // else each value would be checked as it comes
    m_base = draft;
    for (const FieldId field : draft.allFields())
        m_base->keep(field);
    for (Row &row : m_common)
        showRow(row, draft);
    if (draft.type()) {
        for (Row &row : rowsOf(*draft.type()))
            showRow(row, draft);
        m_type = draft.type();
        showFields();
    }
    for (const Row &row : m_common)
        row.editor->setVisibleWithLabel(!m_base->needsNewKey());
    checkFilled();
    Q_EMIT edited();
}

/// The value that the field began with, then what the draft makes of it.
void CredentialForm::showRow(Row &row, const CredentialDraft &draft)
{
    const QSignalBlocker blocker(row.editor);
    ValueEditor &editor = row.editor->editor();
    const bool startsEmpty =
        row.field.isOfType() && draft.needsNewKey() && draft.type()->field(row.field).identifiesKey;
    row.editor->clearProblem();
    const bool isChanged = draft.isChanged(row.field);
    if (row.field.isOfType() && draft.type()->field(row.field).secret) {
        const QString secret = isChanged ? draft.value(row.field) : QString();
        if (editor.value() != secret) // else it would be copied, and lie about once more
            editor.setValue(secret);
        return;
    }
    editor.setValue(startsEmpty ? QString() : m_base->value(row.field));
    row.shown = editor.value(); // which may not be able to hold all that a server sends
    if (isChanged)
        editor.setValue(draft.value(row.field));
}

/// Whether the field stays as it is in the base.
bool CredentialForm::isKept(const Row &row) const
{
    if (!m_base)
        return false;
    const QString value = row.editor->editor().value();
    const CredentialField *field = row.field.isOfType() ? &m_base->type()->field(row.field) : nullptr;
    if (field && field->secret)
        return value.isEmpty();
    return value == row.shown && !(field && field->identifiesKey && m_base->needsNewKey());
}

bool CredentialForm::hasInput() const
{
    if (m_base) {
        const auto isTouched = [](const Row &row) { return row.editor->editor().value() != row.shown; };
        return std::ranges::any_of(m_common, isTouched) ||
               (m_type && std::ranges::any_of(m_rows.at(m_type->key), isTouched));
    }
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
    m_checkTimer.stop();
    for (const Row &row : shownRows()) {
        std::vector<DraftProblem> own;
        std::ranges::copy_if(problems, std::back_inserter(own),
                             [&](const DraftProblem &problem) { return problem.field == row.field; });
        if (row.editor->hasNotTaken() || showWorst(*row.editor, own)) {
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
        editor->showServerProblem(quoted(problem.message));
        first = first ? first : editor;
    }
    if (first)
        reach(*first);
    return rest;
}

QStringList CredentialForm::blockingFields() const
{
    QStringList names;
    for (const Row &row : shownRows()) {
        if (row.editor->hasProblem())
            names.append(row.editor->shownName());
    }
    return names;
}

void CredentialForm::focusFirst()
{
    for (const Row &row : shownRows()) {
        row.editor->editor().input()->setFocus(Qt::OtherFocusReason);
        return;
    }
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

FieldEditor *CredentialForm::add(std::vector<Row> &rows, const CredentialType *type, FieldId field,
                                 FieldEditor *editor)
{
    const int gridRow = m_grid->rowCount();
    if (QWidget *label = editor->labelPart()) {
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
    connect(editor, &FieldEditor::notTaken, this, [this, editor] { Q_EMIT reached(editor); });
    connect(editor, &FieldEditor::kept, this, [this, editor, field] { checkField(*editor, field); });
    rows.push_back({field, editor});
    return editor;
}

std::vector<CredentialForm::Row> &CredentialForm::rowsOf(const CredentialType &type)
{
    std::vector<Row> &rows = m_rows[type.key];
    if (rows.empty()) {
        for (const FieldId field : type.fieldIds()) {
            const CredentialField &row = type.field(field);
            add(rows, &type, field,
                new FieldEditor(translated(row.label), makeValueEditor(row, nullptr), this));
        }
    }
    return rows;
}

std::vector<CredentialForm::Row> CredentialForm::shownRows() const
{
    std::vector<Row> shown;
    if (!m_base || !m_base->needsNewKey())
        shown = m_common;
    if (m_type) {
        const CredentialDraft current = draft();
        std::ranges::copy_if(m_rows.at(m_type->key), std::back_inserter(shown),
                             [&](const Row &row) { return isPartOfForm(current, row.field); });
    }
    return shown;
}

/// Of a new key only what it consists of is asked for.
bool CredentialForm::isPartOfForm(const CredentialDraft &current, FieldId field) const
{
    if (!current.needsNewKey())
        return current.isShown(field);
    const std::vector<FieldId> parts = current.keyFields();
    return std::ranges::find(parts, field) != parts.end();
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
        if (row.field.isOfType() && m_type->field(row.field).key == parts.last())
            return row.editor;
    }
    return nullptr;
}

FieldEditor *CredentialForm::editorOf(FieldId field) const
{
    for (const Row &row : shownRows()) {
        if (row.field == field)
            return row.editor;
    }
    return nullptr;
}

void CredentialForm::fieldEdited(FieldEditor &editor, FieldId field)
{
    std::erase_if(m_confirmed, [&](const Question &question) { return question.first == &editor; });
    const FieldKind kind = field.isOfType() ? m_type->field(field).kind : FieldKind::Line;
    if (m_type && (kind == FieldKind::Choice || kind == FieldKind::Switch))
        showFields();
    if (m_base && field.isOfType())
        editor.setKept(draft().isInBase(field) && m_type->field(field).secret);
    if (editor.editor().value().size() <= maxCheckedAtOnce) {
        checkEdited(editor, field);
    } else {
        m_toCheck = &editor;
        m_fieldToCheck = field;
        m_checkTimer.start();
    }
    Q_EMIT edited();
}

void CredentialForm::fieldLeft(FieldEditor &editor, FieldId field)
{
    // Somebody who turns to another type or to Cancel is not told what is still empty.
    const QWidget *next = QApplication::focusWidget();
    const bool staysInForm = next && isAncestorOf(next);
    if (!isEnabled() || !editor.isVisible())
        return;
    m_checkTimer.stop();
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

void CredentialForm::checkField(FieldEditor &editor, FieldId field)
{
    showWorst(editor, field == FieldId::enabled
                          ? std::vector<DraftProblem>()
                          : DraftValidator::checkField(draft(), field, QDateTime::currentDateTimeUtc()));
}

/// Somebody who types is not interrupted, but sees at once that a problem has gone.
void CredentialForm::checkEdited(FieldEditor &editor, FieldId field)
{
    if (editor.hasMessage())
        checkField(editor, field);
    else if (editor.hasChangedAtOnce() && field != FieldId::enabled)
        checkPasted(editor, field);
}

void CredentialForm::checkPasted(FieldEditor &editor, FieldId field)
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
    const bool hadProblem = editor.hasProblem();
    if (ownProblems.empty()) {
        editor.clearProblem();
    } else {
        const DraftProblem &worst = ownProblems.front();
        const FieldEditor *target = worst.target ? editorOf(*worst.target) : nullptr;
        editor.showProblem(worst, target ? target->shownName() : QString());
    }
    if (hadProblem && !editor.hasProblem())
        Q_EMIT problemSolved();
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
    m_checkTimer.stop();
    checkFilled();
    FieldEditor *editor = editorOf(problem.field);
    if (!editor)
        return;
    checkField(*editor, problem.field);
    editor->editor().input()->setFocus(Qt::OtherFocusReason);
}

/// Of what tells keys apart, what it is now.
QString CredentialForm::helpFor(FieldId field, const QString &help) const
{
    const CredentialField &row = m_type->field(field);
    const bool isLine = row.kind == FieldKind::Line && !row.secret;
    if (!m_base || !m_base->needsNewKey() || !row.identifiesKey || !isLine ||
        m_base->shownInBase(field).isEmpty())
        return help;
    return tr("Now it is %1.").arg(quoted(m_base->shownInBase(field), 80)) + u' ' + help;
}

void CredentialForm::showFields()
{
    const CredentialDraft current = draft();
    for (const Row &row : rowsOf(*m_type)) {
        const FieldWording words = current.wording(row.field);
        const bool isKeptSecret = m_type->field(row.field).secret && current.isInBase(row.field);
        row.editor->setWords(translated(words.label),
                             isKeptSecret ? tr("Unchanged") : translated(words.placeholder),
                             helpFor(row.field, translated(words.help)));
        row.editor->setKept(isKeptSecret);
        row.editor->setRequired(m_type->field(row.field).required && !isKeptSecret);
        row.editor->setVisibleWithLabel(isPartOfForm(current, row.field));
        if (row.editor->hasMessage() && !row.editor->hasRefusal())
            checkField(*row.editor, row.field);
    }
}

void CredentialForm::reach(FieldEditor &editor)
{
    editor.editor().input()->setFocus(Qt::OtherFocusReason);
    Q_EMIT reached(&editor);
}

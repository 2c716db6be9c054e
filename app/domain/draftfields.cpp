// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftfields.h"

#include <QCoreApplication>
#include <QLocale>

bool DraftFields::isText(const CredentialDraft &draft, int field)
{
    if (field == DraftProblem::nameField || field == DraftProblem::descriptionField)
        return true;
    if (field < 0 || !draft.type() || field >= int(draft.type()->fields.size()) || !draft.isShown(field))
        return false;
    const FieldKind kind = draft.type()->fields[std::size_t(field)].kind;
    return kind == FieldKind::Line || kind == FieldKind::File;
}

const QString &DraftFields::text(const CredentialDraft &draft, int field)
{
    if (field == DraftProblem::nameField)
        return draft.name;
    return field == DraftProblem::descriptionField ? draft.description : draft.value(field);
}

const CredentialField *DraftFields::row(const CredentialDraft &draft, int field)
{
    return field >= 0 && draft.type() ? &draft.type()->fields[std::size_t(field)] : nullptr;
}

bool DraftFields::isSecret(const CredentialDraft &draft, int field)
{
    const CredentialField *found = row(draft, field);
    return found && found->secret;
}

bool DraftFields::isFile(const CredentialDraft &draft, int field)
{
    const CredentialField *found = row(draft, field);
    return found && found->kind == FieldKind::File;
}

StrayText::Use DraftFields::use(const CredentialDraft &draft, int field)
{
    if (field == DraftProblem::nameField)
        return StrayText::Use::Name;
    if (field == DraftProblem::descriptionField)
        return StrayText::Use::Prose;
    if (isFile(draft, field))
        return StrayText::Use::Document;
    return row(draft, field)->form == ValueForm::PersonName ? StrayText::Use::Name : StrayText::Use::Value;
}

int DraftFields::secretField(const CredentialDraft &draft, FileFormat format)
{
    for (int field = 0; draft.type() && field < int(draft.type()->fields.size()); ++field) {
        if (isText(draft, field) && isSecret(draft, field) && row(draft, field)->format == format)
            return field;
    }
    return DraftProblem::noField;
}

QString DraftFields::label(const CredentialDraft &draft, int field)
{
    if (field == DraftProblem::nameField)
        return words(QT_TRANSLATE_NOOP("DraftValidator", "Name"));
    if (field == DraftProblem::descriptionField)
        return words(QT_TRANSLATE_NOOP("DraftValidator", "Description"));
    return translated(draft.wording(field).label);
}

QString DraftFields::words(const char *text, int n)
{
    return QCoreApplication::translate("DraftValidator", text, nullptr, n);
}

QString DraftFields::number(qsizetype value)
{
    return QLocale().toString(value);
}

DraftFinding DraftFields::problem(int field, DraftProblem::Kind kind, const QString &message)
{
    return {{field, DraftProblem::Severity::Problem, kind, message}};
}

DraftFinding DraftFields::question(int field, DraftProblem::Kind kind, const QString &message)
{
    return {{field, DraftProblem::Severity::Question, kind, message}};
}

DraftFinding DraftFields::advice(int field, DraftProblem::Kind kind, const QString &message)
{
    return {{field, DraftProblem::Severity::Advice, kind, message}};
}

DraftFinding DraftFields::unlikely(int field, const char *message)
{
    return advice(field, DraftProblem::Kind::UnlikelyValue, words(message));
}

DraftFinding DraftFields::with(DraftFinding finding, DraftProblem::Remedy remedy,
                               std::vector<FieldChange> changes, int target)
{
    if (!changes.empty()) {
        finding.problem.remedy = remedy;
        finding.problem.target = target;
        finding.changes = std::move(changes);
    }
    return finding;
}

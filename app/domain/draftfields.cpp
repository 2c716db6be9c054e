// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftfields.h"

#include <QCoreApplication>
#include <QLocale>

bool DraftFields::isText(const CredentialDraft &draft, FieldId field)
{
    if (field == FieldId::name || field == FieldId::description)
        return true;
    if (!field.isOfType() || !draft.type() || !draft.isShown(field))
        return false;
    const FieldKind kind = draft.type()->field(field).kind;
    return kind == FieldKind::Line || kind == FieldKind::File;
}

const CredentialField *DraftFields::row(const CredentialDraft &draft, FieldId field)
{
    return field.isOfType() && draft.type() ? &draft.type()->field(field) : nullptr;
}

bool DraftFields::isSecret(const CredentialDraft &draft, FieldId field)
{
    const CredentialField *found = row(draft, field);
    return found && found->secret;
}

ValueForm DraftFields::form(const CredentialDraft &draft, FieldId field)
{
    return row(draft, field) ? draft.wording(field).form : ValueForm::Any;
}

bool DraftFields::isFile(const CredentialDraft &draft, FieldId field)
{
    const CredentialField *found = row(draft, field);
    return found && found->kind == FieldKind::File;
}

StrayText::Use DraftFields::use(const CredentialDraft &draft, FieldId field)
{
    if (field == FieldId::name)
        return StrayText::Use::Name;
    if (field == FieldId::description)
        return StrayText::Use::Prose;
    if (isFile(draft, field))
        return StrayText::Use::Document;
    return form(draft, field) == ValueForm::PersonName ? StrayText::Use::Name : StrayText::Use::Value;
}

std::optional<FieldId> DraftFields::secretField(const CredentialDraft &draft, FileFormat format)
{
    for (const FieldId field : draft.shownFields()) {
        if (isSecret(draft, field) && isText(draft, field) && row(draft, field)->format == format)
            return field;
    }
    return std::nullopt;
}

QString DraftFields::label(const CredentialDraft &draft, FieldId field)
{
    if (field == FieldId::name)
        return words(QT_TRANSLATE_NOOP("DraftValidator", "Name"));
    if (field == FieldId::description)
        return words(QT_TRANSLATE_NOOP("DraftValidator", "Description"));
    return translated(draft.wording(field).label);
}

void DraftFields::fill(const CredentialDraft &draft, std::vector<FieldChange> &changes,
                       std::optional<FieldId> field, const QString &value)
{
    if (field && !value.isEmpty() && draft.value(*field).isEmpty())
        changes.push_back({*field, value});
}

QString DraftFields::words(const char *text, int n)
{
    return QCoreApplication::translate("DraftValidator", text, nullptr, n);
}

QString DraftFields::number(qsizetype value)
{
    return QLocale().toString(value);
}

DraftFinding DraftFields::problem(FieldId field, DraftProblem::Kind kind, const QString &message)
{
    return {{field, DraftProblem::Severity::Problem, kind, message}};
}

DraftFinding DraftFields::question(FieldId field, DraftProblem::Kind kind, const QString &message)
{
    return {{field, DraftProblem::Severity::Question, kind, message}};
}

DraftFinding DraftFields::advice(FieldId field, DraftProblem::Kind kind, const QString &message)
{
    return {{field, DraftProblem::Severity::Advice, kind, message}};
}

DraftFinding DraftFields::unlikely(FieldId field, const char *message)
{
    return advice(field, DraftProblem::Kind::UnlikelyValue, words(message));
}

DraftFinding DraftFields::with(DraftFinding finding, DraftProblem::Remedy remedy,
                               std::vector<FieldChange> changes, std::optional<FieldId> target)
{
    if (!changes.empty()) {
        finding.problem.remedy = remedy;
        finding.problem.target = target;
        finding.changes = std::move(changes);
    }
    return finding;
}

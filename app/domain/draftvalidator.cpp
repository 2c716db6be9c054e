// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftvalidator.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QUrl>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

using Kind = DraftProblem::Kind;
using Severity = DraftProblem::Severity;

constexpr int nameMaximum = 255;
constexpr int descriptionMaximum = 32767;

QString words(const char *text, int n = -1)
{
    return QCoreApplication::translate("DraftValidator", text, nullptr, n);
}

QString number(qsizetype value)
{
    return QLocale().toString(value);
}

DraftProblem problem(int field, Kind kind, const QString &message)
{
    return {field, Severity::Problem, kind, message};
}

DraftProblem advice(int field, Kind kind, const QString &message)
{
    return {field, Severity::Advice, kind, message};
}

DraftProblem blanksAround(int field)
{
    DraftProblem found =
        advice(field, Kind::SurroundingBlanks,
               words(QT_TRANSLATE_NOOP("DraftValidator", "There are blanks before or after the text.")));
    found.remedy = DraftProblem::Remedy::Trim;
    return found;
}

/// `minimum` counts only once there is a text: whether there must be one is another question.
std::optional<DraftProblem> lengthProblem(int field, QStringView text, int minimum, int maximum)
{
    const qsizetype length = DraftValidator::codePoints(text);
    if (length < minimum) {
        return problem(field, Kind::TooShort,
                       words(QT_TRANSLATE_NOOP("DraftValidator", "At least %1 characters, not %2."))
                           .arg(number(minimum), number(length)));
    }
    if (length > maximum) {
        return problem(field, Kind::TooLong,
                       words(QT_TRANSLATE_NOOP("DraftValidator", "At most %1 characters, not %2."))
                           .arg(number(maximum), number(length)));
    }
    return std::nullopt;
}

bool hasSurroundingBlanks(const QString &text, FieldKind kind)
{
    if (text.isEmpty())
        return false;
    // A file ends in a line break: that is how files are, and keys need it.
    const bool endsInBlank =
        kind == FieldKind::File ? text.back().isSpace() && text.back() != u'\n' : text.back().isSpace();
    return text.front().isSpace() || endsInBlank || (kind == FieldKind::File && text.endsWith("\n\n"_L1));
}

/// A file that ends in a line break keeps one.
QString trimmedText(const QString &text, FieldKind kind)
{
    const QStringView core = QStringView(text).trimmed();
    const QStringView behind = QStringView(core.end(), text.cend());
    return kind == FieldKind::File && behind.contains(u'\n') ? core % u'\n' : core.toString();
}

/// Whether the field is one that holds a text: it is for these that there are remedies.
bool isText(const CredentialDraft &draft, int field)
{
    if (field == DraftProblem::nameField || field == DraftProblem::descriptionField)
        return true;
    if (field < 0 || !draft.type() || field >= int(draft.type()->fields.size()) || !draft.isShown(field))
        return false;
    const FieldKind kind = draft.type()->fields[std::size_t(field)].kind;
    return kind == FieldKind::Line || kind == FieldKind::File;
}

FieldKind kindOf(const CredentialDraft &draft, int field)
{
    return field < 0 ? FieldKind::Line : draft.type()->fields[std::size_t(field)].kind;
}

const QString &textOf(const CredentialDraft &draft, int field)
{
    switch (field) {
    case DraftProblem::nameField:
        return draft.name;
    case DraftProblem::descriptionField:
        return draft.description;
    default:
        return draft.value(field);
    }
}

bool looksLikePem(const QString &text)
{
    const QString trimmed = text.trimmed();
    return trimmed.startsWith("-----BEGIN "_L1) && trimmed.contains("-----END "_L1);
}

bool looksLikeServiceAccountKey(const QString &text)
{
    const QJsonObject key = QJsonDocument::fromJson(text.toUtf8()).object();
    return key.contains("private_key"_L1) && key.contains("client_email"_L1);
}

/// Slips that the API would not notice. At most one, the first that helps.
std::optional<QString> unlikelyValue(const CredentialDraft &draft, const CredentialField &field,
                                     const QString &value)
{
    const QLatin1StringView type = draft.type()->key;
    if (field.format == FileFormat::Pem && !looksLikePem(value))
        return words(QT_TRANSLATE_NOOP(
            "DraftValidator", "This does not look like PEM, which begins with “-----BEGIN …-----”."));
    if (field.format == FileFormat::Json && !looksLikeServiceAccountKey(value))
        return words(QT_TRANSLATE_NOOP("DraftValidator",
                                       "This does not look like a service account key file: "
                                       "JSON with “client_email” and “private_key”."));
    if (type == "aws"_L1 && field.key == "accessKeyId"_L1 && !value.startsWith("AKIA"_L1) &&
        !value.startsWith("ASIA"_L1))
        return words(QT_TRANSLATE_NOOP("DraftValidator", "Access key IDs usually begin with AKIA or ASIA."));
    if (type == "twilio"_L1 && field.key == "accountSid"_L1 && !value.startsWith("AC"_L1))
        return words(QT_TRANSLATE_NOOP("DraftValidator", "Account SIDs usually begin with AC."));
    if (type == "twilio"_L1 && field.key == "apiKeySid"_L1 && !value.startsWith("SK"_L1))
        return words(QT_TRANSLATE_NOOP("DraftValidator", "API key SIDs usually begin with SK."));
    if (field.key == "connectionUri"_L1 && !value.startsWith("mongodb://"_L1) &&
        !value.startsWith("mongodb+srv://"_L1))
        return words(QT_TRANSLATE_NOOP("DraftValidator",
                                       "Connection URIs usually begin with mongodb:// or mongodb+srv://."));
    if (field.key == "uriMatch"_L1) {
        if (value.contains(u'*'))
            return words(
                QT_TRANSLATE_NOOP("DraftValidator", "“*” is taken literally here, not as a wildcard."));
        const QUrl url(value, QUrl::StrictMode);
        if ((url.scheme() != "https"_L1 && url.scheme() != "http"_L1) || url.host().isEmpty())
            return words(QT_TRANSLATE_NOOP("DraftValidator",
                                           "Usually a web address such as https://api.example.com/."));
    }
    return std::nullopt;
}

void checkText(const CredentialDraft &draft, int index, std::vector<DraftProblem> &found)
{
    const CredentialField &field = draft.type()->fields[std::size_t(index)];
    const QString &value = draft.value(index);
    if (value.isEmpty()) {
        if (field.required)
            found.push_back(
                problem(index, Kind::Missing, words(QT_TRANSLATE_NOOP("DraftValidator", "Is needed."))));
        return;
    }
    if (auto wrongLength = lengthProblem(index, value, field.minimum, field.maximum))
        found.push_back(*wrongLength);
    if (hasSurroundingBlanks(value, field.kind))
        found.push_back(blanksAround(index));
    else if (const auto unlikely = unlikelyValue(draft, field, value))
        found.push_back(advice(index, Kind::UnlikelyValue, *unlikely));
}

void checkNumber(const CredentialDraft &draft, int index, std::vector<DraftProblem> &found)
{
    const CredentialField &field = draft.type()->fields[std::size_t(index)];
    const QString &value = draft.value(index);
    if (value.isEmpty())
        return;
    bool isNumber = false;
    const qlonglong n = value.toLongLong(&isNumber);
    if (!isNumber) {
        found.push_back(problem(index, Kind::NotANumber,
                                words(QT_TRANSLATE_NOOP("DraftValidator", "Has to be a whole number."))));
    } else if (n < field.minimum || n > field.maximum) {
        found.push_back(problem(index, Kind::OutOfRange,
                                words(QT_TRANSLATE_NOOP("DraftValidator", "Has to be between %1 and %2."))
                                    .arg(QString::number(field.minimum), QString::number(field.maximum))));
    }
}

void checkChoice(const CredentialDraft &draft, int index, std::vector<DraftProblem> &found)
{
    const CredentialField &field = draft.type()->fields[std::size_t(index)];
    const QString &value = draft.value(index);
    if (std::ranges::none_of(field.choices, [&](const FieldChoice &choice) { return choice.value == value; }))
        found.push_back(problem(index, Kind::NotAChoice,
                                words(QT_TRANSLATE_NOOP("DraftValidator", "Choose one of the list."))));
}

} // namespace

std::vector<DraftProblem> DraftValidator::check(const CredentialDraft &draft, const QDateTime &now)
{
    std::vector<DraftProblem> found;
    const auto add = [&](int field) {
        std::ranges::move(checkField(draft, field, now), std::back_inserter(found));
    };
    add(DraftProblem::typeField);
    add(DraftProblem::nameField);
    add(DraftProblem::descriptionField);
    for (int field = 0; draft.type() && field < int(draft.type()->fields.size()); ++field)
        add(field);
    return found;
}

std::vector<DraftProblem> DraftValidator::checkField(const CredentialDraft &draft, int field,
                                                     const QDateTime &)
{
    std::vector<DraftProblem> found;
    switch (field) {
    case DraftProblem::typeField:
        if (!draft.type())
            found.push_back(
                problem(field, Kind::Missing,
                        words(QT_TRANSLATE_NOOP("DraftValidator", "Choose the type of the credential."))));
        return found;
    case DraftProblem::nameField:
        if (draft.name.isEmpty()) {
            found.push_back(
                problem(field, Kind::Missing, words(QT_TRANSLATE_NOOP("DraftValidator", "Is needed."))));
            return found;
        }
        if (auto wrongLength = lengthProblem(field, draft.name, 1, nameMaximum))
            found.push_back(*wrongLength);
        if (hasSurroundingBlanks(draft.name, FieldKind::Line))
            found.push_back(blanksAround(field));
        return found;
    case DraftProblem::descriptionField:
        if (auto wrongLength = lengthProblem(field, draft.description, 0, descriptionMaximum))
            found.push_back(*wrongLength);
        return found;
    default:
        break;
    }
    if (!draft.isShown(field))
        return found;
    switch (draft.type()->fields[std::size_t(field)].kind) {
    case FieldKind::Line:
    case FieldKind::File:
        checkText(draft, field, found);
        break;
    case FieldKind::Number:
        checkNumber(draft, field, found);
        break;
    case FieldKind::Choice:
        checkChoice(draft, field, found);
        break;
    case FieldKind::Switch:
    case FieldKind::Date:
        break;
    }
    return found;
}

bool DraftValidator::isBlocked(const std::vector<DraftProblem> &problems)
{
    return std::ranges::any_of(problems,
                               [](const DraftProblem &p) { return p.severity == Severity::Problem; });
}

std::vector<FieldChange> DraftValidator::remedied(const CredentialDraft &draft, const DraftProblem &problem)
{
    if (problem.remedy == DraftProblem::Remedy::Trim && isText(draft, problem.field)) {
        const QString value = textOf(draft, problem.field);
        QString trimmed = trimmedText(value, kindOf(draft, problem.field));
        if (trimmed != value)
            return {{problem.field, std::move(trimmed)}};
    }
    return {};
}

qsizetype DraftValidator::codePoints(QStringView text)
{
    qsizetype pairs = 0;
    for (qsizetype i = 1; i < text.size(); ++i)
        pairs += text[i].isLowSurrogate() & text[i - 1].isHighSurrogate();
    return text.size() - pairs;
}

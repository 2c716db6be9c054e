// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/draftvalidator.h"

#include "domain/draftfields.h"
#include "domain/keyadvice.h"
#include "domain/keyidentity.h"
#include "domain/privatekeyplace.h"
#include "domain/publicsecrets.h"
#include "domain/straytext.h"
#include "domain/valueforms.h"
#include "domain/wiping.h"
#include "domain/wrappedvalue.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <optional>

using namespace Qt::StringLiterals;
using namespace DraftFields;

namespace {

using Findings = std::vector<DraftFinding>;
using Kind = DraftProblem::Kind;
using Remedy = DraftProblem::Remedy;

constexpr int nameMaximum = 255;
constexpr int descriptionMaximum = 32767;

/// What is longer than this and than it may be is not looked into: it can't be sent, and it would take a
/// while.
constexpr int maxReadCharacters = 16'384;

/// `minimum` counts only once there is a text: whether there must be one is another question. Returns whether
/// the text is to be looked into.
bool checkLength(FieldId field, QStringView text, int minimum, int maximum, Findings &found)
{
    const qsizetype length = DraftValidator::codePoints(text);
    if (length < minimum) {
        found.push_back(problem(field, Kind::TooShort,
                                words(QT_TRANSLATE_NOOP("DraftValidator", "At least %1 characters, not %2."))
                                    .arg(number(minimum), number(length))));
    } else if (length > maximum) {
        found.push_back(problem(field, Kind::TooLong,
                                words(QT_TRANSLATE_NOOP("DraftValidator", "At most %1 characters, not %2."))
                                    .arg(number(maximum), number(length))));
    }
    return length <= std::max(maximum, maxReadCharacters);
}

/// A file that ends in a line break keeps one.
QString trimmedText(const QString &text, bool isFile)
{
    const QStringView core = StrayText::trimmed(text);
    const QStringView behind = QStringView(core.end(), text.cend());
    return isFile && behind.contains(u'\n') ? core % u'\n' : core.toString();
}

bool checkSurroundingBlanks(FieldId field, const QString &text, bool isFile, Findings &found)
{
    if (text.isEmpty())
        return false;
    // A file ends in a line break: that is how files are, and keys need it.
    const bool endsInBlank = text.back().isSpace() && !(isFile && text.back() == u'\n');
    if (!text.front().isSpace() && !endsInBlank && !(isFile && text.endsWith("\n\n"_L1)))
        return false;
    found.push_back(
        with(advice(field, Kind::SurroundingBlanks,
                    words(QT_TRANSLATE_NOOP("DraftValidator", "There are blanks before or after the text."))),
             Remedy::Trim, {{field, trimmedText(text, isFile)}}));
    return true;
}

bool checkStray(FieldId field, const QString &text, StrayText::Use use, Findings &found)
{
    // Blanks around a value are found by checkSurroundingBlanks(), so they are passed over here; a text for
    // people is searched whole.
    const bool isOfBlanks = use == StrayText::Use::Prose || use == StrayText::Use::Document;
    const QStringView core = isOfBlanks ? QStringView(text) : QStringView(text).trimmed();
    auto stray = StrayText::find(core, use);
    if (!stray)
        return false;
    if (stray->isMask) {
        found.push_back(
            advice(field, Kind::StrayCharacters,
                   words(QT_TRANSLATE_NOOP("DraftValidator",
                                           "These are the bullets of a field that hides its text: copy "
                                           "the text itself."))));
        return true;
    }
    stray->before += DraftValidator::codePoints(QStringView(text.cbegin(), core.begin()));
    QString message =
        words(QT_TRANSLATE_NOOP("DraftValidator", "Probably not meant: %1.")).arg(StrayText::named(*stray));
    if (stray->more > 0) {
        const auto more = int(std::min<qsizetype>(stray->more, 1'000'000));
        message += u' ' + words(QT_TRANSLATE_N_NOOP("DraftValidator", "There are %n more."), more);
    }
    DraftFinding finding = advice(field, Kind::StrayCharacters, message);
    if (stray->isRemovable)
        finding = with(std::move(finding), Remedy::RemoveStray, {{field, StrayText::cleaned(core, use)}});
    found.push_back(std::move(finding));
    return true;
}

bool checkWrapping(const CredentialDraft &draft, FieldId field, const QString &text, Findings &found)
{
    using WrappedValue::Place, WrappedValue::Wrapping;
    const CredentialField &row = *DraftFields::row(draft, field);
    if (row.format == FileFormat::Pem || use(draft, field) == StrayText::Use::Name)
        return false;
    const Place place = row.format == FileFormat::Json                     ? Place::Json
                        : form(draft, field) == ValueForm::HttpHeaderValue ? Place::HeaderValue
                                                                           : Place::Value;
    const QString name = row.nameIn.isEmpty() ? QString(row.key) : draft.valueOf(row.nameIn);
    auto unwrapped = WrappedValue::unwrapped(text, place, name);
    if (!unwrapped)
        return false;
    const char *message = nullptr;
    switch (unwrapped->wrapping) {
    case Wrapping::Scheme:
        message = QT_TRANSLATE_NOOP(
            "DraftValidator", "“Bearer” or “Basic” before it belongs to a header, not to the value itself.");
        break;
    case Wrapping::HeaderName:
        message =
            QT_TRANSLATE_NOOP("DraftValidator", "Only the value belongs here, without the header's name.");
        break;
    case Wrapping::Assignment:
        message =
            QT_TRANSLATE_NOOP("DraftValidator", "Only the value belongs here, without its name and “=”.");
        break;
    case Wrapping::Quotes:
        message = QT_TRANSLATE_NOOP("DraftValidator", "There are quotes around the value.");
        break;
    case Wrapping::Json:
        message = QT_TRANSLATE_NOOP("DraftValidator", "This is JSON. Only the value within it belongs here.");
        break;
    }
    found.push_back(with(advice(field, Kind::WrappedValue, words(message)), Remedy::Unwrap,
                         {{field, std::move(unwrapped->value)}}));
    return true;
}

/// What everybody who sees the credential could read and must not: a key, or else the rest.
void checkPublic(const CredentialDraft &draft, FieldId field, Findings &found)
{
    if (auto key = PrivateKeyPlace::check(draft, field))
        found.push_back(std::move(*key));
    else
        std::ranges::move(PublicSecrets::check(draft, field), std::back_inserter(found));
}

/// A value that is too long gets the remedy of another finding, if that makes it short enough.
void mendLength(FieldId field, int maximum, Findings &found)
{
    const auto tooLong =
        std::ranges::find(found, Kind::TooLong, [](const DraftFinding &f) { return f.problem.kind; });
    const auto mends = [&](const DraftFinding &finding) {
        return std::ranges::any_of(finding.changes, [&](const FieldChange &change) {
            return change.field == field && DraftValidator::codePoints(change.value) <= maximum;
        });
    };
    const auto remedy = std::ranges::find_if(found, mends);
    if (tooLong == found.end() || remedy == found.end())
        return;
    tooLong->problem.message += u' ' + remedy->problem.message;
    tooLong->problem.remedy = remedy->problem.remedy;
    tooLong->problem.target = remedy->problem.target;
    tooLong->changes = remedy->changes;
}

/// What a value of one of the type's fields is, once what everybody could read is looked into.
void checkContent(const CredentialDraft &draft, FieldId field, const QDateTime &now, Findings &found)
{
    const CredentialField &row = *DraftFields::row(draft, field);
    const QString &value = draft.value(field);
    auto onKey = KeyAdvice::check(draft, field, now);
    const bool isText = row.format == FileFormat::Text;
    if (isText && !onKey.empty() && onKey.front().problem.kind == Kind::WrongKeyKind) {
        std::ranges::move(onKey,
                          std::back_inserter(found)); // the line breaks of PEM need no words of their own
        return;
    }
    // The form of a value is checked only once there are no blanks, stray characters and wrapping around it.
    const bool isFile = row.kind == FieldKind::File;
    const bool isDamaged = std::ranges::any_of(
        onKey, [](const DraftFinding &finding) { return finding.problem.remedy == Remedy::RestorePem; });
    const bool hasBlanks = !isDamaged && checkSurroundingBlanks(field, value, isFile, found); // goes with it
    const bool isStray = row.format != FileFormat::Pem && checkStray(field, value, use(draft, field), found);
    const bool isWrapped = checkWrapping(draft, field, value, found);
    if ((hasBlanks && isText) || isStray || isWrapped)
        return;
    if (onKey.empty() && isText) {
        if (auto odd = ValueForms::check(draft, field))
            found.push_back(std::move(*odd));
    }
    std::ranges::move(onKey, std::back_inserter(found));
}

void checkText(const CredentialDraft &draft, FieldId field, const QDateTime &now, Findings &found)
{
    const CredentialField &row = *DraftFields::row(draft, field);
    const QString &value = draft.value(field);
    if (value.isEmpty()) {
        if (row.required || (row.identifiesKey && draft.needsNewKey()))
            found.push_back(problem(field, Kind::Missing, words(draft.wording(field).missing)));
        else if (row.minimum > 0 && draft.base() && draft.isChanged(field))
            found.push_back(
                problem(field, Kind::Missing,
                        words(QT_TRANSLATE_NOOP("DraftValidator",
                                                "This can be changed, but not removed: the platform takes no "
                                                "empty value."))));
        return;
    }
    if (!checkLength(field, value, row.minimum, row.maximum, found))
        return;
    if (draft.needsNewKey() && isOldKey(draft, field))
        found.push_back(problem(
            field, Kind::OldKey,
            words(QT_TRANSLATE_NOOP("DraftValidator", "This is the key that is there already. Enter the "
                                                      "new one."))));
    if (!row.secret)
        checkPublic(draft, field, found);
    checkContent(draft, field, now, found);
    mendLength(field, row.maximum, found);
}

void checkNumber(const CredentialDraft &draft, FieldId index, Findings &found)
{
    const CredentialField &field = draft.type()->field(index);
    const QString &value = draft.value(index);
    if (value.isEmpty())
        return;
    bool isNumber = false;
    const qlonglong n = value.toLongLong(&isNumber);
    if (!isNumber) {
        found.push_back(problem(index, Kind::NotANumber,
                                words(QT_TRANSLATE_NOOP("DraftValidator", "Enter a whole number."))));
    } else if (n < field.minimum || n > field.maximum) {
        found.push_back(
            problem(index, Kind::OutOfRange,
                    words(QT_TRANSLATE_NOOP("DraftValidator", "Enter a number between %1 and %2."))
                        .arg(QString::number(field.minimum), QString::number(field.maximum))));
    } else if (auto odd = ValueForms::check(draft, index)) {
        found.push_back(std::move(*odd));
    }
}

void checkChoice(const CredentialDraft &draft, FieldId index, Findings &found)
{
    const CredentialField &field = draft.type()->field(index);
    const QString &value = draft.value(index);
    if (std::ranges::none_of(field.choices, [&](const FieldChoice &choice) { return choice.value == value; }))
        found.push_back(problem(index, Kind::NotAChoice,
                                words(QT_TRANSLATE_NOOP("DraftValidator", "Choose one from the list."))));
}

void checkName(const CredentialDraft &draft, Findings &found)
{
    constexpr FieldId field = FieldId::name;
    const QString &name = draft.value(FieldId::name);
    if (name.isEmpty()) {
        found.push_back(
            problem(field, Kind::Missing, words(QT_TRANSLATE_NOOP("DraftValidator", "Enter a name."))));
        return;
    }
    if (!checkLength(field, name, 1, nameMaximum, found))
        return;
    if (StrayText::isBlank(name)) {
        found.push_back(
            problem(field, Kind::BlankName,
                    words(QT_TRANSLATE_NOOP("DraftValidator", "There is nothing to be seen in this name."))));
        return;
    }
    checkPublic(draft, field, found);
    checkSurroundingBlanks(field, name, false, found);
    checkStray(field, name, StrayText::Use::Name, found);
}

void checkDescription(const CredentialDraft &draft, Findings &found)
{
    constexpr FieldId field = FieldId::description;
    if (!checkLength(field, draft.value(FieldId::description), 0, descriptionMaximum, found))
        return;
    checkPublic(draft, field, found);
    checkStray(field, draft.value(FieldId::description), StrayText::Use::Prose, found);
}

Findings findings(const CredentialDraft &draft, FieldId field, const QDateTime &now)
{
    Findings found;
    if (field == FieldId::type) {
        if (!draft.type() && !draft.base())
            found.push_back(
                problem(field, Kind::Missing,
                        words(QT_TRANSLATE_NOOP("DraftValidator", "Choose the type of the credential."))));
    } else if (field == FieldId::name) {
        checkName(draft, found);
    } else if (field == FieldId::description) {
        checkDescription(draft, found);
    } else if (draft.type() && field.isOfType() && draft.isShown(field)) {
        switch (draft.type()->field(field).kind) {
        case FieldKind::Line:
        case FieldKind::File:
            checkText(draft, field, now, found);
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
    }
    if (draft.isInBase(field)) { // the server took it
        std::erase_if(found,
                      [](const DraftFinding &finding) { return finding.problem.kind == Kind::Missing; });
        for (DraftFinding &finding : found)
            finding.problem.severity = DraftProblem::Severity::Advice;
    }
    std::ranges::stable_sort(found, {}, [](const DraftFinding &finding) { return finding.problem.severity; });
    return found;
}

} // namespace

std::vector<DraftProblem> DraftValidator::check(const CredentialDraft &draft, const QDateTime &now)
{
    std::vector<DraftProblem> found;
    const auto add = [&](FieldId field) {
        std::ranges::move(checkField(draft, field, now), std::back_inserter(found));
    };
    add(FieldId::type);
    add(FieldId::name);
    add(FieldId::description);
    for (const FieldId field : draft.shownFields())
        add(field);
    return found;
}

std::vector<DraftProblem> DraftValidator::checkField(const CredentialDraft &draft, FieldId field,
                                                     const QDateTime &now)
{
    std::vector<DraftProblem> problems;
    for (DraftFinding &finding : findings(draft, field, now)) {
        problems.push_back(std::move(finding.problem));
        for (FieldChange &change : finding.changes)
            wipe(change.value);
    }
    return problems;
}

bool DraftValidator::isBlocked(const std::vector<DraftProblem> &problems)
{
    return std::ranges::any_of(
        problems, [](const DraftProblem &p) { return p.severity == DraftProblem::Severity::Problem; });
}

std::vector<FieldChange> DraftValidator::remedied(const CredentialDraft &draft, const DraftProblem &problem)
{
    for (DraftFinding &finding : findings(draft, problem.field, {})) {
        if (finding.problem.kind == problem.kind && finding.problem.remedy == problem.remedy &&
            finding.problem.target == problem.target)
            return std::move(finding.changes);
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

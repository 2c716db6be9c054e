// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "api/apicall.h"
#include "api/losantjson.h"
#include "domain/draftvalidator.h"
#include "sandbox/bodycheck.h"
#include "support/beyondschema.h"

#include <QJsonDocument>

#include <algorithm>
#include <iterator>

// The input is a draft: a byte for the type and one for the switches, then texts that end in a NUL: name,
// description and the type's fields. A text after \1 is UTF-16; one after \2 and a byte is repeated.

using namespace Qt::StringLiterals;

namespace {

QString textOf(QByteArray bytes)
{
    if (bytes.startsWith('\1')) {
        bytes.remove(0, 1);
        return QString(reinterpret_cast<const QChar *>(bytes.constData()), bytes.size() / 2);
    }
    if (bytes.startsWith('\2') && bytes.size() > 2) {
        constexpr int longest = 40'000;
        const QString text = QString::fromUtf8(bytes.mid(2));
        return text.repeated((1 << uchar(bytes[1]) % 16) + uchar(bytes[1]) / 16).left(longest);
    }
    return QString::fromUtf8(bytes);
}

CredentialDraft draftOf(const QByteArray &bytes)
{
    const auto types = credentialTypes();
    CredentialDraft draft(types[uchar(bytes[0]) % types.size()]);
    const uint switches = uchar(bytes[1]);
    draft.set(FieldId::enabled, switches & 1 ? u"true"_s : QString());
    const QList<QByteArray> texts = bytes.mid(2).split('\0');
    draft.set(FieldId::name, textOf(texts.value(0)));
    draft.set(FieldId::description, textOf(texts.value(1)));
    for (const FieldId field : draft.type()->fieldIds()) {
        const CredentialField &row = draft.type()->field(field);
        const QByteArray text = texts.value(qsizetype(field.position()) + 2);
        if (row.kind == FieldKind::Switch)
            draft.set(field, switches >> (field.position() % 7 + 1) & 1 ? u"true"_s : QString());
        else if (row.kind == FieldKind::Choice && text.size() == 1)
            draft.set(field, row.choices[uchar(text[0]) % row.choices.size()].value);
        else
            draft.set(field, textOf(text));
    }
    return draft;
}

bool isKnownField(const CredentialDraft &draft, FieldId field)
{
    return field == FieldId::name || field == FieldId::description ||
           (field.isOfType() && field.position() < draft.type()->fields.size() && draft.isShown(field));
}

std::vector<DraftProblem> checkProblems(const CredentialDraft &draft)
{
    std::vector<DraftProblem> problems = DraftValidator::check(draft, {});
    for (const DraftProblem &problem : problems) {
        must(isKnownField(draft, problem.field), "a problem is about something that is shown");
        must(!problem.message.isEmpty(), "a problem says something");
        const std::vector<FieldChange> changes = DraftValidator::remedied(draft, problem);
        must(changes.empty() == (problem.remedy == DraftProblem::Remedy::None), "a remedy changes something");
        for (const FieldChange &change : changes)
            must(isKnownField(draft, change.field), "a remedy changes what is shown");
    }
    return problems;
}

/// Qt's parser drops a byte order mark.
bool isSame(const QString &read, const QString &typed)
{
    return read == typed || typed == QChar(QChar::ByteOrderMark) + read;
}

void checkValue(const CredentialField &row, const QString &typed, const QJsonValue &sent)
{
    switch (row.kind) {
    case FieldKind::Number:
        must(sent.isDouble(), "a number is sent as one");
        break;
    case FieldKind::Switch:
        must(sent.isBool() && sent.toBool(), "a switch is sent only when it is on");
        break;
    default:
        must(sent.isString() && isSame(sent.toString(), typed), "a text is sent as it is");
        break;
    }
}

/// The server answers with what it was sent, and that is known again.
void checkAnswer(const CredentialDraft &draft, const QByteArray &body)
{
    const auto answered = LosantJson::readCredential({.httpStatus = 201, .body = body});
    must(answered.has_value(), "a body can be read");
    must(answered->name == draft.value(FieldId::name), "the name");
    must(answered->description == draft.value(FieldId::description), "the description");
    must(answered->enabled == !draft.value(FieldId::enabled).isEmpty(), "enabled");
    must(answered->type == draft.type()->key, "the type");
    must(answered->config.startsWith('{'), "the configuration");
}

QJsonObject checkBody(const CredentialDraft &draft)
{
    QJsonParseError error;
    const QByteArray bytes = LosantJson::writePost(draft);
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    must(error.error == QJsonParseError::NoError && document.isObject(), "a body is a JSON object");
    const QJsonObject body = document.object();
    for (const QString &key : body.keys())
        must(key == "name"_L1 || key == "description"_L1 || key == "enabled"_L1 || key == "type"_L1 ||
                 key == draft.type()->configKey,
             "a body holds one configuration and nothing unknown");
    must(isSame(body["name"_L1].toString(), draft.value(FieldId::name)), "the name is sent");
    must(isSame(body["description"_L1].toString(), draft.value(FieldId::description)),
         "the description is sent");
    checkAnswer(draft, bytes);

    const QJsonObject config = body[draft.type()->configKey].toObject();
    qsizetype sent = 0;
    for (const FieldId field : draft.type()->fieldIds()) {
        const CredentialField &row = draft.type()->field(field);
        if (!draft.isShown(field))
            continue;
        must(draft.shownField(row.key) == field, "one field of a key is shown at a time");
        must(config.contains(row.key) == !draft.value(field).isEmpty(), "what is typed is sent");
        if (config.contains(row.key)) {
            ++sent;
            checkValue(row, draft.value(field), config[row.key]);
        }
    }
    must(sent == config.size(), "what is not shown is not sent");
    return body;
}

/// The sandbox reads keys and certificates, which the program and the API's schema take as they are.
bool isAboutContent(const BodyProblem &problem)
{
    static const QStringList fields{u"gcpConfig.keyJson"_s, u"snowflakeConfig.privateKey"_s,
                                    u"certificateKeyPairConfig.certificate"_s};
    return fields.contains(problem.field);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const CredentialDraft draft = draftOf(bytesOf(data, size));
    const std::vector<DraftProblem> problems = checkProblems(draft);
    const bool isOfSchema = std::ranges::any_of(problems, [](const DraftProblem &problem) {
        return problem.severity == DraftProblem::Severity::Problem && !isBeyondSchema(problem);
    });
    const QJsonObject body = checkBody(draft);

    if (!draft.valueOf("generatePrivateKey"_L1).isEmpty())
        return 0; // the sandbox would make a key, which takes a tenth of a second
    if (LosantJson::writePost(draft).contains("\"\xEF\xBB\xBF"))
        return 0; // and its parser, Qt's, drops a byte order mark
    const CheckedBody checked = checkPost(body);
    must(isOfSchema || std::ranges::all_of(checked.problems, isAboutContent), "what is not blocked is taken");
    must(!isOfSchema || !checked.problems.empty(),
         "what is taken is not blocked, but for what everybody could read");
    return 0;
}

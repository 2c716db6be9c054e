// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/schemacheck.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QStringList>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <map>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

using valijson::adapters::QtJsonAdapter;

QDir schemaFolder()
{
    return QDir(QStringLiteral(CREDENZA_SCHEMAS));
}

std::optional<QJsonValue> jsonValue(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (document.isObject())
        return document.object();
    if (document.isArray())
        return document.array();
    return std::nullopt;
}

/// Reads each schema once; nullptr if there is none of this name.
const valijson::Schema *schema(const QString &name)
{
    static std::map<QString, std::unique_ptr<valijson::Schema>> schemas;
    if (const auto known = schemas.find(name); known != schemas.end())
        return known->second.get();

    QFile file(schemaFolder().filePath(name + ".json"_L1));
    if (!file.open(QFile::ReadOnly))
        return nullptr;
    const auto text = jsonValue(file.readAll());
    if (!text)
        return nullptr;
    auto read = std::make_unique<valijson::Schema>();
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(QtJsonAdapter(*text), *read);
    return schemas.emplace(name, std::move(read)).first->second.get();
}

} // namespace

bool haveSchemas()
{
    return !QStringLiteral(CREDENZA_SCHEMAS).isEmpty() && schemaFolder().exists(u"credential.json"_s);
}

QString schemaProblem(const QString &schemaName, const QByteArray &json)
{
    const valijson::Schema *wanted = schema(schemaName);
    if (!wanted)
        return "there is no schema "_L1 + schemaName;
    const auto value = jsonValue(json);
    if (!value)
        return u"this is no JSON object or list"_s;

    valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    if (validator.validate(*wanted, QtJsonAdapter(*value), &results))
        return {};
    QStringList problems;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
        QString path;
        for (const std::string &part : error.context)
            path += QString::fromStdString(part);
        problems.append(path + ": "_L1 + QString::fromStdString(error.description));
    }
    return problems.isEmpty() ? u"invalid"_s : problems.join(u'\n');
}

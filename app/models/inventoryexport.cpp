// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inventoryexport.h"

#include "models/datetext.h"
#include "models/inventorycolumns.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t rowsBetweenProgress = 500;

/// A spreadsheet runs what begins with one of these, also behind a tab or a line break.
bool isFormula(const QString &text)
{
    return !text.isEmpty() && QStringView(u"=+-@\t\r\n").contains(text.front());
}

QByteArray csvField(const QString &text)
{
    QByteArray field = (isFormula(text) ? u'\'' + text : text).toUtf8();
    if (std::ranges::none_of(field, [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; }))
        return field;
    return '"' + field.replace("\"", "\"\"") + '"';
}

QString isoDate(qint64 milliseconds)
{
    return milliseconds == InventoryRow::noDate ? QString() : isoDateText(milliseconds);
}

} // namespace

std::optional<InventoryExport::Format> InventoryExport::formatOf(const QString &fileName)
{
    if (fileName.endsWith(".csv"_L1, Qt::CaseInsensitive))
        return Format::Csv;
    if (fileName.endsWith(".json"_L1, Qt::CaseInsensitive))
        return Format::Json;
    return std::nullopt;
}

InventoryExport::Result InventoryExport::write(const QString &fileName, Format format,
                                               const Progress &progress) const
{
    const bool isCsv = format == Format::Csv;
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly))
        return {.outcome = Outcome::Failed, .error = file.errorString()};
    file.write(isCsv ? csvTitles()
                     : "{\"format\":\"credenza.credentials\",\"version\":1,\"credentials\":["_ba);
    for (std::size_t i = 0; i < rows.size() && file.error() == QFileDevice::NoError; ++i) {
        if (i % rowsBetweenProgress == 0 && !progress(i)) {
            file.cancelWriting();
            return {.outcome = Outcome::Stopped};
        }
        if (isCsv)
            file.write(csvLine(rows[i]));
        else
            file.write((i == 0 ? "\n"_ba : ",\n"_ba) + jsonObject(rows[i]));
    }
    if (!isCsv)
        file.write("\n]}\n");
    if (!file.commit())
        return {.outcome = Outcome::Failed, .error = file.errorString()};
    return {};
}

QByteArray InventoryExport::csvTitles() const
{
    QByteArray line;
    for (const int column : columns)
        line += (line.isEmpty() ? ""_ba : ","_ba) + csvField(InventoryColumns::title(column));
    return line + "\r\n";
}

QByteArray InventoryExport::csvLine(const Row &row) const
{
    QByteArray line;
    bool isFirst = true;
    for (const int column : columns) {
        if (!std::exchange(isFirst, false))
            line += ',';
        line +=
            csvField(InventoryColumns::copyText(row.row, applications.at(row.application), column, account));
    }
    return line + "\r\n";
}

QByteArray InventoryExport::jsonObject(const Row &row) const
{
    const Application &application = applications.at(row.application);
    const InventoryRow &credential = row.row;
    QJsonObject object;
    const auto add = [&object](QLatin1StringView key, const QString &text) {
        if (!text.isEmpty())
            object.insert(key, text);
    };
    add("applicationId"_L1, application.id);
    add("application"_L1, application.name);
    add("owner"_L1, ownerName(application));
    add("id"_L1, credential.id());
    add("name"_L1, credential.name());
    add("type"_L1, credential.type());
    if (credential.status != InventoryRow::Status::Unknown)
        object.insert("enabled"_L1, credential.status == InventoryRow::Status::Enabled);
    add("creationDate"_L1, isoDate(credential.creationDate));
    add("lastUpdated"_L1, isoDate(credential.lastUpdated));
    add("expires"_L1, isoDate(credential.expiryDate));
    add("key"_L1, credential.key());
    add("description"_L1, credential.description());
    add("createdById"_L1, credential.createdBy().id);
    add("createdByType"_L1, credential.createdBy().type);
    add("lastUpdatedById"_L1, credential.lastUpdatedBy().id);
    add("lastUpdatedByType"_L1, credential.lastUpdatedBy().type);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

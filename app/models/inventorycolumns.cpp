// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inventorycolumns.h"

#include "domain/credential.h"
#include "domain/showntext.h"
#include "models/credentialcolumns.h"
#include "models/datetext.h"
#include "models/expiry.h"

#include <QDateTime>

#include <optional>

using namespace Qt::StringLiterals;

namespace {

const QString gap = u"—"_s;

QString orGap(const QString &text)
{
    return text.isEmpty() ? gap : text;
}

/// The column of CredentialColumns that says the same, if there is one.
std::optional<CredentialColumns::Column> commonColumn(int column)
{
    switch (column) {
    case InventoryColumns::Name:
        return CredentialColumns::Name;
    case InventoryColumns::Type:
        return CredentialColumns::Type;
    case InventoryColumns::Status:
        return CredentialColumns::Status;
    case InventoryColumns::Created:
        return CredentialColumns::Created;
    case InventoryColumns::LastUpdated:
        return CredentialColumns::LastUpdated;
    case InventoryColumns::Description:
        return CredentialColumns::Description;
    case InventoryColumns::CreatedBy:
        return CredentialColumns::CreatedBy;
    case InventoryColumns::LastUpdatedBy:
        return CredentialColumns::LastUpdatedBy;
    case InventoryColumns::Id:
        return CredentialColumns::Id;
    default:
        return std::nullopt;
    }
}

std::optional<qint64> date(qint64 milliseconds)
{
    return milliseconds == InventoryRow::noDate ? std::nullopt : std::optional(milliseconds);
}

/// What the column needs of the row, and nothing else: a cell is painted in no time.
Credential cellOf(const InventoryRow &row, CredentialColumns::Column column)
{
    Credential cell;
    switch (column) {
    case CredentialColumns::Name:
        cell.name = row.name();
        break;
    case CredentialColumns::Type:
        cell.type = row.type();
        break;
    case CredentialColumns::Status:
        if (row.status != InventoryRow::Status::Unknown)
            cell.enabled = row.status == InventoryRow::Status::Enabled;
        break;
    case CredentialColumns::Created:
        cell.creationDate = date(row.creationDate);
        break;
    case CredentialColumns::LastUpdated:
        cell.lastUpdated = date(row.lastUpdated);
        break;
    case CredentialColumns::Description:
        cell.description = row.description();
        break;
    case CredentialColumns::CreatedBy:
        cell.createdById = row.createdBy().id;
        cell.createdByType = row.createdBy().type;
        break;
    case CredentialColumns::LastUpdatedBy:
        cell.lastUpdatedById = row.lastUpdatedBy().id;
        cell.lastUpdatedByType = row.lastUpdatedBy().type;
        break;
    case CredentialColumns::Id:
        cell.id = row.id();
        break;
    case CredentialColumns::Count:
        break;
    }
    return cell;
}

/// Of what is too long to be shown, the ends: public keys often begin with the same characters, and RSA keys
/// end with the same six.
QString shortened(const QString &key)
{
    constexpr qsizetype head = 3, tail = 10, most = 64;
    return key.size() <= most ? key : key.first(head) + u'…' + key.last(tail);
}

} // namespace

QString InventoryColumns::title(int column)
{
    if (const auto common = commonColumn(column))
        return CredentialColumns::title(*common);
    switch (column) {
    case ApplicationName:
        return tr("Application");
    case Expires:
        return tr("Expires");
    case Key:
        return tr("Key");
    case Owner:
        return tr("Owner");
    case ApplicationId:
        return tr("Application ID");
    default:
        return {};
    }
}

QString InventoryColumns::text(const InventoryRow &row, const Application &application, int column,
                               const Account &account)
{
    if (const auto common = commonColumn(column))
        return CredentialColumns::text(cellOf(row, *common), *common, account);
    switch (column) {
    case ApplicationName:
        return orGap(applicationName(application));
    case Expires:
        return row.expiryDate == InventoryRow::noDate
                   ? gap
                   : relativeExpiryText(row.expiryDate, QDateTime::currentMSecsSinceEpoch());
    case Key:
        return orGap(shortened(row.key()));
    case Owner:
        return orGap(ownerName(application));
    case ApplicationId:
        return orGap(application.id);
    default:
        return {};
    }
}

QString InventoryColumns::exactText(const InventoryRow &row, const Application &application, int column,
                                    const Account &account)
{
    if (const auto common = commonColumn(column))
        return CredentialColumns::exactText(cellOf(row, *common), *common, account);
    if (column == Expires && row.expiryDate != InventoryRow::noDate) {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        return expiryText(expiryOf(row.expiryDate, now), now);
    }
    if (column == Key)
        return orGap(row.key());
    return text(row, application, column, account);
}

QString InventoryColumns::copyText(const InventoryRow &row, const Application &application, int column,
                                   const Account &account)
{
    if (const auto common = commonColumn(column))
        return CredentialColumns::copyText(cellOf(row, *common), *common, account);
    const QVariant raw = value(row, application, column);
    if (column == Expires && raw.isValid())
        return isoDateText(raw.toLongLong());
    return raw.toString();
}

QVariant InventoryColumns::value(const InventoryRow &row, const Application &application, int column)
{
    if (const auto common = commonColumn(column))
        return CredentialColumns::value(cellOf(row, *common), *common);
    switch (column) {
    case ApplicationName:
        return application.name;
    case Expires:
        return row.expiryDate == InventoryRow::noDate ? QVariant() : row.expiryDate;
    case Key:
        return row.key();
    case Owner:
        return ownerName(application);
    case ApplicationId:
        return application.id;
    default:
        return {};
    }
}

QString InventoryColumns::applicationName(const Application &application)
{
    return application.name.isEmpty() ? application.id : application.name;
}

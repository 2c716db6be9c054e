// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/credentialcolumns.h"

#include "domain/credentialtypes.h"
#include "domain/showntext.h"
#include "models/datetext.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace {

const QString gap = u"—"_s;

QString orGap(const QString &text)
{
    return text.isEmpty() ? gap : text;
}

QString dateText(std::optional<qint64> date)
{
    return date ? relativeDateText(*date, QDateTime::currentMSecsSinceEpoch()) : gap;
}

} // namespace

QString CredentialColumns::title(int column)
{
    switch (column) {
    case Name:
        return tr("Name");
    case Type:
        return tr("Type");
    case Status:
        return tr("Status");
    case Created:
        return tr("Created");
    case LastUpdated:
        return tr("Last updated");
    case Description:
        return tr("Description");
    case CreatedBy:
        return tr("Created by");
    case Id:
        return tr("ID");
    case LastUpdatedBy:
        return tr("Last updated by");
    default:
        return {};
    }
}

QString CredentialColumns::text(const Credential &credential, int column, const Account &account)
{
    switch (column) {
    case Name:
        return orGap(credential.name);
    case Type:
        return orGap(credentialTypeName(credential.type));
    case Status:
        return !credential.enabled ? gap : *credential.enabled ? tr("Enabled") : tr("Disabled");
    case Created:
        return dateText(credential.creationDate);
    case LastUpdated:
        return dateText(credential.lastUpdated);
    case Description:
        return credential.description;
    case CreatedBy:
        return creatorText(credential, account);
    case Id:
        return orGap(credential.id);
    case LastUpdatedBy:
        return updaterText(credential, account);
    default:
        return {};
    }
}

QString CredentialColumns::exactText(const Credential &credential, int column, const Account &account)
{
    if (column == Created && credential.creationDate)
        return exactDateText(*credential.creationDate);
    if (column == LastUpdated && credential.lastUpdated)
        return exactDateText(*credential.lastUpdated);
    return text(credential, column, account);
}

QVariant CredentialColumns::value(const Credential &credential, int column)
{
    const auto orNothing = [](const auto &value) { return value ? QVariant::fromValue(*value) : QVariant(); };
    switch (column) {
    case Name:
        return credential.name;
    case Type:
        return credential.type;
    case Status:
        return orNothing(credential.enabled);
    case Created:
        return orNothing(credential.creationDate);
    case LastUpdated:
        return orNothing(credential.lastUpdated);
    case Description:
        return credential.description;
    case CreatedBy:
        return credential.createdById;
    case Id:
        return credential.id;
    case LastUpdatedBy:
        return credential.lastUpdatedById;
    default:
        return {};
    }
}

QString CredentialColumns::copyText(const Credential &credential, int column, const Account &account)
{
    const QVariant raw = value(credential, column);
    if (!raw.isValid() || raw.toString().isEmpty())
        return {};
    if (column == Created || column == LastUpdated)
        return isoDateText(raw.toLongLong());
    return text(credential, column, account);
}

QString CredentialColumns::creatorText(const Credential &credential, const Account &account)
{
    return authorText(credential.createdById, credential.createdByType, account);
}

QString CredentialColumns::updaterText(const Credential &credential, const Account &account)
{
    return authorText(credential.lastUpdatedById, credential.lastUpdatedByType, account);
}

QString CredentialColumns::authorText(const QString &id, const QString &type, const Account &account)
{
    if (id.isEmpty())
        return gap;
    if (type == "user"_L1 && id == account.id)
        return tr("you");
    QString kind = type;
    if (kind == "user"_L1)
        kind = tr("User");
    else if (kind == "flow"_L1)
        kind = tr("Workflow");
    else if (kind == "apiToken"_L1)
        kind = tr("API token");
    return kind.isEmpty() ? id : quoted(kind, 80) + u' ' + quoted(id, 80);
}

std::optional<PageQuery::SortField> CredentialColumns::sortField(int column)
{
    switch (column) {
    case Name:
        return PageQuery::SortField::Name;
    case Type:
        return PageQuery::SortField::Type;
    case Created:
        return PageQuery::SortField::CreationDate;
    case LastUpdated:
        return PageQuery::SortField::LastUpdated;
    default:
        return std::nullopt;
    }
}

CredentialColumns::Column CredentialColumns::columnOf(PageQuery::SortField field)
{
    switch (field) {
    case PageQuery::SortField::Name:
        return Name;
    case PageQuery::SortField::Type:
        return Type;
    case PageQuery::SortField::CreationDate:
        return Created;
    case PageQuery::SortField::LastUpdated:
        return LastUpdated;
    }
    Q_UNREACHABLE();
}

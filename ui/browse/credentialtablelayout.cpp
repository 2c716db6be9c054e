// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialtablelayout.h"

#include "models/credentialcolumns.h"
#include "models/inventorycolumns.h"
#include "services/settingskeys.h"

#include <QCoreApplication>

namespace {

constexpr int nameCharacters = 18;
constexpr int typeCharacters = 24;
constexpr int statusCharacters = 12;
constexpr int otherCharacters = 14;
constexpr int idCharacters = 30;
constexpr int descriptionCharacters = 40;

} // namespace

CredentialTableLayout CredentialTableLayout::ofOneApplication()
{
    CredentialTableLayout layout{.name = QCoreApplication::translate("CredentialTableLayout", "Credentials"),
                                 .usualCharacters =
                                     std::vector<int>(CredentialColumns::Count, otherCharacters),
                                 .shownColumns = CredentialColumns::LastUpdated + 1,
                                 .stateKey = SettingsKeys::columns,
                                 .countKey = SettingsKeys::columnCount,
                                 .unsavedCount = CredentialColumns::LastUpdatedBy};
    std::vector<int> &characters = layout.usualCharacters;
    characters[CredentialColumns::Name] = nameCharacters;
    characters[CredentialColumns::Type] = typeCharacters;
    characters[CredentialColumns::Status] = statusCharacters;
    characters[CredentialColumns::Description] = descriptionCharacters;
    characters[CredentialColumns::CreatedBy] = idCharacters;
    characters[CredentialColumns::LastUpdatedBy] = idCharacters;
    characters[CredentialColumns::Id] = idCharacters;
    return layout;
}

CredentialTableLayout CredentialTableLayout::ofAllApplications()
{
    using Columns = InventoryColumns;
    CredentialTableLayout layout{.name =
                                     QCoreApplication::translate("CredentialTableLayout", "All credentials"),
                                 .usualCharacters = std::vector<int>(Columns::ColumnCount, otherCharacters),
                                 .shownColumns = Columns::Key + 1,
                                 .otherWideColumn = Columns::ApplicationName,
                                 .stateKey = SettingsKeys::allColumns,
                                 .countKey = SettingsKeys::allColumnCount,
                                 .unsavedCount = Columns::ColumnCount};
    std::vector<int> &characters = layout.usualCharacters;
    characters[Columns::Name] = 16; // all that show at first have room in an ordinary window
    characters[Columns::Type] = 21;
    characters[Columns::Status] = 11;
    characters[Columns::Created] = 12;
    characters[Columns::LastUpdated] = 12;
    characters[Columns::Key] = 17;
    characters[Columns::Owner] = nameCharacters;
    characters[Columns::Description] = descriptionCharacters;
    characters[Columns::CreatedBy] = idCharacters;
    characters[Columns::LastUpdatedBy] = idCharacters;
    characters[Columns::Id] = idCharacters;
    characters[Columns::ApplicationId] = idCharacters;
    return layout;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

/// Where each setting stands in the file of settings. Files of former versions are read too: a key keeps its
/// name.
namespace SettingsKeys {

inline constexpr QLatin1StringView version("version"); ///< of the program that has written the file last

inline constexpr QLatin1StringView windowGeometry("window/geometry");
inline constexpr QLatin1StringView windowSplitter("window/splitter");
inline constexpr QLatin1StringView sidebarShown("window/sidebar");

inline constexpr QLatin1StringView sortField("browser/sortField");
inline constexpr QLatin1StringView sortOrder("browser/sortOrder");
inline constexpr QLatin1StringView pageSize("browser/pageSize");
inline constexpr QLatin1StringView columns("browser/columns");
inline constexpr QLatin1StringView
    columnCount("browser/columnCount"); ///< there were when `columns` was saved
inline constexpr QLatin1StringView detailsShown("browser/details");
inline constexpr QLatin1StringView detailsSplitter("browser/splitter");
/// A group: a key a server, with the ID of an application, or ApplicationTreeModel::allApplications.
inline constexpr QLatin1StringView lastApplications("lastApplication");

inline constexpr QLatin1StringView allColumns("allApplications/columns");
inline constexpr QLatin1StringView
    allColumnCount("allApplications/columnCount"); ///< there were when `allColumns` was saved
inline constexpr QLatin1StringView allSortColumn("allApplications/sortColumn");
inline constexpr QLatin1StringView allSortOrder("allApplications/sortOrder");
inline constexpr QLatin1StringView allDetailsSplitter("allApplications/splitter");
inline constexpr QLatin1StringView exportFolder("allApplications/exportFolder"); ///< of the last file

inline constexpr QLatin1StringView credentialDialogSize("createDialog/size");
inline constexpr QLatin1StringView editDialogSize("editDialog/size");
inline constexpr QLatin1StringView rotateDialogSize("rotateDialog/size");

/// A group: a key for each profile that was removed, by its id, as long as a keychain may hold its token.
inline constexpr QLatin1StringView removedProfiles("removedProfiles");
inline constexpr QLatin1StringView profiles("profiles"); ///< a group: a group a profile, by its id

/// In a profile's group.
namespace Profile {

inline constexpr QLatin1StringView server("server");
inline constexpr QLatin1StringView name("name");
inline constexpr QLatin1StringView account("account");
inline constexpr QLatin1StringView losantDomain("losantDomain");
inline constexpr QLatin1StringView authorityFile("authorityFile");
inline constexpr QLatin1StringView proxyKind("proxyKind");
inline constexpr QLatin1StringView proxyHost("proxyHost");
inline constexpr QLatin1StringView proxyPort("proxyPort");
inline constexpr QLatin1StringView proxyUser("proxyUser");
inline constexpr QLatin1StringView isProduction("isProduction");
inline constexpr QLatin1StringView isReadOnly("isReadOnly");
inline constexpr QLatin1StringView used("used"); ///< when it was last, in milliseconds since 1970
inline constexpr QLatin1StringView signedOut("signedOut");
inline constexpr QLatin1StringView signOutMark("signOutMark");

} // namespace Profile

} // namespace SettingsKeys

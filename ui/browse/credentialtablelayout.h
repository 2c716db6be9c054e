// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QString>

#include <vector>

/// What a table of credentials has besides its rows.
struct CredentialTableLayout
{
    QString name; ///< what a screen reader calls it
    /// By column: how many characters as wide as a digit it usually holds. The first, which is the name, gets
    /// what is left, but not less, or half of it where another is as long.
    std::vector<int> usualCharacters;
    int shownColumns = 0;       ///< so many show at first, those at the start
    int otherWideColumn = 0;    ///< gets the other half, if it is not the first
    QLatin1StringView stateKey; ///< where it is kept how somebody wants the columns
    QLatin1StringView countKey; ///< and how many there were then
    int unsavedCount = 0;       ///< if that is not kept

    static CredentialTableLayout ofOneApplication();
    static CredentialTableLayout ofAllApplications();
};

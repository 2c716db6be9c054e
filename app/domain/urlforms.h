// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftfields.h"

#include <optional>

/// What is odd about hosts and URLs: part of domain/valueforms.
namespace UrlForms {

std::optional<DraftFinding> host(const CredentialDraft &draft, int field, const QString &value);
std::optional<DraftFinding> snowflakeHost(const CredentialDraft &draft, int field, const QString &value);
std::optional<DraftFinding> datadogSite(int field, const QString &value);
std::optional<DraftFinding> webAddress(int field, const QString &value);
std::optional<DraftFinding> cloneUrl(const CredentialDraft &draft, int field, const QString &value);
std::optional<DraftFinding> mongodbUri(int field, const QString &value);

} // namespace UrlForms

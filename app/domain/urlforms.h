// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/draftfields.h"

#include <optional>

/// What is odd about hosts and URLs: part of domain/valueforms.
namespace UrlForms {

std::optional<DraftFinding> host(const CredentialDraft &draft, FieldId field, const QString &value);
std::optional<DraftFinding> snowflakeHost(const CredentialDraft &draft, FieldId field, const QString &value);
std::optional<DraftFinding> datadogSite(FieldId field, const QString &value);
std::optional<DraftFinding> webAddress(FieldId field, const QString &value);
std::optional<DraftFinding> cloneUrl(bool wantsSsh, FieldId field, const QString &value);
std::optional<DraftFinding> mongodbUri(FieldId field, const QString &value);

} // namespace UrlForms

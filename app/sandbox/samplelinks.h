// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sandboxrecords.h"

/// What uses the sample credentials, as the platform answers: whole resources, with nodes and settings of
/// other services in them.
///
/// Workflows and integrations refer to a credential by its name: one that was renamed is used by nothing. Of
/// the samples of an application the first is used by twelve workflows, the ninth by more than one answer
/// lists, the second by nothing; of the rest some by one or two.
namespace SampleLinks {

/// The answer of `linkedResources`: the integrations, workflows and workflow versions that use a credential.
QJsonObject linkedResources(const SandboxCredential &credential, const QByteArray &applicationId);

/// An application's `archiveConfig`, which names credentials that `linkedResources` does not know of. Empty
/// for one that archives nothing.
QJsonObject archiveConfig(const SandboxApplication &application);

} // namespace SampleLinks

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sandboxrecords.h"

#include <QByteArrayView>

#include <span>

/// A person in an organization.
struct SampleMember
{
    QLatin1StringView userId;
    const char *firstName;
    const char *lastName;
    QLatin1StringView email;
    QLatin1StringView role;
};

/// An organization that owns sample applications.
struct SampleOrganization
{
    QLatin1StringView id;
    const char *name;
    std::span<const SampleMember> members;
};

/// Somebody else who makes and changes sample credentials.
inline constexpr QLatin1StringView sampleColleague("5e8f1a2b3c4d5e6f7a8b9c11");
/// The same, who has left the second organization.
inline constexpr QLatin1StringView sampleFormerColleague("5e8f1a2b3c4d5e6f7a8b9c12");

std::span<const SampleOrganization> sampleOrganizations();

/// By an id in any case; nullptr if there is none.
const SampleOrganization *findSampleOrganization(QByteArrayView id);

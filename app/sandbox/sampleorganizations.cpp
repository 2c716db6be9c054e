// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sampleorganizations.h"

#include <algorithm>

namespace {

constexpr SampleMember ada = {sandboxUser.id, "Ada", "Example", QLatin1StringView("ada@example.com"),
                              QLatin1StringView("admin")};
constexpr SampleMember colleague = {sampleColleague, "Chidi", "Sample",
                                    QLatin1StringView("chidi@example.com"), QLatin1StringView("edit")};
constexpr SampleMember formerColleague = {sampleFormerColleague, "Zofia", "Wiśniewska",
                                          QLatin1StringView("zofia@example.com"), QLatin1StringView("edit")};

constexpr SampleMember acmeMembers[] = {ada, colleague, formerColleague};
constexpr SampleMember borealisMembers[] = {ada, colleague};

constexpr SampleOrganization organizations[] = {
    {QLatin1StringView("5b21c0de7f3a9e0012ac3e01"), "Acme Corp", acmeMembers},
    {QLatin1StringView("5c84d1ef902b7a0034be5f02"), "Borealis Energy", borealisMembers},
};

} // namespace

std::span<const SampleOrganization> sampleOrganizations()
{
    return organizations;
}

const SampleOrganization *findSampleOrganization(QByteArrayView id)
{
    const auto found = std::ranges::find_if(organizations, [id](const SampleOrganization &organization) {
        return QLatin1StringView(id).compare(organization.id, Qt::CaseInsensitive) == 0;
    });
    return found == std::end(organizations) ? nullptr : found;
}

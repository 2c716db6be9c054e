// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/jsonanswer.h"
#include "api/jsontext.h"
#include "api/losantjson.h"
#include "domain/textbounds.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

using namespace std::string_view_literals;
namespace ondemand = simdjson::ondemand;

namespace {

using Kind = LinkedResource::Kind;

constexpr int64_t maxTotalCount = 1'000'000'000;

QString readListed(ondemand::value value)
{
    return firstCharacters(readText(value), maxListedCharacters);
}

/// Of a resource no more is read than says what it is: the rest may hold secrets of other services.
LinkedResource readResource(ondemand::object object, Kind kind)
{
    LinkedResource resource{.kind = kind};
    for (ondemand::field field : object) {
        const std::string_view key = keyOf(field);
        ondemand::value value = field.value();
        if (key == "id"sv) {
            resource.id = readId(value);
        } else if (key == "name"sv) {
            resource.name = readListed(value);
        } else if (key == "version"sv && kind == Kind::WorkflowVersion) {
            resource.version = readListed(value);
        } else if (key == "flowId"sv && kind == Kind::WorkflowVersion) {
            resource.workflowId = readId(value);
        } else if (key == (kind == Kind::Integration ? "integrationType"sv : "flowClass"sv)) {
            resource.category = readListed(value);
        } else if (key == "enabled"sv) {
            bool enabled = false;
            if (!value.get_bool().get(enabled))
                resource.enabled = enabled;
        }
    }
    return resource;
}

/// One of the answer's collections.
struct Collection
{
    std::string_view key;
    Kind kind = Kind::Workflow;
    std::vector<LinkedResource> items = {};
    bool isThere = false;
    bool isComplete = false;
    std::optional<int64_t> totalCount = {};
};

void readCollection(ondemand::object object, Collection &collection)
{
    int64_t count = 0;
    int64_t totalCount = -1;
    collection.items.clear();
    collection.isThere = true;
    for (ondemand::field field : object) {
        const std::string_view key = keyOf(field);
        ondemand::value value = field.value();
        ondemand::array items;
        if (key == "items"sv && !value.get_array().get(items)) {
            for (ondemand::value item : items) {
                ++count;
                ondemand::object resource;
                if (!item.get_object().get(resource))
                    collection.items.push_back(readResource(resource, collection.kind));
            }
        } else if (key == "totalCount"sv && value.get_int64().get(totalCount)) {
            totalCount = -1;
        }
    }
    collection.totalCount = totalCount >= 0 ? std::optional(totalCount) : std::nullopt;
    collection.isComplete =
        totalCount >= 0 && totalCount <= count && int64_t(collection.items.size()) == count;
}

/// Of the archive's settings no more is read than whose credential they name: the rest may hold secrets.
ArchiveSettings readArchive(ondemand::object object)
{
    ArchiveSettings archive;
    for (ondemand::field field : object) {
        const std::string_view key = keyOf(field);
        ondemand::value value = field.value();
        ondemand::object options;
        ondemand::value name;
        if (key == "credentialName"sv) {
            archive.credentialName = readText(value);
        } else if (key == "applicationExportOptions"sv && !value.get_object().get(options) &&
                   !options["credentialName"].get(name)) {
            archive.exportCredentialName = readText(name);
        }
    }
    return archive;
}

} // namespace

Result<LinkedResources> LosantJson::readLinkedResources(const ApiAnswer &answer)
{
    return readRoot<LinkedResources>(answer, [](ondemand::object root) {
        std::array collections{Collection{.key = "flows"sv, .kind = Kind::Workflow},
                               Collection{.key = "flowVersions"sv, .kind = Kind::WorkflowVersion},
                               Collection{.key = "integrations"sv, .kind = Kind::Integration}};
        for (ondemand::field field : root) {
            const std::string_view key = keyOf(field);
            ondemand::value value = field.value();
            for (Collection &collection : collections) {
                ondemand::object object;
                if (collection.key == key && !value.get_object().get(object))
                    readCollection(object, collection);
            }
        }
        LinkedResources linked{.isComplete = true};
        std::optional<int64_t> totalCount = 0;
        bool isAnyThere = false;
        for (Collection &collection : collections) {
            isAnyThere |= collection.isThere;
            linked.isComplete &= collection.isComplete;
            totalCount =
                totalCount && collection.totalCount
                    ? std::optional(std::min(*totalCount + std::min(*collection.totalCount, maxTotalCount),
                                             maxTotalCount))
                    : std::nullopt;
            std::ranges::move(collection.items, std::back_inserter(linked.items));
        }
        if (totalCount)
            linked.totalCount = int(*totalCount);
        return isAnyThere ? std::optional(std::move(linked)) : std::nullopt;
    });
}

Result<ArchiveSettings> LosantJson::readArchiveSettings(const ApiAnswer &answer)
{
    return readRoot<ArchiveSettings>(answer, [](ondemand::object root) {
        std::optional<ArchiveSettings> archive;
        bool isApplication = false;
        for (ondemand::field field : root) {
            const std::string_view key = keyOf(field);
            ondemand::value value = field.value();
            ondemand::object object;
            if (key == "id"sv)
                isApplication = !readId(value).isEmpty();
            else if (key == "archiveConfig"sv && !value.get_object().get(object))
                archive = readArchive(object);
        }
        return isApplication ? std::optional(archive.value_or(ArchiveSettings())) : std::nullopt;
    });
}

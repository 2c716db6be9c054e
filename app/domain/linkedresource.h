// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

/// Something that uses a credential. Any part may be missing.
struct LinkedResource
{
    enum class Kind {
        Workflow,
        WorkflowVersion,
        Integration,
        DataArchive,       ///< of the application: where it keeps its data; has neither id nor name
        ApplicationExport, ///< of the application, with its archive; has neither id nor name
    };

    Kind kind = Kind::Workflow;
    QString id;
    QString name;       ///< of a version only an experience's has one
    QString version;    ///< WorkflowVersion; none if it has a name
    QString workflowId; ///< WorkflowVersion: of which workflow it is one
    QString category;   ///< raw: a workflow's class, such as `edge`, an integration's type, such as `mqtt`
    std::optional<bool> enabled;

    bool operator==(const LinkedResource &) const = default;
};

/// What uses a credential, as far as the server looks.
struct LinkedResources
{
    std::vector<LinkedResource> items; ///< workflows, their versions, integrations
    bool isComplete = false;           ///< the server has listed all that it counts
    std::optional<int> totalCount;     ///< that the server counts; nothing if it does not say
};

/// The credentials that an application's archive uses, by name. Empty: none.
struct ArchiveSettings
{
    QString credentialName;       ///< for the data
    QString exportCredentialName; ///< for the exports of the application
};

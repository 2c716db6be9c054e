// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/usagemessages.h"

#include "domain/showntext.h"
#include "errortext.h"

#include <QLocale>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;
using Kind = LinkedResource::Kind;

namespace {

constexpr qsizetype maxName = 120;
constexpr qsizetype maxDetail = 60;

bool isRefused(const std::optional<ApiError> &error)
{
    return error && error->kind == ApiError::Kind::Forbidden;
}

bool hasFailed(const std::optional<ApiError> &error)
{
    return error && !isRefused(error);
}

} // namespace

std::vector<UsageMessages::Item> UsageMessages::items() const
{
    std::vector<Item> items;
    const auto listed = std::span(m_usage.items).first(std::min(maxItems, m_usage.items.size()));
    for (const LinkedResource &resource : listed)
        items.push_back({resource.kind, nameOf(resource), detailsOf(resource)});
    std::ranges::stable_sort(items, [](const Item &a, const Item &b) {
        const int order = QString::localeAwareCompare(a.name, b.name);
        return a.kind != b.kind ? a.kind < b.kind : order < 0;
    });
    return items;
}

QString UsageMessages::status() const
{
    QStringList lines;
    if (const QString found = foundText(); !found.isEmpty())
        lines += found;
    if (m_usage.items.size() > maxItems)
        lines += tr("The list shows the first %1.").arg(QLocale().toString(int(maxItems)));
    if (!m_usage.linksError && !m_usage.isComplete)
        lines += incompleteText();
    if (hasFailed(m_usage.linksError))
        lines +=
            tr("Workflows and integrations could not be looked at. %1").arg(errorText(*m_usage.linksError));
    else if (isRefused(m_usage.linksError))
        lines += tr("Workflows and integrations could not be looked at: the API token lacks the scope "
                    "credential.linkedResources. Sign in with one that has it.");
    if (hasFailed(m_usage.archiveError)) {
        const bool isSaid =
            hasFailed(m_usage.linksError) && m_usage.linksError->kind == m_usage.archiveError->kind;
        lines += isSaid ? tr("Nor could the application's archive.")
                        : tr("The application's archive could not be looked at. %1")
                              .arg(errorText(*m_usage.archiveError));
    } else if (isRefused(m_usage.archiveError)) {
        lines += tr("The application's archive could not be looked at: the API token lacks the scope "
                    "application.get. Sign in with one that has it.");
    }
    if (!m_usage.linksError)
        lines += tr("A name that a template makes does not show here.");
    return lines.join(u'\n');
}

bool UsageMessages::offersRetry() const
{
    return hasFailed(m_usage.linksError) || hasFailed(m_usage.archiveError);
}

QString UsageMessages::stoppedText()
{
    return tr("Stopped. It is not known where it is used.");
}

QString UsageMessages::loadingText()
{
    return tr("Looking where it is used…");
}

QString UsageMessages::unknownText()
{
    return tr("Where it is used can't be found out: the server gave no ID of it.");
}

QString UsageMessages::foundText() const
{
    const auto count = [this](Kind kind) {
        return int(std::ranges::count(m_usage.items, kind, &LinkedResource::kind));
    };
    QStringList found;
    if (const int workflows = count(Kind::Workflow))
        found += tr("%n workflow(s)", nullptr, workflows);
    if (const int versions = count(Kind::WorkflowVersion))
        found += tr("%n version(s) of workflows", nullptr, versions);
    if (const int integrations = count(Kind::Integration))
        found += tr("%n integration(s)", nullptr, integrations);
    if (count(Kind::DataArchive) + count(Kind::ApplicationExport) > 0)
        found += tr("the application's archive");
    if (!found.isEmpty())
        return tr("Used by %1.").arg(found.join(", "_L1));
    if (m_usage.linksError)
        return {};
    return m_usage.isUnused() ? tr("Nothing was found that refers to it. It may be used all the same.")
                              : tr("No workflow or integration was found that refers to it.");
}

QString UsageMessages::incompleteText() const
{
    if (!m_usage.totalCount || !m_usage.listedCount || *m_usage.totalCount <= *m_usage.listedCount)
        return tr("The server may not have listed all of them.");
    const QLocale locale;
    return tr("The server lists only %1 of %2.")
        .arg(locale.toString(*m_usage.listedCount), locale.toString(*m_usage.totalCount));
}

/// A version has the name of its workflow, if that is listed as well.
QString UsageMessages::nameOf(const LinkedResource &resource) const
{
    if (resource.kind == Kind::DataArchive || resource.kind == Kind::ApplicationExport)
        return tr("Application archive");
    QString name = resource.name;
    if (name.isEmpty() && resource.kind == Kind::WorkflowVersion && !resource.workflowId.isEmpty()) {
        const auto workflow = std::ranges::find_if(m_usage.items, [&](const LinkedResource &other) {
            return other.kind == Kind::Workflow && other.id == resource.workflowId;
        });
        if (workflow != m_usage.items.end())
            name = workflow->name;
    }
    if (name.isEmpty())
        name = resource.workflowId.isEmpty() ? resource.id : resource.workflowId;
    return name.isEmpty() ? u"—"_s : singleLine(name, maxName);
}

QString UsageMessages::detailsOf(const LinkedResource &resource)
{
    QStringList details;
    switch (resource.kind) {
    case Kind::Workflow:
        details += tr("Workflow");
        break;
    case Kind::WorkflowVersion:
        details += resource.version.isEmpty() ? tr("Version of a workflow")
                                              : tr("Version %1").arg(quoted(resource.version, maxDetail));
        break;
    case Kind::Integration:
        details += tr("Integration");
        break;
    case Kind::DataArchive:
        details += tr("Data");
        break;
    case Kind::ApplicationExport:
        details += tr("Exports of the application");
        break;
    }
    if (!resource.category.isEmpty())
        details += singleLine(resource.category, maxDetail);
    if (resource.enabled == false)
        details += tr("Disabled");
    return details.join(u" · "_s);
}

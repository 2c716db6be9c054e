// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/pagemessages.h"

#include "browse/autoretry.h"
#include "errortext.h"

using namespace Qt::StringLiterals;
using Action = StateMessage::Action;
using Kind = ApiError::Kind;

namespace {

bool isOf(Kind kind, const std::optional<ApiError> &error)
{
    return error && error->kind == kind;
}

QString textFor(const LoadStatus &load)
{
    return load.isStopped ? errorText(*load.error) : AutoRetry::textFor(*load.error);
}

} // namespace

bool PageStatus::hasApplication() const
{
    return isApplicationChosen && !isOf(Kind::NotFound, page.error);
}

std::optional<StateMessage> PageMessages::state() const
{
    auto state = findState();
    if (state) {
        const bool isSaidByBanner = m_status.page.error && m_status.hasApplication();
        const bool isBeforeAll = !m_status.isApplicationChosen && !m_status.applications.error;
        state->isAnnounced = !isSaidByBanner && !isBeforeAll;
    }
    return state;
}

/// A token that is not accepted is said to be so once, here, for the list of applications too.
std::optional<BannerMessage> PageMessages::banner() const
{
    const bool isListRefused = isOf(Kind::Unauthorized, m_status.applications.error) &&
                               !isOf(Kind::Unauthorized, m_status.page.error);
    const auto &error = isListRefused ? m_status.applications.error : m_status.page.error;
    if (!error || error->kind == Kind::NotFound)
        return std::nullopt;
    QString text = m_status.page.isStopped ? errorText(*error) : AutoRetry::textFor(*error);
    if (m_status.isStale && !isListRefused)
        text = tr("%1 The rows below are older.").arg(text);
    return BannerMessage{text, error->kind == Kind::Unauthorized ? BannerMessage::Action::SignIn
                                                                 : BannerMessage::Action::Retry};
}

std::optional<StateMessage> PageMessages::findState() const
{
    const auto &[isLoading, isStopped, error] = m_status.page;
    const auto &listError = m_status.applications.error;
    const bool isTokenGone = isOf(Kind::Unauthorized, error) || isOf(Kind::Unauthorized, listError);
    const bool isWaiting = isLoading && !error;
    if (isTokenGone && !m_status.hasPage && !isWaiting)
        return StateMessage{u"lock"_s, tr("Nothing to show"), {}}; // the banner says why
    if (!m_status.isApplicationChosen || (listError && listError->urlIsSuspect))
        return applicationsState();
    if (!m_status.hasApplication())
        return applicationGoneState();
    if (m_status.hasPage)
        return m_status.rowCount == 0 ? std::optional(noRowsState()) : std::nullopt;
    if (isOf(Kind::Forbidden, error))
        return StateMessage{
            u"lock"_s, tr("No permission"),
            tr("The API token may not list this application's credentials. It needs the scope "
               "credentials.get or one that includes it.")};
    if (error)
        return StateMessage{u"offline"_s, tr("Nothing to show"), tr("The credentials could not be loaded.")};
    if (isStopped)
        return StateMessage{u"refresh"_s, tr("Not loaded"),
                            tr("You have stopped it. Choose “Load” to see the credentials."), tr("Load"),
                            Action::Load};
    return std::nullopt;
}

StateMessage PageMessages::applicationsState() const
{
    const LoadStatus &list = m_status.applications;
    const bool isEmpty = m_status.applicationCount == 0;
    if (isEmpty && isOf(Kind::Forbidden, list.error))
        return {u"lock"_s, tr("Which application?"),
                tr("This token may not list applications: it belongs to a single one, or lacks the scope "
                   "applications.get. Open the application by its ID."),
                tr("Open by ID"), Action::OpenById};
    if (isEmpty && list.error)
        return {u"offline"_s, tr("No applications"), textFor(list), tr("Retry"), Action::LoadApplications};
    if (isEmpty && list.isLoading)
        return {u"sidebar"_s, tr("Loading applications…"), {}};
    if (isEmpty && list.isStopped)
        return {u"refresh"_s, tr("Applications not loaded"),
                tr("You have stopped it. Choose “Load” to see the applications."), tr("Load"),
                Action::LoadApplications};
    if (isEmpty && m_status.areAllApplicationsThere)
        return {u"empty"_s, tr("No applications"),
                tr("There are none that this token can see. Make one in the Losant console, or sign in "
                   "differently."),
                tr("Retry"), Action::LoadApplications};
    return {u"sidebar"_s, tr("No application chosen"),
            tr("Choose an application on the left to see its credentials.")};
}

StateMessage PageMessages::applicationGoneState() const
{
    if (m_status.applicationCount > 0)
        return {u"empty"_s, tr("Application not found"),
                tr("It does not exist any more, or it is not visible with this token. Choose another on the "
                   "left.")};
    return {u"empty"_s, tr("Application not found"),
            tr("It does not exist, or it is not visible with this token. Check its ID."), tr("Open by ID"),
            Action::OpenById};
}

StateMessage PageMessages::noRowsState() const
{
    if (m_status.totalCount > 0)
        return {u"empty"_s, tr("Nothing on this page"),
                tr("The credentials that were here are gone, or the server miscounts them."), tr("Retry"),
                Action::Load};
    if (m_status.isFiltered)
        return {.icon = u"filter"_s,
                .title = tr("No match"),
                .text = tr("No credential of this application matches the filter."),
                .button = tr("Clear filter"),
                .action = Action::ClearFilter,
                .otherButton = m_status.maySearchAll ? tr("Search all applications for this") : QString(),
                .otherAction = Action::SearchAll};
    return {u"empty"_s, tr("No credentials yet"),
            tr("Credentials hold the keys and passwords that this application's workflows use to reach other "
               "services."),
            m_status.isReadOnly ? QString() : tr("New credential"), Action::Create};
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/pageactions.h"

#include "models/credentialcolumns.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"

#include <QAction>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace {

QAction *makeAction(QWidget &page, const QString &icon, const QString &text, const QString &tip,
                    const QList<QKeySequence> &shortcuts)
{
    auto *action = new QAction(symbolicIcon(icon), text, &page);
    action->setToolTip(tip);
    action->setShortcuts(shortcuts);
    addShortcutToToolTip(action);
    return action;
}

} // namespace

PageActions::PageActions(QWidget &page, bool isReadOnly)
    : create(makeAction(page, u"new"_s, tr("New credential"), tr("Create a credential in this application"),
                        {QKeySequence::New}))
    , refresh(makeAction(page, u"refresh"_s, tr("Refresh"), tr("Load this page again"),
                         {Qt::Key_F5, QKeySequence(u"Ctrl+R"_s)}))
    , back(makeAction(page, u"back"_s, tr("Back"), tr("Back to what was shown before"),
                      {QKeySequence(u"Alt+Left"_s)}))
    , forward(
          makeAction(page, u"forward"_s, tr("Forward"), tr("Forward again"), {QKeySequence(u"Alt+Right"_s)}))
    , showDetails(makeAction(page, u"details"_s, tr("Details"), tr("Show the selected credential's details"),
                             {Qt::Key_F9}))
{
    createTip = isReadOnly ? tr("This profile is read only") : create->toolTip();
    create->setToolTip(createTip);
    showDetails->setCheckable(true);
    showDetails->setIconVisibleInMenu(false);
    for (const auto field : {PageQuery::SortField::Name, PageQuery::SortField::Type,
                             PageQuery::SortField::CreationDate, PageQuery::SortField::LastUpdated}) {
        auto *action = new QAction(CredentialColumns::title(CredentialColumns::columnOf(field)), &page);
        action->setShortcut(QKeySequence(u"Ctrl+%1"_s.arg(sorts.size() + 1)));
        page.addAction(action); // so that its key works
        sorts.push_back({field, action});
    }
}

void PageActions::setCreate(bool isPossible, const QString &obstacle)
{
    create->setEnabled(isPossible && obstacle.isEmpty());
    create->setToolTip(isPossible && !obstacle.isEmpty() ? obstacle : createTip);
}

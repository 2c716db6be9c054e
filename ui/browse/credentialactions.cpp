// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialactions.h"

#include "browse/credentialtableview.h"
#include "domain/credentialtypes.h"
#include "models/credentialrows.h"
#include "widgets/texttools.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

CredentialActions::CredentialActions(CredentialTableView &table, const CredentialRows &model, bool isReadOnly)
    : QObject(&table)
    , m_table(table)
    , m_model(model)
    , m_isReadOnly(isReadOnly)
    , m_edit(tr("Edit"))
    , m_rotate(tr("Rotate secret"))
    , m_enable(tr("Disable"))
    , m_remove(tr("Delete"))
    , m_copyCell(tr("Copy cell"))
    , m_copyName(tr("Copy name"))
    , m_copyId(tr("Copy ID"))
{
    m_edit.setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    m_rotate.setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    m_enable.setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    m_remove.setShortcut(QKeySequence(Qt::Key_Delete)); // QKeySequence::Delete is Ctrl+D, too
    m_copyCell.setShortcuts(QKeySequence::Copy);        // there are several
    for (QAction *action : {&m_edit, &m_rotate, &m_enable, &m_remove, &m_copyCell, &m_copyName, &m_copyId}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        action->setAutoRepeat(false);
        table.addAction(action);
    }

    const auto forward = [this](QAction &action, auto emitFor) {
        connect(&action, &QAction::triggered, this, [this, emitFor] {
            const QList<int> rows = m_table.selectedRows();
            if (rows.size() == 1)
                emitFor(m_model.applicationIdAt(rows.first()), m_model.credentialAt(rows.first()));
        });
    };
    forward(m_edit, [this](const QString &applicationId, const Credential &credential) {
        Q_EMIT editTriggered(applicationId, credential);
    });
    forward(m_rotate, [this](const QString &applicationId, const Credential &credential) {
        Q_EMIT rotateTriggered(applicationId, credential);
    });
    forward(m_enable, [this](const QString &applicationId, const Credential &credential) {
        Q_EMIT enableTriggered(applicationId, credential, !credential.enabled.value_or(true));
    });
    forward(m_remove, [this](const QString &applicationId, const Credential &credential) {
        Q_EMIT removeTriggered(applicationId, credential);
    });
    connect(&m_copyCell, &QAction::triggered, this, [this] {
        copy([this](int row) {
            return m_model.index(row, m_table.currentIndex().column())
                .data(CredentialRows::CopyRole)
                .toString();
        });
    });
    connect(&m_copyName, &QAction::triggered, this,
            [this] { copy([this](int row) { return m_model.credentialAt(row).name; }); });
    connect(&m_copyId, &QAction::triggered, this,
            [this] { copy([this](int row) { return m_model.idAt(row); }); });

    connect(&table, &CredentialTableView::rowDoubleClicked, &m_edit, &QAction::trigger);
    connect(&table, &CredentialTableView::menuRequested, this, &CredentialActions::openMenu);
    connect(&table, &CredentialTableView::selectedRowsChanged, this, &CredentialActions::update);
    update();
}

void CredentialActions::addOthers(QMenu &menu)
{
    menu.setToolTipsVisible(true);
    connect(this, &CredentialActions::othersSelected, &menu, &QWidget::close);
    menu.addAction(&m_enable);
    menu.addAction(&m_remove);
    menu.addSeparator();
    menu.addActions({&m_copyCell, &m_copyName, &m_copyId});
    if (m_own) {
        menu.addSeparator();
        menu.addAction(m_own);
    }
}

void CredentialActions::addOwn(QAction *action)
{
    m_own = action;
}

void CredentialActions::setObstacle(const QString &obstacle)
{
    m_obstacle = obstacle;
    update();
}

void CredentialActions::update()
{
    const QList<int> rows = m_table.selectedRows();
    QStringList ids;
    for (const int row : rows)
        ids += m_model.idAt(row);
    if (std::exchange(m_selectedIds, ids) != ids)
        Q_EMIT othersSelected();
    const std::optional<Credential> credential =
        rows.size() == 1 ? std::optional(m_model.credentialAt(rows.first())) : std::nullopt;
    const QString nothing = rows.isEmpty() ? tr("Select a credential first") : QString();
    const QString obstacle = m_isReadOnly         ? tr("This profile is read only")
                             : !nothing.isEmpty() ? nothing
                             : !credential        ? tr("Only one credential can be changed at a time")
                                                  : m_obstacle;
    const bool isKnown = credential && findCredentialType(credential->type);
    const bool isEnabled = !credential || credential->enabled.value_or(true);
    m_enable.setText(isEnabled ? tr("Disable") : tr("Enable"));

    set(m_edit, tr("Change name, description and what the credential holds"), obstacle);
    set(m_rotate, tr("Replace the secret by a new one"),
        !obstacle.isEmpty() || isKnown ? obstacle
                                       : tr("This version of Credenza does not know what the secret of this "
                                            "type consists of"));
    set(m_enable,
        isEnabled ? tr("Keep the credential, but have every use of it fail")
                  : tr("Let the credential be used again"),
        obstacle);
    set(m_remove, tr("Delete the credential for ever"), obstacle);
    set(m_copyCell, tr("Copy this cell's whole text, of a date the exact time"), nothing);
    set(m_copyName, tr("Copy the name"), nothing);
    set(m_copyId, tr("Copy the ID"), nothing);
}

/// An action that meets an obstacle is off, and its tip says why.
void CredentialActions::set(QAction &action, const QString &tip, const QString &obstacle)
{
    action.setEnabled(obstacle.isEmpty());
    action.setToolTip(obstacle.isEmpty() ? tip : obstacle);
    if (obstacle.isEmpty())
        addShortcutToToolTip(&action);
}

void CredentialActions::openMenu(const QPoint &position)
{
    if (!m_menu) {
        m_menu = new QMenu(&m_table);
        m_menu->addActions({&m_edit, &m_rotate});
        m_menu->addSeparator();
        addOthers(*m_menu);
    }
    if (m_menu->isVisible())
        return;
    update();
    m_menu->popup(position);
}

void CredentialActions::copy(const std::function<QString(int row)> &text) const
{
    QStringList texts;
    for (const int row : m_table.selectedRows())
        texts += text(row);
    const auto isEmpty = [](const QString &line) { return line.isEmpty(); };
    if (!std::ranges::all_of(texts, isEmpty))
        QGuiApplication::clipboard()->setText(texts.join(u'\n'));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/typechooser.h"

#include "widgets/symbolicicon.h"
#include "widgets/tonedlabel.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int keyRole = Qt::UserRole;
constexpr int searchRole = Qt::UserRole + 1;

} // namespace

TypeChooser::TypeChooser(QWidget *parent)
    : QWidget(parent)
    , m_types(new QStandardItemModel(this))
    , m_shown(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit)
    , m_list(new QListView)
    , m_noMatch(new TonedLabel(TonedLabel::Tone::Quiet))
    , m_problem(new TonedLabel(TonedLabel::Tone::Attention))
{
    for (const CredentialType &type : credentialTypes()) {
        const QString key = type.key;
        auto *item = new QStandardItem(credentialTypeIcon(key), credentialTypeName(key));
        item->setEditable(false);
        item->setData(key, keyRole);
        item->setData(QString(item->text() + u' ' + key), searchRole);
        m_types->appendRow(item);
    }
    m_shown->setSourceModel(m_types);
    m_shown->setFilterRole(searchRole);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);

    m_search->setPlaceholderText(tr("Type to find"));
    m_search->setAccessibleName(tr("Find a credential type"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(symbolicIcon(u"search"_s), QLineEdit::LeadingPosition)
        ->setText(tr("Go to the search"));
    m_search->installEventFilter(this);

    auto *label = new PlainLabel(tr("Credential type"));
    label->setBuddy(m_list);
    m_list->setAccessibleName(tr("Credential type"));
    m_list->setModel(m_shown);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    const int icon = style()->pixelMetric(QStyle::PM_ListViewIconSize, nullptr, this);
    m_list->setIconSize({icon, icon});
    m_list->setSpacing(1);
    m_list->installEventFilter(this);
    m_list->setMinimumWidth(m_list->sizeHintForColumn(0) + m_list->verticalScrollBar()->sizeHint().width() +
                            8);

    m_noMatch->setText(tr("No type has that in its name."));
    m_noMatch->hide();
    m_problem->setAccessibleName(tr("%1 problem").arg(tr("Credential type")));
    m_problem->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(label);
    column->addWidget(m_search);
    column->addWidget(m_noMatch);
    column->addWidget(m_list, 1);
    column->addWidget(m_problem);

    connect(m_search, &QLineEdit::textChanged, this, &TypeChooser::narrow);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TypeChooser::selectionChanged);
    connect(m_list, &QListView::clicked, this, &TypeChooser::confirmed);
    setFocusProxy(m_search);
}

void TypeChooser::showProblem(const QString &message)
{
    m_problem->setMessage(message);
    m_problem->setVisible(!message.isEmpty());
}

void TypeChooser::focusSearch()
{
    m_search->setFocus(Qt::OtherFocusReason);
}

QList<QWidget *> TypeChooser::tabStops() const
{
    return {m_search, m_list};
}

bool TypeChooser::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (static_cast<QKeyEvent *>(event)->modifiers() & Qt::ControlModifier)
            return false;
        return watched == m_search ? searchKeyPressed(key) : listKeyPressed(key);
    }
    return QWidget::eventFilter(watched, event);
}

bool TypeChooser::searchKeyPressed(int key)
{
    const bool isReturn = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    if (!isReturn && key != Qt::Key_Down)
        return false;
    if (isReturn && m_search->text().isEmpty() && !m_chosen)
        return true; // nothing was looked for
    if (m_list->selectionModel()->selectedIndexes().isEmpty())
        choose(m_shown->index(0, 0));
    if (m_shown->rowCount() == 0)
        return true;
    if (isReturn) {
        m_search->clear(); // found: the list is whole again, and shows where the type stands
        Q_EMIT confirmed();
    } else {
        m_list->setFocus(Qt::OtherFocusReason);
    }
    return true;
}

bool TypeChooser::listKeyPressed(int key)
{
    if (key == Qt::Key_Up && m_list->currentIndex().row() == 0) {
        focusSearch();
        return true;
    }
    if (key != Qt::Key_Return && key != Qt::Key_Enter)
        return false;
    if (m_list->selectionModel()->selectedIndexes().isEmpty())
        choose(m_list->currentIndex());
    if (m_chosen)
        Q_EMIT confirmed();
    return true;
}

void TypeChooser::narrow(const QString &text)
{
    // A view whose selected row goes away selects another one, which nobody chose.
    m_isNarrowing = true;
    m_shown->setFilterFixedString(text.trimmed());
    m_list->selectionModel()->clear();
    for (int row = 0; m_chosen && row < m_shown->rowCount(); ++row) {
        if (typeAt(m_shown->index(row, 0)) == m_chosen)
            choose(m_shown->index(row, 0));
    }
    m_isNarrowing = false;
    m_noMatch->setVisible(m_shown->rowCount() == 0);
}

void TypeChooser::choose(const QModelIndex &shown)
{
    m_list->setCurrentIndex(shown);
    m_list->selectionModel()->select(shown, QItemSelectionModel::ClearAndSelect);
}

void TypeChooser::selectionChanged()
{
    const QModelIndexList selected = m_list->selectionModel()->selectedIndexes();
    const CredentialType *type = selected.isEmpty() ? nullptr : typeAt(selected.front());
    if (!type || type == m_chosen || m_isNarrowing)
        return;
    m_chosen = type;
    showProblem({});
    Q_EMIT chosen(*type);
}

const CredentialType *TypeChooser::typeAt(const QModelIndex &shown) const
{
    return findCredentialType(shown.data(keyRole).toString());
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/filterbar.h"

#include "domain/credentialtypes.h"
#include "domain/straytext.h"
#include "widgets/plainlabel.h"
#include "widgets/symbolicicon.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto typingDelay = 250ms;

int typeIndex(const QString &key)
{
    const CredentialType *type = findCredentialType(key);
    return type ? int(type - credentialTypes().data()) : -1;
}

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_field(new QComboBox)
    , m_textLabel(new PlainLabel(tr("Filter credentials")))
    , m_name(new QLineEdit)
    , m_type(new QComboBox)
    , m_clear(new QToolButton)
    , m_searchAll(new QAction(tr("Search all applications for this"), this))
{
    m_field->addItem(tr("Name"), QVariant::fromValue(PageQuery::FilterField::Name));
    m_field->addItem(tr("Type"), QVariant::fromValue(PageQuery::FilterField::Type));
    m_field->setToolTip(tr("What the filter looks at"));
    auto *fieldLabel = new PlainLabel(tr("Filter &by"));
    fieldLabel->setBuddy(m_field);

    m_name->setAccessibleName(tr("Filter credentials"));
    m_name->setPlaceholderText(tr("Part of a name; * stands for any text, as in aws*"));
    m_name->setToolTip(
        tr("Shows only credentials whose name contains this. * stands for any text, and with it this is a "
           "pattern for the whole name. (Ctrl+F)"));
    m_type->setEditable(true);
    m_type->setInsertPolicy(QComboBox::NoInsert);
    for (const CredentialType &type : credentialTypes())
        m_type->addItem(credentialTypeIcon(type.key), credentialTypeName(type.key), QString(type.key));
    m_type->setCurrentIndex(-1);
    m_type->setMaxVisibleItems(int(credentialTypes().size()));
    m_type->lineEdit()->setAccessibleName(tr("Filter credentials"));
    m_type->lineEdit()->setPlaceholderText(
        tr("Choose a type, or enter part of its key; * stands for any text"));
    m_type->completer()->setFilterMode(Qt::MatchContains);
    m_type->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_type->setToolTip(tr("Shows only credentials of this type. * stands for any text. (Ctrl+F)"));
    m_type->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    m_clear->setIcon(symbolicIcon(u"clear"_s));
    m_clear->setAutoRaise(true);
    m_clear->setAccessibleName(tr("Clear filter"));
    m_clear->setToolTip(tr("Show all credentials again (Esc)"));
    QSizePolicy keepsPlace = m_clear->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_clear->setSizePolicy(keepsPlace);
    m_clear->hide();

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(fieldLabel);
    layout->addWidget(m_field);
    layout->addSpacing(8);
    layout->addWidget(m_textLabel);
    // Beside their label, not in a stack: only a sibling is a label to assistive technology.
    layout->addWidget(m_name, 1);
    layout->addWidget(m_type, 1);
    layout->addWidget(m_clear);
    showField(PageQuery::FilterField::Name);

    m_typingTimer.setSingleShot(true);
    m_typingTimer.setInterval(typingDelay);
    connect(&m_typingTimer, &QTimer::timeout, this, &FilterBar::apply);
    // Not textEdited() and activated(), which are for keyboard and mouse alone: assistive technology edits
    // too.
    connect(m_name, &QLineEdit::textChanged, this, &FilterBar::edited);
    connect(m_type->lineEdit(), &QLineEdit::textChanged, this, &FilterBar::edited);
    connect(m_name, &QLineEdit::returnPressed, this, &FilterBar::apply);
    connect(m_type->lineEdit(), &QLineEdit::returnPressed, this, &FilterBar::apply);
    connect(m_type, &QComboBox::activated, this, &FilterBar::apply);
    connect(m_clear, &QToolButton::clicked, this, &FilterBar::clear);
    connect(m_field, &QComboBox::currentIndexChanged, this, [this] {
        if (m_isShowing)
            return;
        showField(m_field->currentData().value<PageQuery::FilterField>());
        if (m_query.isFiltered() || !glob().isEmpty())
            apply();
    });
    m_searchAll->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    m_searchAll->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_searchAll);
    connect(m_searchAll, &QAction::triggered, this, &FilterBar::searchAllTriggered);
    for (QLineEdit *line : {m_name, m_type->lineEdit()}) {
        connect(line, &QLineEdit::textChanged, this, &FilterBar::updateSearchAll);
        addMenu(line);
    }
    updateSearchAll();
    m_name->installEventFilter(this);
    m_type->installEventFilter(this); // which has the focus of its line edit
}

void FilterBar::setQuery(const PageQuery &query)
{
    const bool isMeantAlready = query.filterField == field() && query.filter == glob();
    if (query.applicationId != m_query.applicationId)
        m_typingTimer.stop(); // what was typed was meant for the other one
    m_query = query;
    m_clear->setVisible(query.isFiltered());
    if (isMeantAlready || m_typingTimer.isActive())
        return;
    const QScopedValueRollback showing(m_isShowing, true);
    showField(query.filterField);
    if (query.filterField == PageQuery::FilterField::Name) {
        m_name->setText(PageQuery::textFor(query.filter));
    } else {
        const int index = typeIndex(query.filter);
        m_type->setCurrentIndex(index);
        if (index < 0)
            m_type->setEditText(PageQuery::textFor(query.filter));
    }
}

void FilterBar::focusText()
{
    editor()->setFocus(Qt::ShortcutFocusReason);
    editor()->selectAll();
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (isKey && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape &&
        (m_query.isFiltered() || !editor()->text().isEmpty())) {
        event->accept();
        if (event->type() == QEvent::KeyPress) {
            clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

/// Qt's own, and in it what leads to all applications.
void FilterBar::addMenu(QLineEdit *line)
{
    line->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(line, &QWidget::customContextMenuRequested, this, [this, line](const QPoint &position) {
        QMenu *menu = line->createStandardContextMenu();
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addSeparator();
        menu->addAction(m_searchAll);
        menu->popup(line->mapToGlobal(position));
    });
}

void FilterBar::setOffersAll(bool offersAll)
{
    m_offersAll = offersAll;
    updateSearchAll();
}

void FilterBar::updateSearchAll()
{
    m_searchAll->setEnabled(m_offersAll && !wordsForAll().isEmpty());
}

QString FilterBar::wordsForAll() const
{
    const bool isType = field() == PageQuery::FilterField::Type;
    QStringList words;
    for (const QString &part : glob().split(u'*')) {
        const QString text = QString(part).remove(u'"').trimmed();
        const bool isWord = !text.startsWith(u'-') && !std::ranges::any_of(text, [](QChar c) {
            return c.isSpace() || c == u':' || c == u'<' || c == u'>';
        });
        if (!text.isEmpty())
            words += (isType ? u"type:"_s : QString()) + (isWord ? text : u'"' + text + u'"');
    }
    return words.join(u' ');
}

PageQuery::FilterField FilterBar::field() const
{
    return m_type->isHidden() ? PageQuery::FilterField::Name : PageQuery::FilterField::Type;
}

QLineEdit *FilterBar::editor() const
{
    return field() == PageQuery::FilterField::Name ? m_name : m_type->lineEdit();
}

QString FilterBar::glob() const
{
    if (field() == PageQuery::FilterField::Type) {
        const int index =
            m_type->findText(StrayText::trimmed(m_type->currentText()).toString(), Qt::MatchFixedString);
        if (index >= 0)
            return m_type->itemData(index).toString();
    }
    return PageQuery::globFor(editor()->text());
}

void FilterBar::showField(PageQuery::FilterField field)
{
    const QScopedValueRollback showing(m_isShowing, true);
    const bool isName = field == PageQuery::FilterField::Name;
    m_field->setCurrentIndex(isName ? 0 : 1);
    const bool hasKeys = editor()->hasFocus(); // else they would go to the table, and Enter with them
    m_name->setVisible(isName);
    m_type->setVisible(!isName);
    if (hasKeys)
        editor()->setFocus();
    m_textLabel->setBuddy(isName ? static_cast<QWidget *>(m_name) : m_type);
}

void FilterBar::edited()
{
    if (!m_isShowing)
        m_typingTimer.start();
}

void FilterBar::apply()
{
    m_typingTimer.stop();
    const QString wanted = glob();
    if (wanted != m_query.filter || (field() != m_query.filterField && !wanted.isEmpty()))
        Q_EMIT filterEdited(field(), wanted);
}

void FilterBar::clear()
{
    editor()->clear();
    if (field() == PageQuery::FilterField::Type)
        m_type->setCurrentIndex(-1);
    apply();
    editor()->setFocus();
}

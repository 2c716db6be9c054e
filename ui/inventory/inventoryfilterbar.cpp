// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory/inventoryfilterbar.h"

#include "widgets/announcer.h"
#include "widgets/elidedlabel.h"
#include "widgets/flowlayout.h"
#include "widgets/scales.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCheckBox>
#include <QCompleter>
#include <QDateTime>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QScopedValueRollback>
#include <QShortcut>
#include <QStringListModel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto typingPause = 250ms;
constexpr int maxCompletions = 200;

} // namespace

InventoryFilterBar::InventoryFilterBar(InventoryModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_line(new QLineEdit)
    , m_clear(m_line->addAction(symbolicIcon(u"clear"_s), QLineEdit::TrailingPosition))
    , m_help(new ElidedLabel(TonedLabel::Tone::Quiet))
    , m_mistake(new ElidedLabel(TonedLabel::Tone::Attention))
    , m_group(new QCheckBox(tr("Group by key")))
{
    m_line->setAccessibleName(tr("Filter all credentials"));
    m_line->setPlaceholderText(tr("Find credentials in all applications"));
    m_line->setToolTip(
        tr("Words that must all be found, wherever they stand (Ctrl+F). Ctrl+Space completes."));
    QAction *icon = m_line->addAction(symbolicIcon(u"search"_s), QLineEdit::LeadingPosition);
    icon->setText(tr("Go to the filter"));
    m_clear->setText(tr("Clear filter"));
    m_clear->setToolTip(tr("Show all credentials again (Esc)"));
    m_clear->setVisible(false);
    m_help->setText(tr("Words; \"…\" for a phrase, -word to exclude; type:aws, app:, owner:, name:, key:, "
                       "status:disabled, expires<30d, updated>1y, created:2024"));
    m_mistake->setAccessibleName(tr("Filter all credentials problem"));
    for (ElidedLabel *label : {m_help, m_mistake})
        label->setFont(TypeScale::scaled(font(), TypeScale::quiet));
    m_mistake->hide();
    for (QCheckBox *&box : m_quick)
        box = new QCheckBox;
    m_quick[int(InventoryModel::QuickFilter::Disabled)]->setAccessibleName(tr("Disabled"));
    m_quick[int(InventoryModel::QuickFilter::Expiring)]->setAccessibleName(tr("Expiring"));
    m_quick[int(InventoryModel::QuickFilter::NotUpdatedForAYear)]->setAccessibleName(
        tr("Not updated for a year"));
    m_quick[int(InventoryModel::QuickFilter::SameKeyElsewhere)]->setAccessibleName(tr("Same key elsewhere"));
    m_quick[int(InventoryModel::QuickFilter::Disabled)]->setToolTip(tr("Every use of them fails"));
    m_quick[int(InventoryModel::QuickFilter::Expiring)]->setToolTip(
        tr("What expires within 30 days, or has expired"));
    m_quick[int(InventoryModel::QuickFilter::SameKeyElsewhere)]->setToolTip(
        tr("Their key is that of another credential, too"));
    m_group->setToolTip(
        tr("Keys that are used more than once come first, each with its credentials together"));
    makeLayout();
    updateCounts();

    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        showMistake();
        offerCompletions(false);
    });
    connect(icon, &QAction::triggered, this, &InventoryFilterBar::focusText);
    connect(m_clear, &QAction::triggered, m_line, &QLineEdit::clear);
    connect(m_line, &QLineEdit::textEdited, this, [this] { m_isTyping = true; });
    // Assistive technology edits too.
    connect(m_line, &QLineEdit::textChanged, this, &InventoryFilterBar::apply);
    auto *completes = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Space), m_line);
    completes->setContext(Qt::WidgetShortcut);
    connect(completes, &QShortcut::activated, this, [this] { offerCompletions(true); });
    for (std::size_t i = 0; i < m_quick.size(); ++i) {
        connect(m_quick[i], &QCheckBox::toggled, this, [this, i](bool isOn) {
            m_model.setQuickFilter(InventoryModel::QuickFilter(i), isOn);
            if (!m_isSilent)
                Q_EMIT narrowed();
        });
    }
    connect(m_group, &QCheckBox::toggled, this, [this](bool isOn) {
        m_model.setGroupedByKey(isOn);
        Q_EMIT narrowed();
    });
    connect(&m_model, &InventoryModel::countsChanged, this, &InventoryFilterBar::updateCounts);
    m_line->installEventFilter(this);
}

/// A message takes the place of the help, so that nothing moves.
void InventoryFilterBar::makeLayout()
{
    auto *boxes = new FlowLayout(spacing(Space::Medium, fontMetrics()));
    for (QCheckBox *box : m_quick)
        boxes->addWidget(box);
    boxes->addWidget(m_group);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(Space::Small, fontMetrics()));
    column->addWidget(m_line);
    column->addWidget(m_help);
    column->addWidget(m_mistake);
    column->addLayout(boxes);
}

void InventoryFilterBar::setText(const QString &text)
{
    m_line->setText(text);
}

void InventoryFilterBar::focusText()
{
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void InventoryFilterBar::clear()
{
    {
        const QScopedValueRollback silent(m_isSilent, true);
        for (QCheckBox *box : m_quick)
            box->setChecked(false);
        m_line->clear();
    }
    Q_EMIT narrowed();
}

bool InventoryFilterBar::isFiltering() const
{
    return !m_model.filter().isEmpty() ||
           std::ranges::any_of(m_quick, [](const QCheckBox *box) { return box->isChecked(); });
}

bool InventoryFilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const bool isPress = event->type() == QEvent::KeyPress;
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        if (m_line->text().isEmpty())
            return false;
        event->accept();
        if (isPress)
            m_line->clear();
        return isPress;
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isPress && !static_cast<QKeyEvent *>(event)->isAutoRepeat())
            Q_EMIT left();
        return isPress;
    default:
        return false;
    }
}

/// At once, and what may take the eye off it later.
void InventoryFilterBar::apply(const QString &text)
{
    m_model.setFilter(InventoryFilter::parse(text, QDateTime::currentMSecsSinceEpoch()));
    m_clear->setVisible(!text.isEmpty());
    if (!m_model.filter().mistake())
        showMistake();
    m_pause.start();
    if (!m_isSilent)
        Q_EMIT narrowed();
}

void InventoryFilterBar::updateCounts()
{
    for (std::size_t i = 0; i < m_quick.size(); ++i) {
        const int count = m_model.count(InventoryModel::QuickFilter(i));
        QCheckBox *box = m_quick[i];
        const bool isCounted = m_model.hasRows(); // 0 of what has not been read says nothing
        box->setText(isCounted ? tr("%1 (%2)").arg(box->accessibleName(), QLocale().toString(count))
                               : box->accessibleName());
        box->setAccessibleDescription(isCounted ? tr("%Ln credential(s)", nullptr, count) : QString());
    }
}

void InventoryFilterBar::showMistake()
{
    const auto &mistake = m_model.filter().mistake();
    m_mistake->setMessage(mistake ? mistake->message : QString());
    m_mistake->setToolTip(mistake ? literalToolTip(mistake->message) : QString());
    m_help->setVisible(!mistake);
    m_mistake->setVisible(mistake.has_value());
    Announcer::announce(m_mistake, mistake ? mistake->message : QString());
}

/// As one types within a word, or is asked to.
void InventoryFilterBar::offerCompletions(bool isAsked)
{
    const bool wasTyping = std::exchange(m_isTyping, false);
    const QString text = m_line->text();
    const int cursor = m_line->cursorPosition();
    const bool isInWord = cursor > 0 && !text.at(cursor - 1).isSpace();
    QStringList offered;
    if (m_line->hasFocus() && (isAsked || (wasTyping && isInWord)))
        offered = InventoryFilter::completions(text, cursor, m_applications).mid(0, maxCompletions);
    if (offered.isEmpty()) {
        if (m_completer)
            m_completer->popup()->hide();
        return;
    }
    makeCompleter();
    m_completions->setStringList(offered);
    m_completer->complete();
}

void InventoryFilterBar::makeCompleter()
{
    if (m_completer)
        return;
    m_completions = new QStringListModel(this);
    m_completer = new QCompleter(m_completions, this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(10);
    m_completer->setWidget(m_line);
    m_completer->popup()->setAccessibleName(tr("Completions"));
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &InventoryFilterBar::complete);
}

void InventoryFilterBar::complete(const QString &completion)
{
    const int cursor = m_line->cursorPosition();
    const QString text = InventoryFilter::completed(m_line->text(), cursor, completion);
    m_isTyping = completion.endsWith(u':'); // its values come next
    m_line->setText(text);
    m_line->setCursorPosition(int(text.lastIndexOf(completion, cursor) + completion.size()));
}

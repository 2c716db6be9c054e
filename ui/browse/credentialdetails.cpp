// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/credentialdetails.h"

#include "api/background.h"
#include "browse/credentialactions.h"
#include "browse/samekeyview.h"
#include "domain/credentialtypes.h"
#include "edit/usedbyview.h"
#include "models/configrows.h"
#include "models/credentialcolumns.h"
#include "models/credentialrows.h"
#include "models/expiry.h"
#include "models/inventorycolumns.h"
#include "services/inventory.h"
#include "widgets/menubutton.h"
#include "widgets/plainlabel.h"
#include "widgets/plaintextview.h"
#include "widgets/scales.h"
#include "widgets/scrollpane.h"
#include "widgets/symbolicicon.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"
#include "widgets/tones.h"

#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxShown = 2 * maxShownCharacters; // of all values together
constexpr qsizetype maxConfigReadAtOnce = 512 * 1024;  // bytes
constexpr qsizetype maxPemReadAtOnce = 16 * 1024;      // bytes of the configuration around it

/// Certificates and public keys are made to be passed on.
bool isPublicKey(const QString &text)
{
    return (text.startsWith("-----BEGIN "_L1) &&
            !text.first(std::min<qsizetype>(text.size(), 64)).contains("PRIVATE KEY"_L1)) ||
           text.startsWith("ssh-"_L1);
}

} // namespace

CredentialDetails::CredentialDetails(const CredentialRows &model, CredentialActions &actions,
                                     SecretClipboard &clipboard, UsageCache &usages, QWidget *parent)
    : QGroupBox(parent)
    , m_model(model)
    , m_actions(actions)
    , m_clipboard(clipboard)
    , m_usages(usages)
    , m_scroll(new ScrollPane)
{
    setAccessibleName(tr("Credential details"));
    setMinimumWidth(200);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_scroll, 1);
    showRows({});
}

void CredentialDetails::makeButtons()
{
    m_buttons = new QWidget;
    auto *grid = new QGridLayout(m_buttons);
    grid->setContentsMargins(12, 6, 12, 6);
    grid->setSpacing(spacing(Space::Small, fontMetrics()));
    grid->setColumnStretch(3, 1);
    for (QAction *action : {m_actions.edit(), m_actions.rotate()}) {
        auto *button = new QToolButton(m_buttons);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setAccessibleName(action->text());
        button->setFocusPolicy(Qt::TabFocus); // by a click the focus stays in the table
    }
    auto *menu = new QMenu(m_buttons);
    m_actions.addOthers(*menu);
    auto *more = new MenuButton(m_buttons);
    more->setText(u"⋯"_s);
    more->setAccessibleName(tr("More actions"));
    more->setToolTip(tr("More actions"));
    more->setFocusPolicy(Qt::TabFocus);
    more->setMenu(menu);
    placeButtons();
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_buttons);
}

/// In one line, or in two where that is too wide for the pane.
void CredentialDetails::placeButtons()
{
    if (!m_buttons)
        return;
    auto *grid = static_cast<QGridLayout *>(m_buttons->layout());
    const QList<QToolButton *> buttons = m_buttons->findChildren<QToolButton *>(Qt::FindDirectChildrenOnly);
    int needed = grid->contentsMargins().left() + grid->contentsMargins().right();
    for (QToolButton *button : buttons) {
        grid->removeWidget(button);
        needed += button->sizeHint().width() + grid->horizontalSpacing();
    }
    const bool isNarrow = needed > width();
    grid->addWidget(buttons.at(0), 0, 0);
    if (isNarrow)
        grid->addWidget(buttons.at(1), 1, 0, 1, 4, Qt::AlignLeft);
    else
        grid->addWidget(buttons.at(1), 0, 1);
    grid->addWidget(buttons.at(2), 0, isNarrow ? 1 : 2);
}

void CredentialDetails::resizeEvent(QResizeEvent *event)
{
    QGroupBox::resizeEvent(event);
    placeButtons();
}

void CredentialDetails::showRows(const QList<int> &rows)
{
    if (!m_buttons && !rows.isEmpty())
        makeButtons();
    if (m_buttons)
        m_buttons->setVisible(!rows.isEmpty());
    if (rows.size() == 1)
        showCredential(m_model.applicationIdAt(rows.first()), m_model.credentialAt(rows.first()));
    else if (!rows.isEmpty())
        showHint(tr("%n credentials selected", nullptr, int(rows.size())));
    else
        showHint(m_model.rowCount() == 0 ? QString() : tr("Select a credential to see what is known of it."));
}

void CredentialDetails::showCredential(const QString &applicationId, const Credential &credential)
{
    clear();
    addHeading(credential);
    addApplication(applicationId);
    if (m_model.hasConfigurations()) {
        addExpiry(credential);
        addConfig(credential);
    } else {
        m_places.expiry = addPlace();
        m_places.config = addPlace();
    }
    addNote();
    addUsage(applicationId, credential);
    addSameKey(applicationId, credential);
    if (!m_model.hasConfigurations()) {
        m_places.description = addPlace();
        const QScopedValueRollback place(m_layout, m_places.description.data());
        addDescription(credential.description);
    } else {
        addDescription(credential.description);
    }
    addDate(tr("Created"), credential.creationDate);
    addField(tr("Created by"), CredentialColumns::creatorText(credential, m_model.account()));
    addDate(tr("Last updated"), credential.lastUpdated);
    addField(tr("Last updated by"), CredentialColumns::updaterText(credential, m_model.account()));
    addCopyableField(tr("ID"), credential.id);
    addCopyableField(tr("Application ID"), credential.applicationId);
    m_layout->addStretch();
    m_scroll->verticalScrollBar()->setValue(0);
}

void CredentialDetails::showRest(const Credential &whole)
{
    if (!m_places.config)
        return;
    emptyPlaces();
    QScopedValueRollback place(m_layout, m_places.expiry.data());
    addExpiry(whole);
    m_layout = m_places.config;
    addConfig(whole);
    m_layout = m_places.description;
    addDescription(whole.description);
}

void CredentialDetails::showRestMissing(const QString &why)
{
    if (!m_places.config)
        return;
    auto *note = new TonedLabel(TonedLabel::Tone::Warning);
    note->setText(why);
    m_places.config->addWidget(note);
}

void CredentialDetails::emptyPlaces()
{
    for (QVBoxLayout *place : {m_places.expiry.data(), m_places.config.data(), m_places.description.data()}) {
        const auto parts = place->parentWidget()->findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
        for (QWidget *part : parts)
            delete part;
        while (QLayoutItem *item = place->takeAt(0)) // layouts within, and spacing
            delete item;
    }
}

/// A group to assistive technology, a pane without a frame to the eye.
void CredentialDetails::paintEvent(QPaintEvent *) {}

void CredentialDetails::clear()
{
    m_room = maxShown;
    delete m_heading;
    m_heading = nullptr;
    auto *content = new QWidget;
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(12, 4, 12, 12);
    m_layout->setSpacing(2);
    m_scroll->setWidget(content);
}

void CredentialDetails::showHint(const QString &text)
{
    if (!m_hint) { // else no widget comes or goes, for which Qt would wait for the window system
        clear();
        m_hint = new TonedLabel(TonedLabel::Tone::Quiet);
        m_hint->setWordWrap(true);
        m_hint->setAlignment(Qt::AlignCenter);
        m_layout->addStretch();
        m_layout->addWidget(m_hint);
        m_layout->addStretch();
    }
    m_hint->setText(text);
}

void CredentialDetails::addHeading(const Credential &credential)
{
    m_heading = new QWidget;
    auto *whole = new QVBoxLayout(m_heading);
    whole->setContentsMargins(12, 8, 12, 0);
    whole->setSpacing(2);
    const QScopedValueRollback place(m_layout, whole);
    auto *icon = new PlainLabel;
    icon->setPixmap(credentialTypeIcon(credential.type).pixmap(QSize(32, 32), devicePixelRatioF()));
    auto *name = new PlainTextView(PlainTextView::Look::Prose, 4);
    QFont big = TypeScale::scaled(font(), 1.25);
    big.setBold(true);
    name->setFont(big);
    name->setAccessibleName(tr("Name"));
    const QString cut = fill(name, credential.name.isEmpty() ? u"—"_s : credential.name);

    QString summary = credentialTypeName(credential.type);
    if (credential.enabled)
        summary += u" · "_s + (*credential.enabled ? tr("Enabled") : tr("Disabled: every use of it fails"));
    auto *line = new PlainLabel(singleLine(summary));
    line->setWordWrap(true);
    line->setForegroundRole(QPalette::WindowText);

    auto *heading = new QHBoxLayout;
    heading->setSpacing(10);
    heading->addWidget(icon, 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(name);
    texts->addWidget(line);
    heading->addLayout(texts, 1);
    m_layout->addLayout(heading);
    addCutNote(cut, credential.name);
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_heading);
    const auto buttons = m_buttons->findChildren<QToolButton *>();
    QWidget *before = name;
    for (QToolButton *button : buttons) {
        setTabOrder(before, button);
        before = button;
    }
}

/// A certificate's, before all else.
void CredentialDetails::addExpiry(const Credential &credential)
{
    addRead(
        credential.config.size() > maxPemReadAtOnce,
        [credential, now = QDateTime::currentMSecsSinceEpoch()] { return expiry(credential, now); },
        [this](const std::optional<Expiry> &expiry) { addExpiryRow(expiry); });
}

void CredentialDetails::addExpiryRow(const std::optional<Expiry> &expiry)
{
    if (!expiry)
        return;
    addField(tr("Expires"), expiryText(*expiry, QDateTime::currentMSecsSinceEpoch()));
    if (expiry->state == Expiry::State::Later)
        return;
    const bool hasExpired = expiry->state == Expiry::State::Expired;
    auto *words = new TonedLabel(hasExpired ? TonedLabel::Tone::Attention : TonedLabel::Tone::Warning);
    words->setText(hasExpired ? tr("Expired: replace it.") : tr("Expires soon: replace it before then."));
    auto *icon = new PlainLabel;
    icon->setPixmap(tintedPixmap(symbolicIcon(hasExpired ? u"error"_s : u"warning"_s),
                                 severityColor(palette(), hasExpired ? Severity::Error : Severity::Warning),
                                 *this));
    auto *row = new QHBoxLayout;
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(words, 1);
    m_layout->addLayout(row);
}

/// Shows what the work returns. What takes long comes later, in the place that is kept for it.
template<typename Work, typename Show>
void CredentialDetails::addRead(bool isLong, Work work, Show show)
{
    if (!isLong) {
        show(work());
        return;
    }
    QVBoxLayout *inPlace = addPlace();
    runInBackground(inPlace->parentWidget(), std::move(work), [this, inPlace, show](const auto &found) {
        const QScopedValueRollback layout(m_layout, inPlace);
        show(found);
    });
}

QVBoxLayout *CredentialDetails::addPlace()
{
    auto *place = new QWidget;
    auto *inPlace = new QVBoxLayout(place);
    inPlace->setContentsMargins(0, 0, 0, 0);
    inPlace->setSpacing(m_layout->spacing());
    m_layout->addWidget(place);
    return inPlace;
}

/// Reading a large one takes up to half a second.
void CredentialDetails::addConfig(const Credential &credential)
{
    addRead(
        credential.config.size() > maxConfigReadAtOnce, [credential] { return configRows(credential); },
        [this, credential](const ConfigRows &config) { addConfigRows(credential, config); });
}

void CredentialDetails::addConfigRows(const Credential &credential, const ConfigRows &config)
{
    for (const ConfigRow &row : config.rows) {
        const bool isCode = row.kind == ConfigRow::Text::Code;
        if (row.kind == ConfigRow::Text::Words)
            addField(row.label, row.text);
        else if (isPublicKey(row.text))
            addCopyableField(row.label, row.text, isCode);
        else
            addSensitiveField(row.label, row.text, isCode);
    }
    if (!config.others.isEmpty()) {
        m_room = std::max(m_room, maxShownCharacters);
        addSensitiveField(tr("Other values"), config.others.join(u'\n'), true);
    }
    const QLocale locale;
    if (config.isTooLarge)
        addField(tr("Configuration"),
                 tr("Too large to show: %1.").arg(locale.formattedDataSize(credential.config.size())));
    else if (!config.others.isEmpty())
        addSaving(config.isCut()
                      ? tr("The first %1 of %2 values, in a line each.")
                            .arg(locale.toString(config.shownCount()), locale.toString(config.count))
                      : tr("Each value is shown in a line, which may be cut."),
                  u"configuration.json"_s, [raw = credential.config] { return wholeConfig(raw); });
}

void CredentialDetails::addNote()
{
    auto *note =
        new PlainLabel(tr("Secrets can't be read back: the platform keeps them for workflows alone."));
    note->setWordWrap(true);
    auto *icon = new PlainLabel;
    icon->setPixmap(symbolicIcon(u"lock"_s).pixmap(QSize(16, 16), devicePixelRatioF()));
    auto *row = new QHBoxLayout;
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(note, 1);
    m_layout->addSpacing(10);
    m_layout->addLayout(row);
}

void CredentialDetails::addDescription(const QString &description)
{
    if (!description.isEmpty())
        addField(tr("Description"), description);
}

void CredentialDetails::addUsage(const QString &applicationId, const Credential &credential)
{
    m_usedBy = new UsedByView(m_usages);
    m_layout->addWidget(labelFor(tr("Used by")));
    m_layout->addWidget(m_usedBy);
    m_usedBy->showUsageOf(applicationId, credential);
}

void CredentialDetails::setInventory(const Inventory &inventory, const InventoryModel &model)
{
    m_inventory = &inventory;
    m_inventoryModel = &model;
}

/// Where it is not that of the page.
void CredentialDetails::addApplication(const QString &applicationId)
{
    const int part = m_inventory ? m_inventory->partOf(applicationId) : -1;
    if (part >= 0)
        addField(tr("Application"),
                 InventoryColumns::applicationName(m_inventory->parts()[std::size_t(part)].application));
}

void CredentialDetails::addSameKey(const QString &applicationId, const Credential &credential)
{
    if (!m_inventory)
        return;
    auto *view = new SameKeyView(*m_inventory, *m_inventoryModel);
    connect(view, &SameKeyView::chosen, this, &CredentialDetails::elsewhereChosen);
    m_layout->addWidget(view);
    view->showElsewhere(applicationId, credential.id);
}

void CredentialDetails::stopLooking()
{
    if (m_usedBy)
        m_usedBy->stop();
}

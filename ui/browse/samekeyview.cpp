// SPDX-License-Identifier: GPL-3.0-or-later
#include "browse/samekeyview.h"

#include "domain/showntext.h"
#include "models/credentialcolumns.h"
#include "models/datetext.h"
#include "services/inventory.h"
#include "widgets/namedlist.h"
#include "widgets/scales.h"
#include "widgets/tonedlabel.h"

#include <QDateTime>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxName = 100;

QString shown(const QString &name)
{
    return name.isEmpty() ? u"—"_s : singleLine(name, maxName);
}

QString statusOf(const Credential &credential)
{
    return CredentialColumns::text(credential, CredentialColumns::Status, {});
}

} // namespace

SameKeyView::SameKeyView(const Inventory &inventory, const InventoryModel &model, QWidget *parent)
    : QWidget(parent), m_inventory(inventory), m_model(model)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    m_keys = makePart(tr("Same key in"));
    m_accounts = makePart(tr("Same account in"));
    connect(&m_inventory, &Inventory::finished, this, &SameKeyView::update, Qt::QueuedConnection);
    for (const Part *part : {&m_keys, &m_accounts}) {
        connect(part->list, &QListWidget::itemActivated, this, [this, part](QListWidgetItem *item) {
            const InventoryModel::Place place = part->places.first.at(std::size_t(part->list->row(item)));
            Q_EMIT chosen(place.applicationId, place.credential);
        });
    }
    hide();
}

SameKeyView::Part SameKeyView::makePart(const QString &name)
{
    Part part{.caption = new TonedLabel(TonedLabel::Tone::Quiet),
              .list = new NamedList(name),
              .rest = new TonedLabel(TonedLabel::Tone::Quiet)};
    part.caption->setText(name);
    part.caption->setFont(TypeScale::scaled(font(), 0.9));
    part.caption->setContentsMargins(0, 8, 0, 0);
    part.list->setToolTip(tr("Enter or a double click opens it there"));
    for (QWidget *widget : {static_cast<QWidget *>(part.caption), static_cast<QWidget *>(part.list),
                            static_cast<QWidget *>(part.rest)}) {
        layout()->addWidget(widget);
        widget->hide();
    }
    return part;
}

void SameKeyView::showElsewhere(const QString &applicationId, const QString &credentialId)
{
    m_applicationId = applicationId;
    m_credentialId = credentialId;
    update();
}

void SameKeyView::update()
{
    // While it is read for the first time, what is missing is missing for want of time.
    const bool isKnown = m_inventory.loadedAt() || (m_inventory.isBegun() && !m_inventory.isLoading());
    const bool isMeant = isKnown && !m_credentialId.isEmpty();
    using Places = InventoryModel::Places;
    fill(m_keys, isMeant ? m_model.sameKey(m_applicationId, m_credentialId) : Places());
    fill(m_accounts, isMeant ? m_model.sameAccount(m_applicationId, m_credentialId) : Places());
    setVisible(m_keys.places.count > 0 || m_accounts.places.count > 0);
}

void SameKeyView::fill(Part &part, InventoryModel::Places places)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    part.list->clear();
    for (const InventoryModel::Place &place : places.first) {
        const Credential &credential = place.credential;
        const QString application = shown(place.applicationName);
        const QString name = shown(credential.name);
        const QString updated =
            credential.lastUpdated ? relativeDateText(*credential.lastUpdated, now) : u"—"_s;
        part.list->addNamed(
            application, QStringList{name, statusOf(credential), updated}.join(u" · "_s),
            QStringList{application, name, statusOf(credential), tr("Last updated: %1").arg(updated)}.join(
                u" · "_s));
    }
    part.list->fitRows();
    part.caption->setVisible(places.count > 0);
    const std::size_t others = places.count - places.first.size();
    part.rest->setVisible(others > 0);
    part.rest->setText(tr("%n other(s) are not listed.", nullptr, int(others)));
    part.places = std::move(places);
}

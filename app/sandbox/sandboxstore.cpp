// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxstore.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t filtersKept = 16;
constexpr quint32 createdScope = 0xffffffff;

} // namespace

bool globMatches(QStringView glob, QStringView text)
{
    qsizetype g = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype starText = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == u'*') {
            star = g++;
            starText = t;
        } else if (g < glob.size() && glob[g] == text[t]) {
            ++g;
            ++t;
        } else if (star >= 0) {
            g = star + 1;
            t = ++starText;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == u'*')
        ++g;
    return g == glob.size();
}

CredentialTable::CredentialTable(std::vector<SandboxCredential> credentials)
    : m_credentials(std::move(credentials))
{
    m_slotOfId.reserve(qsizetype(m_credentials.size()));
    m_slotOfName.reserve(qsizetype(m_credentials.size()));
    for (Slot slot = 0; slot < m_credentials.size(); ++slot) {
        m_slotOfId.insert(m_credentials[slot].id, slot);
        m_slotOfName.insert(m_credentials[slot].name, slot);
    }
}

CredentialTable::Page CredentialTable::page(const SandboxPageQuery &query)
{
    const Order order = orderOf(query.sortField);
    const std::vector<Slot> &slots = query.filter.isEmpty() || query.filterField.isEmpty()
                                         ? sorted(order)
                                         : filtered(order, query.filterField, query.filter.toCaseFolded());
    Page page;
    page.total = qsizetype(slots.size());
    if (query.page > page.total / query.perPage)
        return page;
    const qsizetype first = qsizetype(query.page) * query.perPage;
    const qsizetype last = std::min(page.total, first + query.perPage);
    for (qsizetype position = first; position < last; ++position) {
        const qsizetype index = query.isDescending ? page.total - 1 - position : position;
        page.rows.push_back(&m_credentials[slots[std::size_t(index)]]);
    }
    return page;
}

SandboxCredential *CredentialTable::find(const QByteArray &id)
{
    const auto slot = m_slotOfId.constFind(id);
    return slot == m_slotOfId.cend() ? nullptr : &m_credentials[*slot];
}

const SandboxCredential *CredentialTable::findName(const QString &name) const
{
    const auto slot = m_slotOfName.constFind(name);
    return slot == m_slotOfName.cend() ? nullptr : &m_credentials[*slot];
}

SandboxCredential &CredentialTable::insert(SandboxCredential credential)
{
    const Slot slot = Slot(m_credentials.size());
    credential.foldedName = credential.name.toCaseFolded();
    m_slotOfId.insert(credential.id, slot);
    m_slotOfName.insert(credential.name, slot);
    m_credentials.push_back(std::move(credential));
    addToOrders(slot);
    return m_credentials.back();
}

SandboxCredential &CredentialTable::update(SandboxCredential credential)
{
    const Slot slot = m_slotOfId.value(credential.id);
    takeFromOrders(slot);
    m_slotOfName.remove(m_credentials[slot].name);
    credential.foldedName = credential.name.toCaseFolded();
    credential.json.clear();
    m_slotOfName.insert(credential.name, slot);
    m_credentials[slot] = std::move(credential);
    addToOrders(slot);
    return m_credentials[slot];
}

void CredentialTable::remove(const QByteArray &id)
{
    const Slot slot = m_slotOfId.take(id);
    takeFromOrders(slot);
    m_slotOfName.remove(m_credentials[slot].name);
    m_credentials[slot] = {};
}

CredentialTable::Order CredentialTable::orderOf(const QString &sortField)
{
    if (sortField == "name"_L1)
        return ByName;
    if (sortField == "type"_L1)
        return ByType;
    return sortField == "lastUpdated"_L1 ? ByLastUpdated : ByCreationDate;
}

bool CredentialTable::isBefore(Order order, Slot left, Slot right) const
{
    const SandboxCredential &a = m_credentials[left];
    const SandboxCredential &b = m_credentials[right];
    switch (order) {
    case ByName:
        if (const int result = a.foldedName.compare(b.foldedName))
            return result < 0;
        break;
    case ByType:
        if (a.type != b.type)
            return a.type->key < b.type->key;
        break;
    case ByCreationDate:
        if (a.creationDate != b.creationDate)
            return a.creationDate < b.creationDate;
        break;
    case ByLastUpdated:
        if (a.lastUpdated != b.lastUpdated)
            return a.lastUpdated < b.lastUpdated;
        break;
    case OrderCount:
        break;
    }
    return a.id < b.id;
}

const std::vector<CredentialTable::Slot> &CredentialTable::sorted(Order order)
{
    std::vector<Slot> &slots = m_orders[order];
    if (slots.empty()) {
        slots.reserve(std::size_t(size()));
        for (const Slot slot : std::as_const(m_slotOfId))
            slots.push_back(slot);
        std::ranges::sort(slots,
                          [this, order](Slot left, Slot right) { return isBefore(order, left, right); });
    }
    return slots;
}

const std::vector<CredentialTable::Slot> &CredentialTable::filtered(Order order, const QString &field,
                                                                    const QString &glob)
{
    const auto known = std::ranges::find_if(m_filtered, [&](const Filtered &one) {
        return one.order == order && one.field == field && one.glob == glob;
    });
    if (known != m_filtered.end()) {
        std::rotate(known, known + 1, m_filtered.end());
        return m_filtered.back().slots;
    }
    if (m_filtered.size() == filtersKept)
        m_filtered.erase(m_filtered.begin());

    std::vector<Slot> slots;
    const bool isName = field == "name"_L1;
    std::ranges::copy_if(sorted(order), std::back_inserter(slots), [&](Slot slot) {
        const SandboxCredential &credential = m_credentials[slot];
        return globMatches(glob,
                           isName ? credential.foldedName : QString(credential.type->key).toCaseFolded());
    });
    m_filtered.push_back({order, field, glob, std::move(slots)});
    return m_filtered.back().slots;
}

void CredentialTable::addToOrders(Slot slot)
{
    m_filtered.clear();
    for (int order = 0; order < OrderCount; ++order) {
        std::vector<Slot> &slots = m_orders[std::size_t(order)];
        if (slots.empty())
            continue;
        const auto before = [this, order](Slot left, Slot right) {
            return isBefore(Order(order), left, right);
        };
        slots.insert(std::ranges::upper_bound(slots, slot, before), slot);
    }
}

void CredentialTable::takeFromOrders(Slot slot)
{
    m_filtered.clear();
    for (int order = 0; order < OrderCount; ++order) {
        std::vector<Slot> &slots = m_orders[std::size_t(order)];
        const auto before = [this, order](Slot left, Slot right) {
            return isBefore(Order(order), left, right);
        };
        const auto position = std::ranges::lower_bound(slots, slot, before);
        if (position != slots.end() && *position == slot)
            slots.erase(position);
    }
}

SandboxStore::SandboxStore(SampleData samples) : m_samples(samples), m_applications(m_samples.applications())
{
    m_tables.resize(m_applications.size());
    m_indexOfId.reserve(qsizetype(m_applications.size()));
    for (std::size_t index = 0; index < m_applications.size(); ++index)
        m_indexOfId.insert(m_applications[index].id, index);
}

const SandboxApplication *SandboxStore::findApplication(const QByteArray &id) const
{
    const auto index = m_indexOfId.constFind(id.toLower());
    return index == m_indexOfId.cend() ? nullptr : &m_applications[*index];
}

qsizetype SandboxStore::credentialCount(const SandboxApplication &application) const
{
    const auto &table = m_tables[std::size_t(application.number)];
    return table ? table->size() : application.sampleCredentials;
}

CredentialTable &SandboxStore::credentials(const SandboxApplication &application)
{
    auto &table = m_tables[std::size_t(application.number)];
    if (!table)
        table = std::make_unique<CredentialTable>(m_samples.credentials(application));
    return *table;
}

QByteArray SandboxStore::newCredentialId()
{
    return SampleData::id(createdScope, m_created++);
}

qint64 SandboxStore::nextDate()
{
    m_lastDate = std::max(m_lastDate + 1, QDateTime::currentMSecsSinceEpoch());
    return m_lastDate;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/inventory.h"

#include <algorithm>
#include <utility>

int Inventory::expectedCount() const
{
    int count = 0;
    for (const Part &part : m_parts) {
        const int rows = int(part.rows.size());
        count += part.isWhole ? rows : std::max(rows, part.application.credentialCount.value_or(0));
    }
    return count;
}

std::vector<int> Inventory::failedParts() const
{
    std::vector<int> failed;
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        if (m_parts[part].error)
            failed.push_back(int(part));
    }
    return failed;
}

/// Makes the parts those of the list. Until that is complete, parts that are not in it stay, behind the
/// others.
void Inventory::arrangeParts(bool isListComplete)
{
    std::vector<Part> parts;
    parts.reserve(std::max(m_list.size(), m_parts.size()));
    std::vector<bool> isTaken(m_parts.size());
    bool isSame = true;
    for (const Application &application : m_list) {
        const int former = partOf(application.id);
        isSame &= former == int(parts.size());
        Part part;
        if (former >= 0) {
            part = std::move(m_parts[std::size_t(former)]);
            isTaken[std::size_t(former)] = true;
        }
        const auto count = std::exchange(part.application.credentialCount, application.credentialCount);
        if (part.application != application) {
            isSame = false;
            part.application = application;
            part.searched = searchedText(application);
        } else if (part.isWhole && !application.credentialCount) {
            part.application.credentialCount = count;
        }
        parts.push_back(std::move(part));
    }
    for (std::size_t former = 0; former < m_parts.size(); ++former) {
        if (isTaken[former])
            continue;
        if (isListComplete)
            isSame = false;
        else
            parts.push_back(std::move(m_parts[former]));
    }
    m_parts = std::move(parts);
    if (isSame)
        return;
    m_partOf.clear();
    m_rowCount = 0;
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        m_partOf.insert(m_parts[part].application.id, int(part));
        m_rowCount += int(m_parts[part].rows.size());
    }
    Q_EMIT partsReset();
}

void Inventory::replaceRows(int part, std::vector<InventoryRow> rows)
{
    std::vector<InventoryRow> &former = m_parts[std::size_t(part)].rows;
    const auto [kept, ignored] = std::ranges::mismatch(rows, former);
    if (kept == rows.end() && rows.size() == former.size())
        return;
    const int first = int(kept - rows.begin());
    m_rowCount += int(rows.size()) - int(former.size());
    former = std::move(rows);
    Q_EMIT partChanged(part, first);
}

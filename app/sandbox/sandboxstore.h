// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sampledata.h"
#include "sandbox/sandboxrecords.h"

#include <QHash>

#include <array>
#include <memory>
#include <span>
#include <vector>

/// Which rows of a collection are asked for, and in what order.
struct SandboxPageQuery
{
    QString sortField;
    bool isDescending = false;
    qint64 page = 0;
    int perPage = 100;
    QString filterField;
    QString filter; ///< a glob; empty: everything
};

/// Whether a glob matches the whole text: `*` is any text, and nothing else is special. Both are case-folded.
bool globMatches(QStringView glob, QStringView text);

/// The credentials of one application. A page costs the same wherever it lies: every order is kept sorted.
class CredentialTable
{
public:
    struct Page
    {
        std::vector<SandboxCredential *> rows; ///< until the next change
        qsizetype total = 0;
    };

    explicit CredentialTable(std::vector<SandboxCredential> credentials);

    Page page(const SandboxPageQuery &query);
    qsizetype size() const { return qsizetype(m_slotOfId.size()); }

    /// The credential of this id, until the next change, or nullptr.
    SandboxCredential *find(const QByteArray &id);
    /// The credential of exactly this name, until the next change, or nullptr.
    const SandboxCredential *findName(const QString &name) const;

    /// Its id and name must be new.
    SandboxCredential &insert(SandboxCredential credential);
    /// Replaces the credential of the same id, which must exist; a new name must be free.
    SandboxCredential &update(SandboxCredential credential);
    void remove(const QByteArray &id);

private:
    using Slot = quint32;
    enum Order { ByName, ByType, ByCreationDate, ByLastUpdated, OrderCount };
    struct Filtered
    {
        Order order;
        QString field;
        QString glob;
        std::vector<Slot> slots;
    };

    static Order orderOf(const QString &sortField);
    bool isBefore(Order order, Slot left, Slot right) const;
    const std::vector<Slot> &sorted(Order order);
    const std::vector<Slot> &filtered(Order order, const QString &field, const QString &glob);
    void addToOrders(Slot slot);
    void takeFromOrders(Slot slot);

    std::vector<SandboxCredential> m_credentials; ///< by slot; what was removed stays as an empty one
    QHash<QByteArray, Slot> m_slotOfId;
    QHash<QString, Slot> m_slotOfName;
    std::array<std::vector<Slot>, OrderCount> m_orders; ///< empty until first asked for
    std::vector<Filtered> m_filtered;                   ///< of the last filters; the latest at the end
};

/// All applications and their credentials. An application's credentials are made when they are first asked
/// for.
class SandboxStore
{
public:
    explicit SandboxStore(SampleData samples);

    std::span<const SandboxApplication> applications() const { return m_applications; }
    /// By an id in any case; nullptr if there is none.
    const SandboxApplication *findApplication(const QByteArray &id) const;
    qsizetype credentialCount(const SandboxApplication &application) const;
    CredentialTable &credentials(const SandboxApplication &application);
    QByteArray newCredentialId();
    /// The time, but later than the last time it was asked for: so what changes keeps its order.
    qint64 nextDate();

private:
    SampleData m_samples;
    std::vector<SandboxApplication> m_applications;
    QHash<QByteArray, std::size_t> m_indexOfId;
    std::vector<std::unique_ptr<CredentialTable>> m_tables;
    quint32 m_created = 0;
    qint64 m_lastDate = 0;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/expiry.h"
#include "models/inventorymodel.h"
#include "support/inventoryscene.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QTest>

#include <memory>

inline constexpr qint64 day = 86'400'000;

inline const Application plantFloor{
    .id = QStringLiteral("a1"), .name = QStringLiteral("Plant floor"), .owner = Application::Owner::User};
inline const Application osaka{.id = QStringLiteral("a2"),
                               .name = QStringLiteral("osaka"),
                               .owner = Application::Owner::Organization,
                               .ownerId = QStringLiteral("57a"),
                               .organizationName = QStringLiteral("Acme")};
inline const Application unnamed{
    .id = QStringLiteral("a3"), .owner = Application::Owner::Organization, .ownerId = QStringLiteral("57b")};

inline Credential aws(const QString &id, const QString &name, const QString &key)
{
    return {.id = id,
            .name = name,
            .type = QStringLiteral("aws"),
            .enabled = true,
            .config = R"({"accessKeyId":")" + key.toUtf8() + R"(","region":"us-east-1"})"};
}

inline Credential certificate(const QString &id, const QString &name, const QByteArray &fingerprint,
                              const QDateTime &end)
{
    return {.id = id,
            .name = name,
            .type = QStringLiteral("certificateKeyPair"),
            .config = R"({"certificate":"","info":{"fingerprint":")" + fingerprint +
                      R"(","notValidAfter":")" + end.toUTC().toString(Qt::ISODateWithMs).toLatin1() +
                      R"("}})"};
}

inline Credential sql(const QString &id, const QString &name, const QString &host)
{
    return {.id = id,
            .name = name,
            .type = QStringLiteral("sql"),
            .enabled = false,
            .config = R"({"system":"pg","host":")" + host.toUtf8() + R"(","port":5432,"username":"losant"})"};
}

/// The table of all credentials on an inventory that is filled by hand.
class InventoryModelScene : public QObject
{
protected:
    using Model = InventoryModel;
    using QuickFilter = InventoryModel::QuickFilter;

    void setUp()
    {
        m_now = QDateTime::currentMSecsSinceEpoch();
        m_inventory = std::make_unique<InventoryScene>();
        m_model = std::make_unique<Model>(*m_inventory);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void tearDown()
    {
        m_tester.reset();
        m_model.reset();
        m_inventory.reset();
    }

    /// Three of the first, two of the second, one of the last.
    void fill()
    {
        Credential archive = dated(
            aws(QStringLiteral("01"), QStringLiteral("Archive"), QStringLiteral("AKIAIOSFODNN7EXAMPLE")), 400,
            390);
        archive.description = QStringLiteral("nightly");
        archive.createdById = QStringLiteral("u1");
        archive.createdByType = QStringLiteral("user");
        archive.lastUpdatedById = QStringLiteral("f9");
        archive.lastUpdatedByType = QStringLiteral("flow");
        Credential broker =
            dated(certificate(QStringLiteral("02"), QStringLiteral("broker"), "AB:CD", inDays(20)), 10, 5);
        broker.enabled = true;
        Credential recipes = dated(
            sql(QStringLiteral("03"), QStringLiteral("Recipes"), QStringLiteral("db.example.net")), 50, 40);
        recipes.description = QStringLiteral("Ask first");
        recipes.createdById = QStringLiteral("f1");
        recipes.createdByType = QStringLiteral("flow");
        Credential export_ =
            dated(aws(QStringLiteral("04"), QStringLiteral("Export"), QStringLiteral("AKIAIOSFODNN7EXAMPLE")),
                  3, 2);
        Credential zone =
            dated(certificate(QStringLiteral("05"), QStringLiteral("Zone"), "00:11", inDays(-3)), 700, 690);
        zone.lastUpdatedById = QStringLiteral("u1");
        zone.lastUpdatedByType = QStringLiteral("user");
        m_inventory->setApplications({plantFloor, osaka, unnamed});
        m_inventory->add(0, {recipes, archive, broker});
        m_inventory->add(1, {zone, export_});
        m_inventory->add(2, {{.id = QStringLiteral("06"),
                              .name = QStringLiteral("Älteste"),
                              .type = QStringLiteral("quantum")}});
        QTRY_COMPARE(m_model->rowCount(), 6);
    }

    QStringList names(const Model &model, int column = Model::Name) const
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names.append(model.index(row, column).data().toString());
        return names;
    }
    QStringList names() const { return names(*m_model); }
    void setFilter(const QString &text) { m_model->setFilter(InventoryFilter::parse(text, m_now)); }
    QString text(int row, int column, int role = Qt::DisplayRole) const
    {
        return m_model->index(row, column).data(role).toString();
    }
    Credential dated(Credential credential, int createdDaysAgo, int updatedDaysAgo) const
    {
        credential.creationDate = m_now - createdDaysAgo * day;
        credential.lastUpdated = m_now - updatedDaysAgo * day;
        return credential;
    }
    QDateTime inDays(int days) const { return QDateTime::fromMSecsSinceEpoch(m_now + days * day, Qt::UTC); }

    qint64 m_now = 0;
    std::unique_ptr<InventoryScene> m_inventory;
    std::unique_ptr<Model> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

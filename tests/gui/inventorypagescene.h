// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QApplication>
#include <QCheckBox>
#include <QListWidget>
#include <QTableView>
#include <QTreeView>

/// The main window on three applications with six credentials, of which two have the same key, and two only
/// the same account. What tests the page of all applications derives from it.
class InventoryPageScene : public QObject
{
protected:
    static inline const QString all = QStringLiteral("All credentials");
    static inline const QString status = QStringLiteral("Inventory status");
    static inline const QString wholeStatus = QStringLiteral("6 credential(s) in 3 application(s)");

    void setUp()
    {
        m_losant = std::make_unique<FakeLosant>();
        m_settings = std::make_unique<TestSettings>();
        m_plant = m_losant->addApplication(QStringLiteral("Plant floor"));
        m_warehouse = m_losant->addApplication(QStringLiteral("Warehouse"));
        m_osaka = m_losant->addApplication(QStringLiteral("Osaka line"), QStringLiteral("Acme"));
        const QString shared = QStringLiteral("AKIASHAREDSHARED0001");
        QJsonObject broker =
            aws(m_osaka, QStringLiteral("Broker"), 901, QStringLiteral("AKIAOSAKAOSAKA000001"));
        m_losant->setCredentials(m_plant, {aws(m_plant, QStringLiteral("S3 archive"), 1, shared),
                                           sql(m_plant, QStringLiteral("Historian"), 2), old(m_plant, 3)});
        m_losant->setCredentials(m_warehouse,
                                 {aws(m_warehouse, QStringLiteral("S3 backup"), 4, shared), // disabled
                                  sql(m_warehouse, QStringLiteral("Historian copy"), 5)});
        m_losant->setCredentials(m_osaka, {broker});
    }

    void tearDown()
    {
        while (QWidget *popup = QApplication::activePopupWidget())
            popup->close();
        if (dialog())
            dialog()->done(QDialog::Rejected);
        m_window.reset();
    }

    /// Each so many days old.
    static QJsonObject of(const QString &applicationId, QJsonObject credential)
    {
        credential[QStringLiteral("applicationId")] = applicationId;
        return credential;
    }
    static QJsonObject aws(const QString &applicationId, const QString &name, int days, const QString &key)
    {
        QJsonObject credential = of(applicationId, FakeLosant::credential(name, days));
        credential[QStringLiteral("awsConfig")] = QJsonObject{
            {QStringLiteral("accessKeyId"), key}, {QStringLiteral("region"), QStringLiteral("us-east-1")}};
        return credential;
    }
    static QJsonObject sql(const QString &applicationId, const QString &name, int days)
    {
        QJsonObject credential = of(applicationId, FakeLosant::credential(name, days, QStringLiteral("sql")));
        credential[QStringLiteral("sqlConfig")] =
            QJsonObject{{QStringLiteral("system"), QStringLiteral("pg")},
                        {QStringLiteral("host"), QStringLiteral("db.example.com")},
                        {QStringLiteral("port"), 5432},
                        {QStringLiteral("username"), QStringLiteral("losant")}};
        return credential;
    }
    /// A certificate that has expired.
    static QJsonObject old(const QString &applicationId, int days)
    {
        QJsonObject credential =
            of(applicationId, FakeLosant::credential(QStringLiteral("Old gateway"), days,
                                                     QStringLiteral("certificateKeyPair")));
        credential[QStringLiteral("certificateKeyPairConfig")] = QJsonObject{
            {QStringLiteral("info"),
             QJsonObject{{QStringLiteral("fingerprint"), QStringLiteral("AB:CD:EF:01")},
                         {QStringLiteral("notValidAfter"), QStringLiteral("2020-01-01T00:00:00.000Z")}}}};
        return credential;
    }

    void openWindow(Profile profile = {})
    {
        profile.connection.server = m_losant->url();
        m_window = std::make_unique<OpenWindow>(profile, m_settings->settings);
    }

    /// At the first application, whose list is there.
    void open(const Profile &profile = {})
    {
        openWindow(profile);
        QTRY_COMPARE(m_window->label(QStringLiteral("Page status")), QStringLiteral("1–3 of 3"));
        QTRY_COMPARE(m_window->tree(QStringLiteral("Applications"))->model()->rowCount(), 3);
    }

    /// By the keyboard, and then all of them are there.
    void openAll(const Profile &profile = {})
    {
        open(profile);
        m_window->key(Qt::Key_0, Qt::ControlModifier);
        QTRY_COMPARE(m_window->label(status), wholeStatus);
        QTRY_COMPARE(names().size(), 6);
    }

    QString title() const { return m_window->window().windowTitle(); }
    QStringList names() const { return m_window->column(all, QStringLiteral("Name")); }
    QString cell(const QString &name, const QString &column) const
    {
        return m_window->column(all, column).value(names().indexOf(name));
    }
    void select(const QString &name) const { m_window->clickCell(all, name); }
    QStringList selected() const
    {
        QStringList found;
        for (const QModelIndex &row : m_window->table(all)->selectionModel()->selectedRows())
            found += row.data().toString();
        return found;
    }

    void filter(const QString &text) const
    {
        m_window->line(QStringLiteral("Filter all credentials"))->setText(text);
    }
    QCheckBox *box(const QString &name) const
    {
        return qobject_cast<QCheckBox *>(m_window->part(QAccessible::CheckBox, name));
    }
    bool offers(const QString &button) const { return m_window->has(QAccessible::PushButton, button); }
    QString said(const QString &label) const
    {
        return m_window->has(QAccessible::StaticText, label) ? m_window->label(label) : QString();
    }
    /// Nothing if there is no such list.
    QStringList listed(const QString &list) const
    {
        QStringList items;
        if (!m_window->has(QAccessible::List, list))
            return items;
        const auto *widget = qobject_cast<QListWidget *>(m_window->part(QAccessible::List, list));
        for (int row = 0; row < widget->count(); ++row)
            items += widget->item(row)->text();
        return items;
    }

    /// Pages of this application are answered so, as long as nothing else is said.
    void answerPagesOf(const QString &applicationId, const ScriptedReply &reply)
    {
        const QByteArray path = "/applications/" + applicationId.toUtf8() + "/credentials";
        m_losant->setException([path, reply](const RecordedRequest &request) {
            return request.path() == path ? std::optional(reply) : std::nullopt;
        });
    }
    void answerList(const ScriptedReply &reply)
    {
        m_losant->setException([reply](const RecordedRequest &request) {
            return request.path() == "/applications" ? std::optional(reply) : std::nullopt;
        });
    }

    QDialog *dialog() const { return qobject_cast<QDialog *>(QApplication::activeModalWidget()); }

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
    QString m_plant;
    QString m_warehouse;
    QString m_osaka;
};

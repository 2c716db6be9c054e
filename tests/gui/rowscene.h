// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/openwindow.h"
#include "support/holdsfor.h"

#include <QApplication>
#include <QTableView>
#include <QTreeView>

/// The main window on two applications, `Plant floor` with six credentials, `Warehouse` with two, and what a
/// person does to a row of it. What tests it derives from it.
class RowScene : public QObject
{
protected:
    static inline const QString credentials = QStringLiteral("Credentials");
    static inline const QString doneMessage = QStringLiteral("Done message");
    static inline const QString errorMessage = QStringLiteral("Error message");

    void setUp()
    {
        m_losant = std::make_unique<FakeLosant>();
        m_settings = std::make_unique<TestSettings>();
        QJsonArray rows = FakeLosant::someCredentials(5);
        rows.append(FakeLosant::credential(QStringLiteral("Credential 6"), 6, QStringLiteral("unheard")));
        m_losant->setCredentials(m_losant->addApplication(QStringLiteral("Plant floor")), rows);
        m_losant->setCredentials(m_losant->addApplication(QStringLiteral("Warehouse")),
                                 FakeLosant::someCredentials(2));
    }

    void tearDown()
    {
        if (dialog())
            dialog()->done(QDialog::Rejected);
        m_window.reset();
    }

    void open(const Profile &profile = {})
    {
        Profile own = profile;
        own.connection.server = m_losant->url();
        m_window = std::make_unique<OpenWindow>(own, m_settings->settings);
        QTRY_COMPARE(m_window->label(QStringLiteral("Page status")), QStringLiteral("1–6 of 6"));
    }

    /// At this row.
    void openAt(const QString &name, const Profile &profile = {})
    {
        open(profile);
        select(name);
    }

    void openWarehouse() const
    {
        m_window->tree(QStringLiteral("Applications"))->setFocus();
        m_window->key(Qt::Key_Down);
        QTRY_COMPARE(m_window->label(QStringLiteral("Page status")), QStringLiteral("1–2 of 2"));
    }

    /// As a window manager does once what was over the window has closed.
    void activate() const
    {
        m_window->mainWindow().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_window->mainWindow()));
    }

    void select(const QString &name) const { m_window->clickCell(credentials, name); }

    QString selected() const
    {
        const QModelIndexList rows = m_window->table(credentials)->selectionModel()->selectedRows();
        return rows.size() == 1 ? rows.first().data().toString() : QString();
    }

    QString status(const QString &name) const
    {
        const qsizetype row = m_window->column(credentials, QStringLiteral("Name")).indexOf(name);
        return m_window->column(credentials, QStringLiteral("Status")).value(row);
    }

    /// By this label, if it shows.
    QString said(const QString &label) const
    {
        return m_window->has(QAccessible::StaticText, label) ? m_window->label(label) : QString();
    }

    bool offers(const QString &button) const { return m_window->has(QAccessible::PushButton, button); }
    bool isOn(const QString &button) const { return m_window->isEnabled(QAccessible::PushButton, button); }

    void pick(int key) const { m_window->key(key, Qt::ControlModifier | Qt::ShiftModifier); }
    void toggle() const { pick(Qt::Key_D); }

    int patches() const { return m_losant->server().count("PATCH"); }
    RecordedRequest lastPatch() const
    {
        RecordedRequest last;
        for (const RecordedRequest &request : m_losant->server().requests()) {
            if (request.method == "PATCH")
                last = request;
        }
        return last;
    }

    /// Of one credential: no page, nor what uses it.
    static bool isOfOne(const RecordedRequest &request) { return request.path().split('/').size() == 5; }

    /// Answers PATCH so, as long as it is not told otherwise.
    void answerPatch(const ScriptedReply &reply)
    {
        m_losant->setException([reply](const RecordedRequest &request) {
            return request.method == "PATCH" ? std::optional(reply) : std::nullopt;
        });
    }

    /// Credential 2 is disabled, but the answer is lost, and what became of that can't be looked up.
    void loseTrack()
    {
        m_losant->setException([this](const RecordedRequest &request) -> std::optional<ScriptedReply> {
            if (request.method == "PATCH") {
                changeBehindTheBack(QStringLiteral("Credential 2"), QStringLiteral("enabled"), false);
                return ScriptedReply{.way = ScriptedReply::Way::CloseBefore};
            }
            return isOfOne(request) && patches() > 0
                       ? std::optional(FakeLosant::error(403, QStringLiteral("No.")))
                       : std::nullopt;
        });
        select(QStringLiteral("Credential 2"));
        toggle();
        QTRY_VERIFY_WITH_TIMEOUT(offers(QStringLiteral("Check again")), 20'000);
    }

    void changeBehindTheBack(const QString &name, const QString &key, const QJsonValue &value)
    {
        QJsonArray rows = m_losant->credentials(FakeLosant::applicationId(1));
        for (QJsonValueRef row : rows) {
            QJsonObject credential = row.toObject();
            if (credential[QStringLiteral("name")] != name)
                continue;
            credential[key] = value;
            credential[QStringLiteral("lastUpdated")] =
                QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
            row = credential;
        }
        m_losant->setCredentials(FakeLosant::applicationId(1), rows);
    }

    QDialog *dialog() const { return qobject_cast<QDialog *>(QApplication::activeModalWidget()); }

    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
};

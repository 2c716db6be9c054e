// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchapplication.h"
#include "commands.h"
#include "gui/openwindow.h"
#include "models/inventorymodel.h"

#include <QEventLoop>
#include <QTableView>
#include <QTimer>

/// The real window on a server of the bench, in which all applications can be opened.
class AllCredentials
{
public:
    /// `rows` is how many credentials the server has. What the window asks for first has come in.
    AllCredentials(const BenchServer &server, int rows)
        : m_rows(rows), m_application(static_cast<BenchApplication &>(*qApp))
    {
        m_window = std::make_unique<OpenWindow>(server.profile, m_settings.settings, server.applicationId);
        QTest::qWait(1000);
    }

    /// By the keyboard. Nothing has been answered when it returns.
    void open()
    {
        m_window->key(Qt::Key_0, Qt::ControlModifier);
        if (!QTest::qWaitFor([this] { return findTable(); }))
            qFatal("There is no table of all credentials");
        m_table = findTable();
        m_model = qobject_cast<InventoryModel *>(m_table->model());
        if (!m_model)
            qFatal("The table does not show an InventoryModel");
        m_application.watch(m_table->viewport());
    }

    void awaitFilled() const
    {
        // Not QTest::qWaitFor(), which sleeps ten milliseconds at a time: that is no delay of the window's.
        QEventLoop loop;
        QTimer check;
        QObject::connect(&check, &QTimer::timeout, &loop, [&] {
            if (isFilled())
                loop.quit();
        });
        check.start(50);
        QTimer::singleShot(120'000, &loop, &QEventLoop::quit);
        loop.exec();
        if (!isFilled())
            qFatal("%d of %d credentials are there", m_model->rowCount(), m_rows);
    }

    bool isFilled() const { return m_model->rowCount() == m_rows; }
    OpenWindow &window() const { return *m_window; }
    QTableView &table() const { return *m_table; }
    InventoryModel &model() const { return *m_model; }
    BenchApplication &application() const { return m_application; }

    /// As BenchApplication::untilPainted(), with a frame of the table in any case.
    double untilPainted(const std::function<void()> &gesture, const std::function<bool()> &isShown) const
    {
        const auto withFrame = [&] {
            gesture();
            m_table->viewport()->update();
        };
        return m_application.untilPainted(withFrame, [&] {
            if (isShown())
                return true;
            m_table->viewport()->update();
            return false;
        });
    }

private:
    /// Whether it is visible or not.
    QTableView *findTable() const
    {
        for (QTableView *view : m_window->window().findChildren<QTableView *>()) {
            if (view->accessibleName() == QLatin1StringView("All credentials"))
                return view;
        }
        return nullptr;
    }

    const int m_rows;
    BenchApplication &m_application;
    TestSettings m_settings;
    std::unique_ptr<OpenWindow> m_window;
    QTableView *m_table = nullptr;
    InventoryModel *m_model = nullptr;
};

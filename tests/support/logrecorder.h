// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>
#include <QMutex>
#include <QStringList>

/// Records what the whole process logs, from every thread, as long as it lives. One at a time.
class LogRecorder
{
public:
    /// `rules` as in QT_LOGGING_RULES.
    explicit LogRecorder(const QString &rules)
    {
        s_lines.clear();
        QLoggingCategory::setFilterRules(rules);
        m_previous = qInstallMessageHandler(&LogRecorder::record);
    }

    ~LogRecorder()
    {
        qInstallMessageHandler(m_previous);
        QLoggingCategory::setFilterRules({});
    }

    Q_DISABLE_COPY_MOVE(LogRecorder)

    /// Each begins with its category.
    QStringList lines() const
    {
        const QMutexLocker locker(&s_mutex);
        return s_lines;
    }

    QString text() const { return lines().join(u'\n'); }

private:
    static void record(QtMsgType, const QMessageLogContext &context, const QString &message)
    {
        const QMutexLocker locker(&s_mutex);
        s_lines += QString::fromLatin1(context.category) + QLatin1String(": ") + message;
    }

    static inline QMutex s_mutex;
    static inline QStringList s_lines;
    QtMessageHandler m_previous = nullptr;
};

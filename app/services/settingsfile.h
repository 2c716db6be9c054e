// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSettings>

#include <memory>

/// Settings in a file of the person's configuration folder, which nobody else can read.
///
/// A file that is damaged is copied before anything is written in its place. Where nothing can be written,
/// the settings last as long as this object does.
class SettingsFile : public QObject
{
    Q_OBJECT

public:
    /// One object for each name: what is wrong with a file is found out by the first.
    explicit SettingsFile(const QString &name);
    ~SettingsFile() override;

    QSettings &settings() { return *m_settings; }

    /// Writes, and tells what is wrong, then and whenever something can't be written later.
    void check();
    /// Writes what has changed at once.
    void save() { m_settings->sync(); }
    /// The same, and reads what others have written. Whether there is a file that can be read.
    bool reload();

Q_SIGNALS:
    /// What happened and what to do, in words; once.
    void problemFound(const QString &problem);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void keepCopy();
    void useMemory(const QString &name);
    void tell();

    std::unique_ptr<QSettings> m_settings;
    QString m_problem; ///< of reading
    bool m_isTold = false;
};

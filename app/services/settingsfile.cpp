// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/settingsfile.h"

#include "domain/showntext.h"
#include "services/settingskeys.h"

#include <QCoreApplication>
#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTemporaryFile>

using namespace Qt::StringLiterals;

namespace {

constexpr QFile::Permissions ownersAlone = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions anyoneElses = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                           QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

/// Without a home Qt takes the root folder for one.
bool hasHome()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    return !qEnvironmentVariableIsEmpty("HOME") || qgetenv("XDG_CONFIG_HOME").startsWith('/');
#else
    return true;
#endif
}

/// QSettings leaves a file as readable as it is: it has to be there first.
void makePrivate(const QString &path)
{
    const QFileInfo info(path);
    QFile file(path);
    if (info.exists()) {
        if (info.permissions() & anyoneElses)
            file.setPermissions(info.permissions() & ~anyoneElses);
        return;
    }
    const QFileInfo folder(info.path());
    if (!folder.exists()) {
        QDir().mkpath(folder.path());
        QDir().mkdir(folder.filePath(), ownersAlone | QFile::ExeOwner);
    }
    [[maybe_unused]] const bool isThere =
        file.open(QFile::WriteOnly | QFile::NewOnly, ownersAlone); // or told later
}

/// Whether this very file is damaged. QSettings reads system-wide files too, and caches what it has parsed,
/// so a copy in another place is parsed.
bool isDamaged(const QString &path)
{
    const QTemporaryDir folder;
    const QString copy = folder.filePath(u"settings"_s);
    if (!QFile::copy(path, copy))
        return true;
    QSettings file(copy, QSettings::IniFormat);
    file.allKeys();
    return file.status() == QSettings::FormatError;
}

/// What the system says of a file that is written there.
QString reasonNotToWrite(const QString &path)
{
    QString folder = QFileInfo(path).path();
    while (!QFileInfo::exists(folder) && folder != QFileInfo(folder).path())
        folder = QFileInfo(folder).path();
    QTemporaryFile file(folder + "/credenza-XXXXXX"_L1);
    const QByteArray some(16 * 1024, ' ');
    if (!file.open() || file.write(some) != some.size() || !file.flush())
        return file.errorString();
    return SettingsFile::tr("the file can't be written");
}

} // namespace

SettingsFile::SettingsFile(const QString &name)
{
    if (!hasHome()) {
        useMemory(name);
        m_problem = tr("There is no home folder to keep settings in, as HOME is not set: they last until you "
                       "quit. Set HOME or XDG_CONFIG_HOME, and start again.");
        return;
    }
    m_settings = std::make_unique<QSettings>(QCoreApplication::organizationName(), name);
    makePrivate(m_settings->fileName());
    m_settings->allKeys(); // has all of the file parsed, which else is done when it has been written over
    if (m_settings->status() == QSettings::FormatError && isDamaged(m_settings->fileName()))
        keepCopy();
}

SettingsFile::~SettingsFile()
{
    const QString path = m_settings->fileName();
    m_settings.reset(); // writes
    if (const QFileInfo file(path); file.isFile() && file.size() == 0)
        QFile::remove(path);
}

void SettingsFile::keepCopy()
{
    const QString path = m_settings->fileName();
    QString copy = path + ".bak"_L1;
    constexpr int maxCopies = 9; // each of which may hold what is missing in the next
    for (int number = 2; QFile::exists(copy) && number <= maxCopies; ++number)
        copy = path + ".bak"_L1 + QString::number(number);
    QFile file(path);
    if (file.copy(copy)) {
        m_problem =
            tr("The settings in %1 are damaged. What could be read is used; the file as it was is now "
               "%2. Set up again what is missing, or repair that file and put it back.")
                .arg(quoted(path), quoted(copy));
        return;
    }
    m_problem =
        tr("The settings in %1 are damaged, and there can be no copy of them: %2. The file is left as "
           "it is, and what you change lasts until you quit. Repair or remove it, and start again.")
            .arg(quoted(path), quoted(file.errorString()));
    useMemory(QFileInfo(path).completeBaseName());
}

/// QSettings keeps what it can't write, and no file can be made below one that is no folder.
void SettingsFile::useMemory(const QString &name)
{
    m_settings = std::make_unique<QSettings>(u"/dev/null/"_s + name, QSettings::IniFormat);
}

void SettingsFile::check()
{
    if (m_isTold)
        return;
    m_settings->removeEventFilter(this);
    m_settings->installEventFilter(this);
    if (m_problem.isEmpty()) {
        m_settings->setValue(SettingsKeys::version, QCoreApplication::applicationVersion());
        m_settings->sync();
    }
    tell();
}

bool SettingsFile::reload()
{
    m_settings->sync();
    return m_settings->status() != QSettings::FormatError && QFileInfo::exists(m_settings->fileName());
}

bool SettingsFile::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::UpdateRequest) // it is about to write
        QMetaObject::invokeMethod(this, &SettingsFile::tell, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

void SettingsFile::tell()
{
    if (m_isTold)
        return;
    if (m_problem.isEmpty() && m_settings->status() == QSettings::AccessError) {
        const QString path = m_settings->fileName();
        m_problem =
            tr("Settings can't be kept in %1: %2. What you change lasts until you quit. See to it that "
               "the file and its folder can be written and that the disk has room.")
                .arg(quoted(QDir::toNativeSeparators(path)), reasonNotToWrite(path));
    }
    if (m_problem.isEmpty())
        return;
    m_isTold = true;
    Q_EMIT problemFound(m_problem);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secretclipboard.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What this process put there and nobody has replaced, or nullptr: as long as the process owns the
/// clipboard, Qt hands out the very object.
const SecretMimeData *ours(QClipboard::Mode mode)
{
    return qobject_cast<const SecretMimeData *>(QGuiApplication::clipboard()->mimeData(mode));
}

} // namespace

SecretMimeData::SecretMimeData(const QString &text, TonedLabel *note) : m_note(note)
{
    setText(text);
#ifdef Q_OS_WIN
    const QByteArray no(sizeof(quint32), '\0');
    for (const auto name : {"ExcludeClipboardContentFromMonitorProcessing"_L1,
                            "CanIncludeInClipboardHistory"_L1, "CanUploadToCloudClipboard"_L1})
        setData("application/x-qt-windows-mime;value=\""_L1 + name + u'"', no);
#else
    setData(u"x-kde-passwordManagerHint"_s, "secret"); // KDE's word, which others heed too
#endif
}

SecretClipboard::SecretClipboard(std::chrono::milliseconds keeps, QObject *parent)
    : QObject(parent), m_keeps(keeps)
{
    const QClipboard *clipboard = QGuiApplication::clipboard();
    m_tick.setTimerType(Qt::PreciseTimer); // one that comes a little early would have to come again
    connect(&m_tick, &QTimer::timeout, this, &SecretClipboard::countDown);
    connect(clipboard, &QClipboard::dataChanged, this, [this] { changed(QClipboard::Clipboard); });
    connect(clipboard, &QClipboard::selectionChanged, this, [this] { changed(QClipboard::Selection); });
}

SecretClipboard::~SecretClipboard()
{
    clear();
}

void SecretClipboard::copy(const QString &text, TonedLabel *note)
{
    QGuiApplication::clipboard()->setMimeData(new SecretMimeData(text, note));
}

void SecretClipboard::changed(QClipboard::Mode mode)
{
    const SecretMimeData *data = ours(mode);
    if (mode == QClipboard::Clipboard) {
        if (m_note)
            m_note->hide();
        m_note = data ? data->note() : nullptr;
    }
    if (data) {
        m_deadline.setRemainingTime(m_keeps, Qt::PreciseTimer);
        m_tick.start(std::min<std::chrono::milliseconds>(m_keeps, 1s));
        countDown();
    }
}

void SecretClipboard::countDown()
{
    const auto left =
        std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds(m_deadline.remainingTime()));
    if (left <= 0s) {
        clear();
    } else if (m_note) {
        m_note->setMessage(tr("Copied. It is cleared from the clipboard in %1 s.").arg(left.count()));
        m_note->show();
    }
}

void SecretClipboard::clear()
{
    m_tick.stop();
    for (const auto mode : {QClipboard::Clipboard, QClipboard::Selection}) {
        if (ours(mode))
            QGuiApplication::clipboard()->clear(mode);
    }
    if (m_note)
        m_note->hide();
}

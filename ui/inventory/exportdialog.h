// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/inventoryexport.h"
#include "widgets/growingdialog.h"

#include <QTimer>

#include <atomic>
#include <memory>

class LineEdit;
class LoadingBar;
class MessageBanner;
class PlainLabel;
class QPushButton;
class QSettings;

/// Writes credentials to a file, CSV or JSON by its name, in another thread. While it writes, closing the
/// dialog stops that; the file is then as it was before.
class ExportDialog : public GrowingDialog
{
    Q_OBJECT

public:
    /// `isWhole`: nothing is missing that had not been read. The settings must outlive the dialog.
    ExportDialog(InventoryExport content, bool isWhole, QSettings &settings, QWidget *parent = nullptr);
    ~ExportDialog() override;

    void reject() override;

private:
    /// Shared with the thread that writes.
    struct Writing
    {
        std::atomic<std::size_t> written = 0;
        std::atomic<bool> isStopped = false;
    };

    QWidget *makeFileRow();
    void chooseFile();
    QString fileName() const;
    void updateParts();
    void write();
    void stop();
    void written(const QString &fileName, const InventoryExport::Result &result);

    const std::shared_ptr<const InventoryExport> m_content;
    QSettings &m_settings;
    std::shared_ptr<Writing> m_writing; ///< while it writes
    QString m_written;                  ///< the file, once it is
    QTimer m_progress;
    LineEdit *m_file;
    QPushButton *m_choose;
    PlainLabel *m_note;
    LoadingBar *m_bar;
    MessageBanner *m_failed;
    MessageBanner *m_done;
    QPushButton *m_export;
    QPushButton *m_close;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory/exportdialog.h"

#include "api/background.h"
#include "services/settingskeys.h"
#include "widgets/lineedit.h"
#include "widgets/loadingbar.h"
#include "widgets/messagebanner.h"
#include "widgets/plainlabel.h"
#include "widgets/scales.h"
#include "widgets/texttools.h"
#include "widgets/tonedlabel.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Format = InventoryExport::Format;
using Outcome = InventoryExport::Outcome;

ExportDialog::ExportDialog(InventoryExport content, bool isWhole, QSettings &settings, QWidget *parent)
    : GrowingDialog(parent)
    , m_content(std::make_shared<const InventoryExport>(std::move(content)))
    , m_settings(settings)
    , m_file(new LineEdit)
    , m_choose(new QPushButton(tr("Choose a file")))
    , m_note(new TonedLabel(TonedLabel::Tone::Quiet))
    , m_bar(new LoadingBar(tr("Progress")))
    , m_failed(new MessageBanner(tr("Error message"), QStyle::SP_MessageBoxWarning,
                                 MessageBanner::Tone::Attention))
    , m_done(new MessageBanner(tr("Done message"), QStyle::SP_MessageBoxInformation))
{
    setWindowTitle(tr("Export"));
    QString intro = tr("%Ln credential(s), in the order in which they are shown. No secret is among what is "
                       "written: the platform does not tell them.",
                       nullptr, int(m_content->rows.size()));
    if (!isWhole)
        intro += u' ' + tr("Some credentials have not been read, and are missing.");
    auto *what = new PlainLabel(intro);
    what->setWordWrap(true);
    m_note->setAccessibleName(tr("About the file"));
    m_note->setWordWrap(true);
    m_failed->hide();
    m_done->hide();

    auto *body = new QVBoxLayout;
    body->setSpacing(spacing(Space::Medium, fontMetrics()));
    body->addWidget(what);
    body->addWidget(makeFileRow());
    body->addWidget(m_note);
    body->addWidget(m_failed);
    body->addWidget(m_done);
    body->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setSpacing(spacing(Space::Medium, fontMetrics()));
    column->addWidget(makeBody(body), 1);
    column->addWidget(m_bar);
    column->addStrut(widthOf(70));
    auto *buttons = new QDialogButtonBox;
    m_export = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    m_export->setDefault(true);
    m_export->setToolTip(tr("Write the file"));
    m_close = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    column->addWidget(buttons);

    const QString usual = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString folder = settings.value(SettingsKeys::exportFolder, usual).toString();
    m_file->setText(QDir::toNativeSeparators(QDir(folder).filePath(tr("credentials") + ".csv"_L1)));
    m_progress.setInterval(50ms);
    connect(&m_progress, &QTimer::timeout, this,
            [this] { m_bar->setProgress(int(m_writing->written), int(m_content->rows.size())); });
    connect(m_file, &QLineEdit::textChanged, this, &ExportDialog::updateParts);
    connect(m_choose, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(m_bar, &LoadingBar::stopClicked, this, &ExportDialog::stop);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::write);
    connect(buttons, &QDialogButtonBox::rejected, this, &ExportDialog::reject);
    updateParts();
    m_file->setFocus();
}

ExportDialog::~ExportDialog()
{
    stop();
}

QWidget *ExportDialog::makeFileRow()
{
    m_file->setAccessibleName(tr("File"));
    m_file->setTakesPaths(true);
    m_choose->setToolTip(tr("Choose where to write, and how"));
    m_choose->setAutoDefault(false);
    auto *label = new PlainLabel(tr("File"));
    label->setBuddy(m_file);
    auto *line = new QHBoxLayout;
    line->addWidget(m_file, 1);
    line->addWidget(m_choose);
    auto *row = new QWidget;
    auto *column = new QVBoxLayout(row);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(Space::Small, fontMetrics()));
    column->addWidget(label);
    column->addLayout(line);
    return row;
}

void ExportDialog::chooseFile()
{
    const QString csv = tr("Spreadsheets (*.csv)");
    const QString json = tr("JSON (*.json)");
    auto *dialog = new QFileDialog(this, tr("Choose a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // this dialog says it
    dialog->setNameFilters({csv, json});
    dialog->setDefaultSuffix(u"csv"_s);
    const bool isJson = InventoryExport::formatOf(fileName()) == Format::Json;
    dialog->selectNameFilter(isJson ? json : csv);
    dialog->selectFile(fileName());
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, json](const QString &filter) {
        dialog->setDefaultSuffix(filter == json ? u"json"_s : u"csv"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &path) { m_file->setText(QDir::toNativeSeparators(path)); });
    dialog->open();
}

/// With its path. What is typed without one is in the usual folder.
QString ExportDialog::fileName() const
{
    const QString typed = QDir::fromNativeSeparators(m_file->text().trimmed());
    const QDir usual(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    return typed.isEmpty() ? QString() : QDir::cleanPath(usual.absoluteFilePath(typed));
}

void ExportDialog::updateParts()
{
    const QString file = fileName();
    const auto format = InventoryExport::formatOf(file);
    const bool isDone = !m_written.isEmpty() && file == m_written;
    const bool exists = format && !isDone && QFileInfo::exists(file);
    QString note =
        !format ? tr("Give the file a name that ends in .csv or .json.")
        : *format == Format::Csv
            ? tr("The columns that are shown. Text that a spreadsheet would run as a formula, as it "
                 "begins with =, +, - or @, gets an apostrophe before it.")
            : tr("What all columns can show of each credential, hidden columns too.");
    if (exists)
        note += u' ' + tr("The file is there already, and will be replaced.");
    m_note->setMessage(note);
    m_export->setText(exists ? tr("Replace") : tr("Export"));
    m_export->setEnabled(format && !m_writing && !isDone);
    m_done->setVisible(isDone);
    m_file->setEnabled(!m_writing);
    m_choose->setEnabled(!m_writing);
}

void ExportDialog::write()
{
    const QString file = fileName();
    const auto format = InventoryExport::formatOf(file);
    if (!format || m_writing)
        return;
    m_writing = std::make_shared<Writing>();
    m_written.clear();
    m_failed->hide();
    m_bar->setProgress(0, int(m_content->rows.size()));
    m_bar->setBusy(true);
    m_progress.start();
    updateParts();
    runInBackground(
        this,
        [content = m_content, writing = m_writing, file, format = *format] {
            return content->write(file, format, [&writing](std::size_t written) {
                writing->written = written;
                return !writing->isStopped;
            });
        },
        [this, file](const InventoryExport::Result &result) { written(file, result); });
}

void ExportDialog::stop()
{
    if (m_writing)
        m_writing->isStopped = true;
}

void ExportDialog::reject()
{
    if (m_writing)
        stop();
    else
        GrowingDialog::reject();
}

void ExportDialog::written(const QString &fileName, const InventoryExport::Result &result)
{
    m_writing.reset();
    m_progress.stop();
    m_bar->setBusy(false);
    m_written = result.outcome == Outcome::Written ? fileName : QString();
    const QString shown = quoted(QDir::toNativeSeparators(fileName));
    switch (result.outcome) {
    case Outcome::Written:
        m_settings.setValue(SettingsKeys::exportFolder, QFileInfo(fileName).absolutePath());
        m_done->showMessage(
            tr("%Ln credential(s) written to “%1”.", nullptr, int(m_content->rows.size())).arg(shown));
        m_close->setText(tr("Close"));
        m_close->setDefault(true);
        m_close->setFocus();
        break;
    case Outcome::Stopped:
        m_failed->showMessage(tr("It was stopped. Nothing was written."));
        break;
    case Outcome::Failed:
        m_failed->showMessage(
            tr("“%1” could not be written: %2. Choose another place.").arg(shown, quoted(result.error)));
        break;
    }
    updateParts();
}

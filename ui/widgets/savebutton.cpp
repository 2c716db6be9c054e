// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/savebutton.h"

#include "api/background.h"
#include "widgets/messagebox.h"
#include "widgets/plainlabel.h"
#include "widgets/texttools.h"

#include <QFileDialog>
#include <QSaveFile>

namespace {

/// Why the file could not be written; empty if it was. Nobody else may read it.
QString writeFile(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) &&
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
        file.write(content) == content.size() && file.commit())
        return {};
    return file.errorString();
}

} // namespace

SaveButton::SaveButton(const QString &fileName, std::function<QByteArray()> content, PlainLabel *note,
                       QWidget *parent)
    : QPushButton(tr("Save all…"), parent), m_fileName(fileName), m_content(std::move(content)), m_note(note)
{
    setToolTip(tr("Save all of it to a file"));
    connect(this, &QPushButton::clicked, this, &SaveButton::chooseFile);
}

void SaveButton::chooseFile()
{
    auto *dialog = new QFileDialog(window(), tr("Save all to a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_fileName);
    // The button may have gone by then, with what it belongs to.
    connect(dialog, &QFileDialog::fileSelected, window(),
            [content = m_content, note = m_note, window = window()](const QString &path) {
                runInBackground(
                    window, [path, content] { return writeFile(path, content()); },
                    [path, note, window](const QString &problem) {
                        if (!problem.isEmpty())
                            MessageBox::tell(QStyle::SP_MessageBoxWarning,
                                             tr("“%1” could not be written: %2. Choose another place.")
                                                 .arg(quoted(path), quoted(problem)),
                                             window);
                        else if (note)
                            note->setText(tr("All of it is in “%1”.").arg(quoted(path)));
                    });
            });
    dialog->open();
}

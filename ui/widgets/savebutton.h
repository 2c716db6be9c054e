// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QPushButton>

#include <functional>

class PlainLabel;

/// Saves a text that is too long to be shown to a file that one chooses.
class SaveButton : public QPushButton
{
    Q_OBJECT

public:
    /// `content` is called in another thread. `note` then says where it was saved, or a message why it was
    /// not.
    SaveButton(const QString &fileName, std::function<QByteArray()> content, PlainLabel *note,
               QWidget *parent = nullptr);

private:
    void chooseFile();

    const QString m_fileName;
    const std::function<QByteArray()> m_content;
    const QPointer<PlainLabel> m_note;
};

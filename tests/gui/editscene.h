// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/editdialogdriver.h"
#include "support/holdsfor.h"
#include "widgets/messagebox.h"

#include <QApplication>
#include <QPushButton>

/// The dialog that edits or rotates, and the questions over it. What tests it derives from it.
class EditScene : public QObject
{
protected:
    void setUp() { m_driver = std::make_unique<EditDialogDriver>(); }

    void tearDown()
    {
        delete messageBox();
        m_driver.reset();
    }

    /// The one that shows, if any.
    static MessageBox *messageBox()
    {
        for (QWidget *window : QApplication::topLevelWidgets()) {
            auto *box = qobject_cast<MessageBox *>(window);
            if (box && box->isVisible())
                return box;
        }
        return nullptr;
    }

    static QString textOf(const MessageBox *box)
    {
        QStringList texts;
        for (const auto *label : box->findChildren<QLabel *>())
            texts += label->text();
        return texts.join(u'\n');
    }

    std::unique_ptr<EditDialogDriver> m_driver;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/guiprobe.h"
#include "widgets/secretedit.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QTest>

/// Opens the form for a new credential in the main window, and fills it in for one that is called Mail.
inline QWidget *openFilledForm(const GuiProbe &window)
{
    window.click(QStringLiteral("New credential"));
    QWidget *dialog = QApplication::activeModalWidget();
    if (!dialog || !QTest::qWaitForWindowActive(dialog))
        qFatal("There is no form");
    const GuiProbe form(*dialog);
    auto *types = qobject_cast<QListView *>(form.part(QAccessible::List, QStringLiteral("Credential type")));
    const QModelIndexList found =
        types->model()->match(types->model()->index(0, 0), Qt::DisplayRole, QStringLiteral("SendGrid"));
    QTest::mouseClick(types->viewport(), Qt::LeftButton, {}, types->visualRect(found.value(0)).center());
    form.line(QStringLiteral("Name"))->setText(QStringLiteral("Mail"));
    qobject_cast<SecretEdit *>(form.part(QAccessible::EditableText, QStringLiteral("API key")))
        ->setText(QStringLiteral("SG.secret"));
    return dialog;
}

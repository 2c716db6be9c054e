// SPDX-License-Identifier: GPL-3.0-or-later

// A window with nothing but secret editors, for a listener on the accessibility bus.
#include "widgets/secretedit.h"

#include <QApplication>
#include <QLineEdit>
#include <QVBoxLayout>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *control = new QLineEdit;
    control->setAccessibleName(QStringLiteral("Control"));
    auto *line = new SecretEdit(SecretEdit::Lines::Single);
    line->setAccessibleName(QStringLiteral("Line"));
    auto *file = new SecretEdit(SecretEdit::Lines::Multiple);
    file->setAccessibleName(QStringLiteral("File"));
    auto *revealed = new SecretEdit(SecretEdit::Lines::Multiple);
    revealed->setAccessibleName(QStringLiteral("Revealed"));
    for (QWidget *editor : std::initializer_list<QWidget *>{control, line, file, revealed})
        column->addWidget(editor);
    window.show();
    window.activateWindow();
    QObject::connect(revealed, &SecretEdit::textChanged, revealed,
                     [revealed] { revealed->setRevealed(true); });
    return QApplication::exec();
}

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
    auto *shownLine = new SecretEdit(SecretEdit::Lines::Single);
    shownLine->setAccessibleName(QStringLiteral("Revealed line"));
    auto *shownFile = new SecretEdit(SecretEdit::Lines::Multiple);
    shownFile->setAccessibleName(QStringLiteral("Revealed file"));
    for (QWidget *editor : std::initializer_list<QWidget *>{control, line, file, shownLine, shownFile})
        column->addWidget(editor);
    window.show();
    window.activateWindow();
    for (SecretEdit *revealed : {shownLine, shownFile}) {
        revealed->setAccessibleDescription(QStringLiteral("hidden"));
        QObject::connect(revealed, &SecretEdit::textChanged, revealed,
                         [revealed] { revealed->setRevealed(true); });
        // So that a listener knows.
        QObject::connect(revealed, &SecretEdit::revealedChanged, revealed, [revealed](bool isRevealed) {
            revealed->setAccessibleDescription(isRevealed ? QStringLiteral("shown")
                                                          : QStringLiteral("hidden"));
        });
    }
    return QApplication::exec();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAction;
class QLabel;

/// Text from outside in one short line: control characters made visible, no more than `longest` characters.
QString singleLine(const QString &text, qsizetype longest = 300);

/// A tool tip that shows `text` literally and wraps it; cut when it is very long.
QString literalToolTip(const QString &text);

/// Sets the text of a label that has an accessible name, which would otherwise hide the text from a screen
/// reader.
void setAccessibleText(QLabel *label, const QString &text);

/// The action's tip with its shortcut, as a tool tip that says how to do it without the mouse.
void addShortcutToToolTip(QAction *action);

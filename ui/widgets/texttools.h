// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/showntext.h"
#include "domain/textbounds.h"

class QAction;

/// A tool tip that shows `text` literally and wraps it; cut when it is very long.
QString literalToolTip(const QString &text);

/// As the text of a button or a menu's entry, in which an ampersand would mark a key.
QString withoutMnemonic(QString text);

/// As the title of a window, in which "[*]" would stand for unsaved changes.
QString withoutPlaceholder(QString title);

/// The first `max` characters of a text as it may be laid out, fewer of emoji or of letters with heaps of
/// accents: what is drawn as one letter with thousands of them, which would take seconds, is several.
QString shapeable(const QString &text, qsizetype max = maxShownCharacters);

/// The part of `source` that stands in `shown`, which is shapeable() of it, from one position to another.
QString sourceOf(const QString &shown, const QString &source, qsizetype from, qsizetype to);

/// As shapeable(), of maxShownCharacters, with places to wrap in words that are longer than any.
QString wrappable(const QString &text, qsizetype maxWord = 40);

/// What is said of a text that shapeable() cuts; empty of one that it does not.
QString cutNote(const QString &text, qsizetype max = maxShownCharacters);

/// The action's tip with its shortcut, as a tool tip that says how to do it without the mouse.
void addShortcutToToolTip(QAction *action);

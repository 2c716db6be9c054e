// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QString>

class QAbstractButton;
class QComboBox;
class QLineEdit;
class QTableView;
class QTreeView;
class QWidget;

/// Finds the visible parts of a window as a screen reader does, by role and name, and uses them as a hand
/// does.
///
/// A part that is asked for by has() may be missing; all other questions end the test with a word about what
/// is.
class GuiProbe
{
public:
    explicit GuiProbe(QWidget &window) : m_window(window) {}

    QWidget &window() const { return m_window; }

    bool hasFocus() const;

    bool has(QAccessible::Role role, const QString &name) const { return find(role, name); }
    /// A part that is there but can't be used.
    bool isEnabled(QAccessible::Role role, const QString &name) const;

    QWidget *part(QAccessible::Role role, const QString &name) const;
    QAbstractButton *button(const QString &name) const;
    QLineEdit *line(const QString &name) const;
    /// The combo box beside the label with this text.
    QComboBox *combo(const QString &label) const;
    QTableView *table(const QString &name) const;
    QTreeView *tree(const QString &name) const;
    /// What the label of this name says to eyes and to ears alike.
    QString label(const QString &name) const;
    /// Whether a label somewhere shows this text.
    bool shows(const QString &text) const;
    /// The whole visible text of labels and read-only texts, a line each.
    QString visibleText() const;

    /// As a person, who waits for a button that can't be pressed just yet.
    void click(const QString &button) const;
    void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const;
    /// Into the part that has the focus.
    void type(const QString &text) const;
    /// Opens the combo box by a click and picks the choice with the keyboard.
    void choose(const QString &label, const QString &choice) const;
    /// Clicks the middle of a column's header.
    void clickHeader(const QString &table, const QString &column) const;
    /// Clicks the cell that shows this text in the first column where it does.
    void clickCell(const QString &table, const QString &text) const;

    /// All texts of a column, from the top.
    QStringList column(const QString &table, const QString &column) const;
    static int columnOf(const QTableView &table, const QString &column);

private:
    QWidget *find(QAccessible::Role role, const QString &name) const;

    QWidget &m_window;
};

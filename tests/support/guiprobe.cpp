// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/guiprobe.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>
#include <QTreeView>

#include <functional>

using namespace Qt::StringLiterals;

namespace {

/// Whether the part's children are parts of the window, and not rows by the thousand.
bool hasParts(QAccessible::Role role)
{
    return role != QAccessible::Table && role != QAccessible::Tree && role != QAccessible::List &&
           role != QAccessible::ComboBox;
}

/// Visits the visible parts until `visitor` is content with one.
QAccessibleInterface *search(QAccessibleInterface *part,
                             const std::function<bool(QAccessibleInterface *)> &visitor)
{
    if (!part || !part->isValid() || part->state().invisible)
        return nullptr;
    if (visitor(part))
        return part;
    if (!hasParts(part->role()))
        return nullptr;
    for (int i = 0; i < part->childCount(); ++i) {
        if (QAccessibleInterface *found = search(part->child(i), visitor))
            return found;
    }
    return nullptr;
}

bool isLabelledBy(QAccessibleInterface *part, const QString &text)
{
    const auto relations = part->relations(QAccessible::Label);
    return std::any_of(relations.begin(), relations.end(),
                       [&](const auto &relation) { return relation.first->text(QAccessible::Name) == text; });
}

/// Without the places to wrap that long words have.
QString textOf(const QLabel &label)
{
    return label.text().remove(QChar(0x200b));
}

template<typename T>
T *as(QWidget *widget, const QString &name)
{
    auto *part = qobject_cast<T *>(widget);
    if (!part)
        qFatal("“%s” is a %s, not a %s", qPrintable(name), widget->metaObject()->className(),
               T::staticMetaObject.className());
    return part;
}

} // namespace

QWidget *GuiProbe::find(QAccessible::Role role, const QString &name) const
{
    QAccessibleInterface *found =
        search(QAccessible::queryAccessibleInterface(&m_window), [&](QAccessibleInterface *part) {
            return part->role() == role &&
                   (role == QAccessible::ComboBox ? isLabelledBy(part, name)
                                                  : part->text(QAccessible::Name) == name);
        });
    return found ? qobject_cast<QWidget *>(found->object()) : nullptr;
}

bool GuiProbe::hasFocus() const
{
    const QWidget *focus = QApplication::focusWidget();
    return focus && focus->window() == &m_window;
}

bool GuiProbe::isEnabled(QAccessible::Role role, const QString &name) const
{
    return part(role, name)->isEnabled();
}

QWidget *GuiProbe::part(QAccessible::Role role, const QString &name) const
{
    QWidget *widget = find(role, name);
    if (!widget)
        qFatal("The window shows no part “%s” with role %d", qPrintable(name), int(role));
    return widget;
}

QAbstractButton *GuiProbe::button(const QString &name) const
{
    return as<QAbstractButton>(part(QAccessible::PushButton, name), name);
}

QLineEdit *GuiProbe::line(const QString &name) const
{
    return as<QLineEdit>(part(QAccessible::EditableText, name), name);
}

QComboBox *GuiProbe::combo(const QString &label) const
{
    return as<QComboBox>(part(QAccessible::ComboBox, label), label);
}

QTableView *GuiProbe::table(const QString &name) const
{
    return as<QTableView>(part(QAccessible::Table, name), name);
}

QTreeView *GuiProbe::tree(const QString &name) const
{
    return as<QTreeView>(part(QAccessible::Tree, name), name);
}

QString GuiProbe::label(const QString &name) const
{
    const auto *label = as<QLabel>(part(QAccessible::StaticText, name), name);
    const QString text = textOf(*label);
    if (text != label->accessibleDescription())
        qFatal("“%s” shows “%s”, but a screen reader hears “%s”", qPrintable(name), qPrintable(text),
               qPrintable(label->accessibleDescription()));
    return text;
}

bool GuiProbe::shows(const QString &text) const
{
    return visibleText().split(u'\n').contains(text);
}

QString GuiProbe::visibleText() const
{
    QStringList texts;
    search(QAccessible::queryAccessibleInterface(&m_window), [&](QAccessibleInterface *part) {
        if (const auto *label = qobject_cast<QLabel *>(part->object()))
            texts += textOf(*label);
        else if (const auto *view = qobject_cast<QPlainTextEdit *>(part->object()))
            texts += view->toPlainText();
        return false;
    });
    return texts.join(u'\n');
}

void GuiProbe::click(const QString &name) const
{
    QAbstractButton *part = button(name);
    (void)QTest::qWaitFor([&] { return part->isEnabled(); }, 2000);
    QTest::mouseClick(part, Qt::LeftButton);
}

void GuiProbe::key(int key, Qt::KeyboardModifiers modifiers) const
{
    QWidget *focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : &m_window, Qt::Key(key), modifiers);
}

void GuiProbe::type(const QString &text) const
{
    QTest::keyClicks(QApplication::focusWidget(), text);
}

void GuiProbe::choose(const QString &label, const QString &choice) const
{
    QComboBox *box = combo(label);
    const int index = box->findText(choice);
    if (index < 0)
        qFatal("“%s” does not offer “%s”", qPrintable(label), qPrintable(choice));
    box->showPopup();
    QAbstractItemView *list = box->view();
    list->setCurrentIndex(list->model()->index(index, box->modelColumn(), box->rootModelIndex()));
    QTest::keyClick(list, Qt::Key_Return);
}

void GuiProbe::clickHeader(const QString &name, const QString &column) const
{
    QHeaderView *header = table(name)->horizontalHeader();
    const int section = columnOf(*table(name), column);
    const int x = header->sectionViewportPosition(section) + header->sectionSize(section) / 2;
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
}

void GuiProbe::clickCell(const QString &name, const QString &text) const
{
    QTableView *view = table(name);
    for (int column = 0; column < view->model()->columnCount(); ++column) {
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const QModelIndex index = view->model()->index(row, column);
            if (index.data().toString() != text)
                continue;
            view->scrollTo(index);
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
            return;
        }
    }
    qFatal("“%s” has no cell “%s”", qPrintable(name), qPrintable(text));
}

QStringList GuiProbe::column(const QString &name, const QString &column) const
{
    const QTableView *view = table(name);
    const int section = columnOf(*view, column);
    QStringList texts;
    for (int row = 0; row < view->model()->rowCount(); ++row)
        texts += view->model()->index(row, section).data().toString();
    return texts;
}

int GuiProbe::columnOf(const QTableView &table, const QString &column)
{
    for (int section = 0; section < table.model()->columnCount(); ++section) {
        if (table.model()->headerData(section, Qt::Horizontal).toString() == column)
            return section;
    }
    qFatal("There is no column “%s”", qPrintable(column));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/secretedit.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QTest>

/// A form in a dialog, worked by keys and clicks on parts found by their accessible names.
class FormDriver
{
public:
    /// The dialog may still have to be made.
    explicit FormDriver(QWidget *form) : m_form(form) {}

    /// The part with this accessible name that can be seen, or nullptr.
    QWidget *find(const QString &name, QWidget *within = nullptr)
    {
        for (QWidget *part : (within ? within : m_form)->findChildren<QWidget *>()) {
            const QAccessibleInterface *accessible =
                part->isVisible() ? QAccessible::queryAccessibleInterface(part) : nullptr;
            if (accessible && (part->accessibleName() == name || isButtonCalled(part, name)))
                return part;
        }
        return nullptr;
    }

    template<typename T = QWidget>
    T *part(const QString &name)
    {
        T *found = qobject_cast<T *>(find(name));
        if (!found)
            qFatal("There is no part called %s.", qUtf8Printable(name));
        return found;
    }

    /// What the part that problems of this field are shown in says; empty while it can't be seen.
    QString problem(const QString &field)
    {
        const auto *label = qobject_cast<QLabel *>(find(field + QStringLiteral(" problem")));
        return label ? label->text() : QString();
    }

    QString errorMessage()
    {
        const auto *label = qobject_cast<QLabel *>(find(QStringLiteral("Error message")));
        return label ? label->text() : QString();
    }

    void chooseType(const QString &product)
    {
        auto *list = part<QListView>(QStringLiteral("Credential type"));
        const QAbstractItemModel &model = *list->model();
        const QModelIndexList found =
            model.match(model.index(0, 0), Qt::DisplayRole, product, 1, Qt::MatchExactly);
        if (found.isEmpty())
            qFatal("There is no type called %s.", qUtf8Printable(product));
        list->scrollTo(found.front());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(found.front()).center());
    }

    void type(const QString &name, const QString &text)
    {
        auto *field = part(name);
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, text);
    }

    /// Empties a field that holds text.
    void clear(const QString &name)
    {
        auto *field = part(name);
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(field, Qt::Key_Delete);
    }

    void paste(const QString &name, const QString &text)
    {
        auto *field = part(name);
        field->setFocus();
        QApplication::clipboard()->setText(text);
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(field, Qt::Key_V, Qt::ControlModifier);
    }

    void choose(const QString &name, const QString &choice)
    {
        auto *box = part<QComboBox>(name);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < box->count() && box->currentText() != choice; ++i)
            QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), choice);
    }

    void toggle(const QString &name)
    {
        part(name)->setFocus();
        QTest::keyClick(part(name), Qt::Key_Space);
    }

    /// As a person, who waits for a button that can't be pressed just yet.
    void click(const QString &name)
    {
        (void)QTest::qWaitFor([&] { return part(name)->isEnabled(); }, 2000);
        QTest::mouseClick(part(name), Qt::LeftButton);
    }

    /// The text of an editor, also of one that keeps a secret.
    QString text(const QString &name)
    {
        QWidget *field = part(name);
        if (const auto *secret = qobject_cast<SecretEdit *>(field))
            return secret->text();
        return QAccessible::queryAccessibleInterface(field)->text(QAccessible::Value);
    }

protected:
    QWidget *m_form;

private:
    static bool isButtonCalled(const QWidget *part, const QString &name)
    {
        const auto *button = qobject_cast<const QAbstractButton *>(part);
        return button && button->accessibleName().isEmpty() && button->text().remove(u'&') == name;
    }
};

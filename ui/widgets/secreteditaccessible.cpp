// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secretedit.h"

#include <QAccessibleWidget>

#include <algorithm>

namespace {

constexpr QChar bullet = u'\u2022';

/// What a screen reader sees of a SecretEdit. All positions count code points.
class SecretAccessible : public QAccessibleWidget,
                         public QAccessibleTextInterface,
                         public QAccessibleEditableTextInterface
{
public:
    explicit SecretAccessible(SecretEdit *edit) : QAccessibleWidget(edit, QAccessible::EditableText) {}

    // The viewport and the scroll bars are of no use here.
    int childCount() const override { return 0; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessibleInterface *focusChild() const override { return nullptr; }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.passwordEdit = true;
        state.editable = true;
        state.selectableText = true;
        state.focusable = true;
        state.multiLine = edit().isMultiLine();
        return state;
    }

    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Value ? edit().bullets() : QAccessibleWidget::text(what);
    }

    void setText(QAccessible::Text what, const QString &text) override
    {
        if (what == QAccessible::Value)
            replaceText(0, characterCount(), text);
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        if (type == QAccessible::EditableTextInterface)
            return static_cast<QAccessibleEditableTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QString text(int start, int end) const override
    {
        const int count = characterCount();
        const int last = end < 0 ? count : std::min(end, count);
        return QString(std::max(0, last - std::max(0, start)), bullet);
    }

    int characterCount() const override { return codePoints(edit().content().size()); }
    int cursorPosition() const override { return codePoints(edit().content().cursor()); }
    void setCursorPosition(int position) override { setSelection(0, position, position); }

    int selectionCount() const override { return edit().content().hasSelection() ? 1 : 0; }
    void selection(int index, int *start, int *end) const override
    {
        const bool isSelected = index == 0 && edit().content().hasSelection();
        *start = isSelected ? codePoints(edit().content().selectionStart()) : 0;
        *end = isSelected ? codePoints(edit().content().selectionEnd()) : 0;
    }
    void addSelection(int start, int end) override { setSelection(0, start, end); }
    void removeSelection(int) override { setCursorPosition(cursorPosition()); }
    void setSelection(int, int start, int end) override { edit().select(at(start), at(end)); }

    QRect characterRect(int offset) const override
    {
        const QRect left = edit().cursorRect(at(offset));
        const QRect right = edit().cursorRect(at(offset + 1));
        const int width = right.top() == left.top() ? right.left() - left.left() : left.width();
        const QRect rect(left.left(), left.top(), std::max(width, 1), left.height());
        return {edit().viewport()->mapToGlobal(rect.topLeft()), rect.size()};
    }
    int offsetAtPoint(const QPoint &point) const override
    {
        return codePoints(edit().positionAt(edit().viewport()->mapFromGlobal(point)));
    }
    void scrollToSubstring(int start, int) override { setCursorPosition(start); }
    QString attributes(int, int *start, int *end) const override
    {
        *start = 0;
        *end = characterCount();
        return {};
    }

    void insertText(int offset, const QString &text) override { replaceText(offset, offset, text); }
    void deleteText(int start, int end) override { replaceText(start, end, {}); }
    void replaceText(int start, int end, const QString &text) override
    {
        if (edit().isEnabled())
            edit().replace(at(start), at(end < 0 ? characterCount() : end), text);
    }

private:
    SecretEdit &edit() const { return *static_cast<SecretEdit *>(widget()); }
    int codePoints(qsizetype position) const { return edit().content().codePointsBefore(position); }
    qsizetype at(int codePoints) const { return edit().content().position(std::max(0, codePoints)); }
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *edit = qobject_cast<SecretEdit *>(object);
    return edit ? new SecretAccessible(edit) : nullptr;
}

} // namespace

void SecretEdit::installAccessibility()
{
    [[maybe_unused]] static const bool isInstalled = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
}

void SecretEdit::tellRemovedAndInserted(int position, int removed, int inserted)
{
    if (!QAccessible::isActive())
        return;
    if (removed > 0) {
        QAccessibleTextRemoveEvent event(this, position, QString(removed, bullet));
        QAccessible::updateAccessibility(&event);
    }
    if (inserted > 0) {
        QAccessibleTextInsertEvent event(this, position, QString(inserted, bullet));
        QAccessible::updateAccessibility(&event);
    }
}

void SecretEdit::tellCursorMoved()
{
    if (!QAccessible::isActive())
        return;
    QAccessibleTextCursorEvent event(this, m_content.codePointsBefore(m_content.cursor()));
    QAccessible::updateAccessibility(&event);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secretedit.h"

#include "widgets/textoffer.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>

#include <algorithm>

namespace {

/// Of those that mean something to the window too, perhaps; the others reach a focused editor anyway.
constexpr QKeySequence::StandardKey ownKeys[] = {
    QKeySequence::Paste, QKeySequence::Copy,   QKeySequence::Cut,       QKeySequence::Undo,
    QKeySequence::Redo,  QKeySequence::Delete, QKeySequence::SelectAll,
};

bool isTyped(const QKeyEvent &event)
{
    const auto modifiers =
        event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const bool isAltGr = modifiers == (Qt::ControlModifier | Qt::AltModifier);
    return (!modifiers || isAltGr) && !event.text().isEmpty() && event.text().front().isPrint();
}

} // namespace

bool SecretEdit::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride: {
        auto *key = static_cast<QKeyEvent *>(event);
        const auto is = [key](QKeySequence::StandardKey standard) { return key->matches(standard); };
        if (isTyped(*key) || std::ranges::any_of(ownKeys, is)) {
            event->accept();
            return true;
        }
        break;
    }
    case QEvent::WindowDeactivate:
    case QEvent::Hide:
        setRevealed(false);
        break;
    default:
        break;
    }
    return QAbstractScrollArea::event(event);
}

void SecretEdit::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateGeometry();
        updateScrollBars();
    }
    viewport()->update();
}

void SecretEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *pasteAction = menu.addAction(tr("Paste"), this, &SecretEdit::paste);
    pasteAction->setEnabled(canTake(QGuiApplication::clipboard()->mimeData()));
    QAction *clearAction = menu.addAction(tr("Clear"), this, [this] { replace(0, m_content.size(), {}); });
    clearAction->setEnabled(m_content.size() > 0);
    QAction *selectAllAction =
        menu.addAction(tr("Select all"), this, [this] { select(0, m_content.size()); });
    selectAllAction->setEnabled(m_content.size() > 0);
    menu.exec(event->globalPos());
}

void SecretEdit::dragEnterEvent(QDragEnterEvent *event)
{
    acceptCopy(*event);
}

void SecretEdit::dragMoveEvent(QDragMoveEvent *event)
{
    acceptCopy(*event);
}

/// A drop moves nothing: what it comes from keeps its text. Returns whether it is taken in.
bool SecretEdit::acceptCopy(QDropEvent &event) const
{
    const bool isAccepted = event.possibleActions().testFlag(Qt::CopyAction) && canTake(event.mimeData());
    if (isAccepted)
        event.setDropAction(Qt::CopyAction);
    event.setAccepted(isAccepted);
    return isAccepted;
}

void SecretEdit::dropEvent(QDropEvent *event)
{
    if (!acceptCopy(*event))
        return;
    setFocus(Qt::OtherFocusReason);
    if (textOffer(event->mimeData()).kind == TextOffer::Kind::Text)
        moveCursor(positionAt(event->position().toPoint()), false);
    take(event->mimeData());
}

void SecretEdit::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    const bool isByKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                         event->reason() == Qt::ShortcutFocusReason;
    if (!isMultiLine() && isByKey)
        select(0, m_content.size());
    restartBlinking();
    viewport()->update();
}

void SecretEdit::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    restartBlinking();
    viewport()->update();
}

void SecretEdit::inputMethodEvent(QInputMethodEvent *event)
{
    // What is being composed is not shown: it could be read.
    if (!event->commitString().isEmpty())
        replace(m_content.selectionStart(), m_content.selectionEnd(), event->commitString());
    event->accept();
}

QVariant SecretEdit::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled:
        return isEnabled();
    case Qt::ImCursorRectangle:
        return cursorRect(m_content.cursor()).translated(viewport()->pos());
    case Qt::ImSurroundingText:
    case Qt::ImCurrentSelection:
    case Qt::ImTextBeforeCursor:
    case Qt::ImTextAfterCursor:
        return QString();
    case Qt::ImCursorPosition:
    case Qt::ImAnchorPosition:
        return 0;
    default:
        return QAbstractScrollArea::inputMethodQuery(query);
    }
}

void SecretEdit::keyPressEvent(QKeyEvent *event)
{
    if (!moveByKey(*event) && !editByKey(*event))
        event->ignore();
}

bool SecretEdit::moveByKey(const QKeyEvent &event)
{
    struct Move
    {
        QKeySequence::StandardKey move;
        QKeySequence::StandardKey select;
        qsizetype target;
    };
    const qsizetype cursor = m_content.cursor();
    const std::size_t index = lineOf(cursor);
    const qsizetype lineStart = m_lineStarts[index];
    const qsizetype lineEnd = lineStart + line(index).size();
    const bool collapses = m_content.hasSelection();
    std::vector<Move> moves{
        {QKeySequence::MoveToPreviousChar, QKeySequence::UnknownKey,
         collapses ? m_content.selectionStart() : m_content.before(cursor)},
        {QKeySequence::MoveToNextChar, QKeySequence::UnknownKey,
         collapses ? m_content.selectionEnd() : m_content.after(cursor)},
        {QKeySequence::UnknownKey, QKeySequence::SelectPreviousChar, m_content.before(cursor)},
        {QKeySequence::UnknownKey, QKeySequence::SelectNextChar, m_content.after(cursor)},
        // Words are no stops: where they end would tell about a text that is not shown.
        {QKeySequence::MoveToPreviousWord, QKeySequence::SelectPreviousWord, lineStart},
        {QKeySequence::MoveToNextWord, QKeySequence::SelectNextWord, lineEnd},
        {QKeySequence::MoveToStartOfLine, QKeySequence::SelectStartOfLine, lineStart},
        {QKeySequence::MoveToEndOfLine, QKeySequence::SelectEndOfLine, lineEnd},
        {QKeySequence::MoveToStartOfDocument, QKeySequence::SelectStartOfDocument, 0},
        {QKeySequence::MoveToEndOfDocument, QKeySequence::SelectEndOfDocument, m_content.size()},
    };
    if (isMultiLine()) {
        const int page = std::max(1, textArea().height() / lineHeight() - 1);
        moves.push_back(
            {QKeySequence::MoveToPreviousLine, QKeySequence::SelectPreviousLine, verticalTarget(-1)});
        moves.push_back({QKeySequence::MoveToNextLine, QKeySequence::SelectNextLine, verticalTarget(1)});
        moves.push_back(
            {QKeySequence::MoveToPreviousPage, QKeySequence::SelectPreviousPage, verticalTarget(-page)});
        moves.push_back({QKeySequence::MoveToNextPage, QKeySequence::SelectNextPage, verticalTarget(page)});
    }
    const auto is = [&event](QKeySequence::StandardKey key) {
        return key != QKeySequence::UnknownKey && event.matches(key);
    };
    const auto move = std::ranges::find_if(moves, [&](const Move &m) { return is(m.move) || is(m.select); });
    if (move == moves.end())
        return false;
    moveCursor(move->target, is(move->select));
    return true;
}

bool SecretEdit::editByKey(const QKeyEvent &event)
{
    const qsizetype cursor = m_content.cursor();
    const bool isReturn = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (event.matches(QKeySequence::Paste))
        paste();
    else if (event.matches(QKeySequence::SelectAll))
        select(0, m_content.size());
    else if (event.matches(QKeySequence::Copy) || event.matches(QKeySequence::Cut) ||
             event.matches(QKeySequence::Undo) || event.matches(QKeySequence::Redo))
        return true; // a secret does not go to the clipboard, and has no history
    else if (event.matches(QKeySequence::Delete))
        deleteTo(m_content.after(cursor));
    else if (event.key() == Qt::Key_Backspace &&
             !(event.modifiers() & ~(Qt::ShiftModifier | Qt::ControlModifier)))
        deleteTo(event.modifiers() & Qt::ControlModifier ? m_lineStarts[lineOf(cursor)]
                                                         : m_content.before(cursor));
    else if (event.matches(QKeySequence::DeleteEndOfWord))
        deleteTo(m_lineStarts[lineOf(cursor)] + line(lineOf(cursor)).size());
    else if (isMultiLine() && isReturn && !(event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)))
        replace(m_content.selectionStart(), m_content.selectionEnd(), QString(u'\n'));
    else if (isTyped(event))
        replace(m_content.selectionStart(), m_content.selectionEnd(), event.text());
    else
        return false;
    return true;
}

void SecretEdit::deleteTo(qsizetype position)
{
    if (m_content.hasSelection())
        replace(m_content.selectionStart(), m_content.selectionEnd(), {});
    else if (position != m_content.cursor())
        replace(std::min(position, m_content.cursor()), std::max(position, m_content.cursor()), {});
}

void SecretEdit::moveCursor(qsizetype position, bool keepAnchor)
{
    m_content.moveTo(position, keepAnchor);
    cursorMoved();
}

/// The position that is as far to the right, so many lines further down.
qsizetype SecretEdit::verticalTarget(int lines) const
{
    const int from = int(lineOf(m_content.cursor()));
    const int to = from + lines;
    if (to < 0)
        return 0;
    if (to >= int(lineCount()))
        return m_content.size();
    return positionAt(cursorRect(m_content.cursor()).center() + QPoint(0, lines * lineHeight()));
}

void SecretEdit::paste()
{
    take(QGuiApplication::clipboard()->mimeData());
}

/// What is refused as well, to say so.
bool SecretEdit::canTake(const QMimeData *offer) const
{
    return isEnabled() && textOffer(offer).kind != TextOffer::Kind::None;
}

void SecretEdit::take(const QMimeData *offer)
{
    if (!canTake(offer))
        return;
    const TextOffer what = textOffer(offer);
    if (const QString why = offerProblem(what, isMultiLine()); !why.isEmpty()) {
        Q_EMIT refused(why);
        return;
    }
    if (what.kind == TextOffer::Kind::File) {
        Q_EMIT fileOffered(what.path);
        return;
    }
    QString text = offer->text();
    replace(m_content.selectionStart(), m_content.selectionEnd(), text);
    wipe(text);
}

void SecretEdit::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        m_isSelecting = true;
        moveCursor(positionAt(event->position().toPoint()), event->modifiers() & Qt::ShiftModifier);
    } else if (event->button() == Qt::MiddleButton && QGuiApplication::clipboard()->supportsSelection()) {
        moveCursor(positionAt(event->position().toPoint()), false);
        take(QGuiApplication::clipboard()->mimeData(QClipboard::Selection));
    }
}

void SecretEdit::mouseMoveEvent(QMouseEvent *event)
{
    if (m_isSelecting)
        moveCursor(positionAt(event->position().toPoint()), true);
}

void SecretEdit::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_isSelecting = false;
}

void SecretEdit::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_isSelecting = false;
    const std::size_t index = lineOf(positionAt(event->position().toPoint()));
    select(m_lineStarts[index], m_lineStarts[index] + line(index).size());
}

void SecretEdit::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

void SecretEdit::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_blink.timerId()) {
        QAbstractScrollArea::timerEvent(event);
        return;
    }
    m_isCursorOn = !m_isCursorOn;
    viewport()->update();
}

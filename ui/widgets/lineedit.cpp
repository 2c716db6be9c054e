// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lineedit.h"

#include "widgets/textoffer.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QDropEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>

namespace {

constexpr const char *pasteText = "&Paste"; // of Qt's own menu, in Qt's own translation

} // namespace

LineEdit::LineEdit(const QString &text, QWidget *parent) : QLineEdit(text, parent)
{
    setMaxLength(2 * maxCharacters); // Qt counts those beyond the first 65,536 twice
}

/// Whether nothing is left to be done with what is offered, beside which the rest stays.
bool LineEdit::takesOrRefuses(const QMimeData *offered, const QString &rest)
{
    const TextOffer offer = textOffer(offered);
    if (m_takesPaths && offer.kind == TextOffer::Kind::File) {
        selectAll();
        insert(offer.path);
        return true;
    }
    QString why = offerProblem(offer, m_takesPaths);
    if (why.isEmpty() && offered)
        why = roomProblem({rest, offered->text()}, maxCharacters);
    if (why.isEmpty())
        return false;
    Q_EMIT refused(why);
    return true;
}

bool LineEdit::takesOrRefusesPaste(QClipboard::Mode mode)
{
    QString rest = text();
    if (hasSelectedText())
        rest.remove(selectionStart(), selectedText().size());
    return takesOrRefuses(QGuiApplication::clipboard()->mimeData(mode), rest);
}

void LineEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString paste = QCoreApplication::translate("QLineEdit", pasteText);
    for (QAction *action : menu->actions()) {
        if (action->text().section(u'\t', 0, 0) != paste)
            continue;
        action->disconnect();
        connect(action, &QAction::triggered, this, [this] {
            if (!takesOrRefusesPaste(QClipboard::Clipboard))
                this->paste();
        });
    }
    menu->popup(event->globalPos());
}

/// What is refused is let in, too, to say so.
void LineEdit::dragEnterEvent(QDragEnterEvent *event)
{
    QLineEdit::dragEnterEvent(event);
    event->setAccepted(event->isAccepted() || event->mimeData()->hasUrls());
}

void LineEdit::dragMoveEvent(QDragMoveEvent *event)
{
    QLineEdit::dragMoveEvent(event);
    event->setAccepted(event->isAccepted() || event->mimeData()->hasUrls());
}

void LineEdit::dropEvent(QDropEvent *event)
{
    if (!takesOrRefuses(event->mimeData(), text())) {
        QLineEdit::dropEvent(event);
        return;
    }
    QDragLeaveEvent end;
    dragLeaveEvent(&end);
    event->setDropAction(Qt::IgnoreAction); // what it comes from keeps it
}

void LineEdit::keyPressEvent(QKeyEvent *event)
{
    // As Qt has it where there is a selection to paste.
    const bool isSelection = event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier) &&
                             event->key() == Qt::Key_Insert &&
                             QGuiApplication::clipboard()->supportsSelection();
    const auto mode = isSelection ? QClipboard::Selection : QClipboard::Clipboard;
    const bool isPaste = (isSelection || event->matches(QKeySequence::Paste)) && !isReadOnly();
    if (!isPaste || !takesOrRefusesPaste(mode))
        QLineEdit::keyPressEvent(event);
}

void LineEdit::mouseReleaseEvent(QMouseEvent *event)
{
    const bool isPaste = event->button() == Qt::MiddleButton && !isReadOnly() &&
                         QGuiApplication::clipboard()->supportsSelection();
    if (!isPaste || !takesOrRefuses(QGuiApplication::clipboard()->mimeData(QClipboard::Selection), text()))
        QLineEdit::mouseReleaseEvent(event);
}

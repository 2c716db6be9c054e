// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/growingdialog.h"

#include "widgets/focusreturn.h"
#include "widgets/messagebanner.h"
#include "widgets/scales.h"
#include "widgets/scrollpane.h"

#include <QApplication>
#include <QEvent>
#include <QScreen>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace {

/// Until a window has one: that of a title bar, and of a border.
constexpr QSize likelyFrame(4, 40);

int heightAt(const QWidget &content, int width)
{
    return content.hasHeightForWidth() ? content.heightForWidth(width) : content.sizeHint().height();
}

/// Asks for as much as its content does, and can do with a few lines.
class BodyPane : public ScrollPane
{
public:
    QSize sizeHint() const override
    {
        const int width = widget()->sizeHint().width();
        return {width, heightAt(*widget(), width)};
    }

    QSize minimumSizeHint() const override
    {
        const QSize content = widget()->minimumSizeHint();
        return {content.width() + verticalScrollBar()->sizeHint().width(),
                std::min(content.height(), fontMetrics().height() * 6)};
    }

protected:
    bool viewportEvent(QEvent *event) override
    {
        if (event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return ScrollPane::viewportEvent(event);
    }
};

} // namespace

GrowingDialog::GrowingDialog(QWidget *parent) : QDialog(parent)
{
    new FocusReturn(this);
}

QSize GrowingDialog::roomFor(const QWidget &dialog)
{
    const QScreen *screen = dialog.parentWidget() ? dialog.parentWidget()->screen() : dialog.screen();
    return screen->availableSize() - (dialog.frameSize() - dialog.size()).expandedTo(likelyFrame);
}

QWidget *GrowingDialog::makeBody(QLayout *content)
{
    auto *inner = new QWidget;
    content->setContentsMargins(0, 0, 0, 0);
    inner->setLayout(content);
    m_body = new BodyPane;
    m_body->setFrameShape(QFrame::NoFrame);
    m_body->setFocusPolicy(Qt::NoFocus);
    m_body->setWidgetResizable(true);
    m_body->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body->setWidget(inner);
    for (MessageBanner *message : inner->findChildren<MessageBanner *>())
        message->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, m_body, [body = m_body](QWidget *, QWidget *now) {
        // Nothing moves between press and release.
        const bool isByClick = QGuiApplication::mouseButtons() != Qt::NoButton;
        if (now && !isByClick && body->widget()->isAncestorOf(now))
            body->ensureWidgetVisible(now, 0, 8);
    });
    return m_body;
}

QVBoxLayout *GrowingDialog::layOut(QWidget *header, QWidget *content)
{
    auto *body = new QVBoxLayout;
    body->addStrut(widthOf(80));
    body->addWidget(content);
    body->addStretch();
    auto *footer = new QVBoxLayout;
    footer->setSpacing(spacing(Space::Medium, fontMetrics()));

    const int margin = spacing(Space::Group, fontMetrics());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(margin);
    column->addWidget(header);
    column->addWidget(makeBody(body), 1);
    column->addLayout(footer);
    return footer;
}

int GrowingDialog::widthOf(int characters) const
{
    const int margins = 2 * fontMetrics().height();
    return std::min(fontMetrics().averageCharWidth() * characters, roomFor(*this).width() - margins);
}

void GrowingDialog::setVisible(bool isVisible)
{
    if (isVisible && !this->isVisible() && m_body && !testAttribute(Qt::WA_Resized)) {
        ensurePolished();
        layout()->activate();
        const QSize room = roomFor(*this);
        const QSize hint = layout()->totalSizeHint();
        resize(std::min({hint.width(), std::max(layout()->totalMinimumSize().width(), room.width() * 2 / 3),
                         room.width()}),
               std::min(hint.height(), room.height()));
        grow();
    }
    QDialog::setVisible(isVisible);
}

bool GrowingDialog::eventFilter(QObject *watched, QEvent *event)
{
    auto *message = qobject_cast<MessageBanner *>(watched);
    if (message &&
        (event->type() == QEvent::Show || event->type() == QEvent::Resize)) // it gets its room first
        QTimer::singleShot(0, message, [this, message] { showMessage(*message); });
    return QDialog::eventFilter(watched, event);
}

/// From its beginning, if it is higher than the body.
void GrowingDialog::showMessage(QWidget &message)
{
    if (message.height() > m_body->viewport()->height())
        m_body->verticalScrollBar()->setValue(message.mapTo(m_body->widget(), QPoint()).y());
    else
        m_body->ensureWidgetVisible(&message, 0, 8);
}

bool GrowingDialog::event(QEvent *event)
{
    const bool isHandled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest && m_body && isVisible())
        grow();
    return isHandled;
}

void GrowingDialog::grow()
{
    layout()->activate();
    const int whole = height() - m_body->height() + heightAt(*m_body->widget(), m_body->width());
    const int needed = std::min(whole, roomFor(*this).height());
    if (height() >= needed)
        return;
    resize(width(), needed);
    if (!isVisible())
        return;
    const QRect available = screen()->availableGeometry();
    const int below = frameGeometry().bottom() - available.bottom();
    if (below > 0)
        move(x(), std::max(available.top(), y() - below));
}

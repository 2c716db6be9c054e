// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secretedit.h"

#include "domain/draftvalidator.h"
#include "widgets/textoffer.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPainter>
#include <QScrollBar>
#include <QStyleHints>
#include <QStyleOptionFrame>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace {

constexpr QChar bullet = u'\u2022';
constexpr int horizontalMargin = 2; ///< as line edits have it, between frame and text
constexpr int verticalMargin = 1;
constexpr int multiLineMargin = 4;

/// The text with a glyph for each character that has none, such as a line feed in a single line.
QString visible(QStringView text)
{
    QString shown = text.toString();
    for (QChar &c : shown) {
        if (c < u' ')
            c = QChar(char16_t(0x2400 + c.unicode())); // control pictures
        else if (c == QChar::ParagraphSeparator || c == QChar::LineSeparator)
            c = u'\u21b5';
    }
    return shown;
}

} // namespace

SecretEdit::SecretEdit(Lines lines, QWidget *parent) : QAbstractScrollArea(parent), m_lines(lines)
{
    installAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhHiddenText |
                        Qt::ImhNoAutoUppercase | (isMultiLine() ? Qt::ImhMultiLine : Qt::ImhNone));
    setAcceptDrops(true);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    if (isMultiLine()) {
        setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    } else {
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        viewport()->setAutoFillBackground(false);
    }
}

SecretEdit::~SecretEdit() = default;

void SecretEdit::setText(const QString &text)
{
    m_content.replace(0, m_content.size(), text);
    contentChanged();
}

void SecretEdit::clear()
{
    setText({});
}

void SecretEdit::setPlaceholderText(const QString &text)
{
    m_placeholder = text;
    viewport()->update();
}

void SecretEdit::setRightMargin(int margin)
{
    m_rightMargin = margin;
    updateScrollBars();
}

QString SecretEdit::bullets() const
{
    return QString(m_content.codePointsBefore(m_content.size()), bullet);
}

void SecretEdit::select(qsizetype anchor, qsizetype cursor)
{
    m_content.select(anchor, cursor);
    cursorMoved();
}

void SecretEdit::replace(qsizetype start, qsizetype end, const QString &text)
{
    const int from = m_content.codePointsBefore(start);
    const int removed = m_content.codePointsBefore(end) - from;
    const qsizetype characters =
        m_content.codePointsBefore(m_content.size()) - removed + DraftValidator::codePoints(text);
    if (characters > maxCharacters) {
        Q_EMIT refused(tooLongProblem(characters, maxCharacters));
        return;
    }
    m_content.replace(start, end, text);
    tellRemovedAndInserted(from, removed, m_content.codePointsBefore(m_content.cursor()) - from);
    contentChanged();
}

void SecretEdit::setRevealed(bool revealed)
{
    if (m_isRevealed == revealed)
        return;
    m_isRevealed = revealed;
    updateScrollBars();
    ensureCursorVisible();
    viewport()->update();
    Q_EMIT revealedChanged(revealed);
}

std::size_t SecretEdit::lineOf(qsizetype position) const
{
    const auto next = std::ranges::upper_bound(m_lineStarts, position);
    return std::size_t(std::distance(m_lineStarts.begin(), next)) - 1;
}

QStringView SecretEdit::line(std::size_t index) const
{
    const qsizetype start = m_lineStarts[index];
    const qsizetype end = index + 1 < lineCount() ? m_lineStarts[index + 1] - 1 : m_content.size();
    return QStringView(m_content.text()).sliced(start, end - start);
}

void SecretEdit::layOut(QTextLayout &layout, std::size_t index) const
{
    const QChar mask(style()->styleHint(QStyle::SH_LineEdit_PasswordCharacter, nullptr, this));
    const QStringView text = line(index);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(m_isRevealed && text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    layout.setTextOption(option);
    layout.setFont(font());
    layout.setText(m_isRevealed ? visible(text) : QString(DraftValidator::codePoints(text), mask));
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
}

/// Where the position is in the text that is shown of the line.
qsizetype SecretEdit::shownOffset(std::size_t index, qsizetype position) const
{
    const QStringView text = line(index);
    const qsizetype offset = std::clamp<qsizetype>(position - m_lineStarts[index], 0, text.size());
    return m_isRevealed ? offset : DraftValidator::codePoints(text.first(offset));
}

QRect SecretEdit::cursorRect(qsizetype position) const
{
    const std::size_t index = lineOf(position);
    QTextLayout layout;
    layOut(layout, index);
    const qreal x = layout.lineAt(0).cursorToX(int(shownOffset(index, position)));
    const QPoint topLeft =
        textArea().topLeft() - QPoint(horizontalScrollBar()->value(), verticalScrollBar()->value());
    return {topLeft.x() + int(x), topLeft.y() + int(index) * lineHeight(),
            style()->pixelMetric(QStyle::PM_TextCursorWidth, nullptr, this), lineHeight()};
}

qsizetype SecretEdit::positionAt(QPoint point) const
{
    point += QPoint(horizontalScrollBar()->value(), verticalScrollBar()->value()) - textArea().topLeft();
    const int row = std::clamp(isMultiLine() ? point.y() / lineHeight() : 0, 0, int(lineCount()) - 1);
    const auto index = std::size_t(row);
    QTextLayout layout;
    layOut(layout, index);
    const int shown = layout.lineAt(0).xToCursor(point.x());
    if (m_isRevealed)
        return m_lineStarts[index] + shown;
    return m_content.position(m_content.codePointsBefore(m_lineStarts[index]) + shown);
}

QSize SecretEdit::sizeHint() const
{
    if (isMultiLine()) {
        const int frame = 2 * (frameWidth() + multiLineMargin);
        return {fontMetrics().averageCharWidth() * 66 + frame,
                lineHeight() * 6 + frame + horizontalScrollBar()->sizeHint().height()};
    }
    QStyleOptionFrame option;
    option.initFrom(this);
    option.lineWidth = style()->pixelMetric(QStyle::PM_DefaultFrameWidth, &option, this);
    const int height = std::max(lineHeight(), 14) + 2 * verticalMargin;
    const int width = fontMetrics().horizontalAdvance(u'x') * 17 + 2 * horizontalMargin;
    return style()->sizeFromContents(QStyle::CT_LineEdit, &option, {width, height}, this);
}

QSize SecretEdit::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, isMultiLine() ? lineHeight() * 3 : sizeHint().height()};
}

QRect SecretEdit::textArea() const
{
    if (isMultiLine())
        return viewport()->rect().adjusted(multiLineMargin, multiLineMargin, -multiLineMargin,
                                           -multiLineMargin);
    QStyleOptionFrame option;
    option.initFrom(this);
    option.rect = viewport()->rect();
    option.lineWidth = style()->pixelMetric(QStyle::PM_DefaultFrameWidth, &option, this);
    QRect area = style()->subElementRect(QStyle::SE_LineEditContents, &option, this);
    area.adjust(horizontalMargin, 0, -horizontalMargin - m_rightMargin, 0);
    const int spare = area.height() - lineHeight();
    return area.adjusted(0, spare / 2, 0, -(spare - spare / 2));
}

int SecretEdit::lineHeight() const
{
    return fontMetrics().height();
}

void SecretEdit::contentChanged()
{
    m_lineStarts.assign(1, 0);
    if (isMultiLine()) {
        const QString &text = m_content.text();
        for (qsizetype at = text.indexOf(u'\n'); at >= 0; at = text.indexOf(u'\n', at + 1))
            m_lineStarts.push_back(at + 1);
    }
    updateScrollBars();
    cursorMoved();
    Q_EMIT textChanged();
}

void SecretEdit::cursorMoved()
{
    ensureCursorVisible();
    restartBlinking();
    viewport()->update();
    tellCursorMoved();
    QGuiApplication::inputMethod()->update(Qt::ImCursorRectangle);
}

void SecretEdit::updateScrollBars()
{
    qreal width = 0;
    if (m_isRevealed) {
        for (std::size_t index = 0; index < lineCount(); ++index) {
            QTextLayout layout;
            layOut(layout, index);
            width = std::max(width, layout.lineAt(0).naturalTextWidth());
        }
    } else {
        std::size_t longest = 0;
        for (std::size_t index = 1; index < lineCount(); ++index) {
            if (line(index).size() > line(longest).size())
                longest = index;
        }
        QTextLayout layout;
        layOut(layout, longest);
        width = layout.lineAt(0).naturalTextWidth();
    }
    const QRect area = textArea();
    const int cursorWidth = style()->pixelMetric(QStyle::PM_TextCursorWidth, nullptr, this);
    horizontalScrollBar()->setRange(0, std::max(0, int(std::ceil(width)) + cursorWidth - area.width()));
    horizontalScrollBar()->setPageStep(area.width());
    horizontalScrollBar()->setSingleStep(fontMetrics().averageCharWidth() * 4);
    verticalScrollBar()->setRange(
        0, isMultiLine() ? std::max(0, int(lineCount()) * lineHeight() - area.height()) : 0);
    verticalScrollBar()->setPageStep(area.height());
    verticalScrollBar()->setSingleStep(lineHeight());
}

void SecretEdit::ensureCursorVisible()
{
    const QRect area = textArea();
    const QRect cursor = cursorRect(m_content.cursor());
    const auto reach = [](QScrollBar &bar, int before, int behind) {
        if (before < 0)
            bar.setValue(bar.value() + before);
        else if (behind > 0)
            bar.setValue(bar.value() + behind);
    };
    reach(*horizontalScrollBar(), cursor.left() - area.left(), cursor.right() - area.right());
    reach(*verticalScrollBar(), cursor.top() - area.top(), cursor.bottom() - area.bottom());
}

void SecretEdit::restartBlinking()
{
    m_isCursorOn = hasFocus();
    const int flashTime = QGuiApplication::styleHints()->cursorFlashTime();
    if (m_isCursorOn && flashTime >= 2)
        m_blink.start(flashTime / 2, this);
    else
        m_blink.stop();
}

void SecretEdit::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    if (!isMultiLine())
        paintFrame(painter);
    const QRect area = textArea();
    painter.setClipRect(isMultiLine() ? viewport()->rect() : area.adjusted(-1, 0, 1, 0));
    if (m_content.size() == 0 && !m_placeholder.isEmpty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(area, int(isMultiLine() ? Qt::AlignTop : Qt::AlignVCenter) | Qt::AlignLeading,
                         m_placeholder);
    }
    painter.setPen(palette().color(QPalette::Text));
    const QPoint origin =
        area.topLeft() - QPoint(horizontalScrollBar()->value(), verticalScrollBar()->value());
    const int first = std::max(0, (area.top() - origin.y()) / lineHeight() - 1);
    for (auto index = std::size_t(first); index < lineCount(); ++index) {
        const QPoint topLeft = origin + QPoint(0, int(index) * lineHeight());
        if (topLeft.y() > viewport()->height())
            break;
        paintLine(painter, index, topLeft);
    }
    if (m_isCursorOn && isEnabled())
        painter.fillRect(cursorRect(m_content.cursor()), palette().color(QPalette::Text));
}

void SecretEdit::paintFrame(QPainter &painter) const
{
    QStyleOptionFrame option;
    option.initFrom(this);
    option.rect = viewport()->rect();
    option.lineWidth = style()->pixelMetric(QStyle::PM_DefaultFrameWidth, &option, this);
    option.state |= QStyle::State_Sunken;
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &option, &painter, this);
}

void SecretEdit::paintLine(QPainter &painter, std::size_t index, QPoint topLeft) const
{
    QTextLayout layout;
    layOut(layout, index);
    QList<QTextLayout::FormatRange> selections;
    const qsizetype lineEnd = m_lineStarts[index] + line(index).size();
    if (m_content.hasSelection() && m_content.selectionStart() <= lineEnd &&
        m_content.selectionEnd() >= m_lineStarts[index]) {
        const int from = int(shownOffset(index, m_content.selectionStart()));
        QTextLayout::FormatRange range;
        range.start = from;
        range.length = int(shownOffset(index, m_content.selectionEnd())) - from;
        range.format.setBackground(palette().brush(QPalette::Highlight));
        range.format.setForeground(palette().brush(QPalette::HighlightedText));
        selections.append(range);
    }
    layout.draw(&painter, topLeft, selections);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/secrettext.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>

#include <vector>

class QMimeData;
class QTextLayout;

/// An editor for a secret, of one line or of many: shows bullets unless told to reveal, takes text by every
/// way in and lets it out by none but text(). Neither clipboard, drags, undo, input methods nor assistive
/// technology get at it.
///
/// It is no QLineEdit or QPlainTextEdit, because those tell assistive technology what is typed into them.
class SecretEdit : public QAbstractScrollArea
{
    Q_OBJECT

public:
    enum class Lines { Single, Multiple };

    /// More is no key, and is not taken in.
    static constexpr qsizetype maxCharacters = 65'536;

    explicit SecretEdit(Lines lines, QWidget *parent = nullptr);
    ~SecretEdit() override;

    const QString &text() const { return m_content.text(); }
    void setText(const QString &text);

    /// Empties the editor and overwrites what it held.
    void clear();

    bool isRevealed() const { return m_isRevealed; }
    bool isMultiLine() const { return m_lines == Lines::Multiple; }
    void setPlaceholderText(const QString &text);
    const QString &placeholderText() const { return m_placeholder; }
    /// Room at the end of a single line, for a button.
    void setRightMargin(int margin);

    /// What others may see of the content: a bullet a code point.
    QString bullets() const;

    const SecretText &content() const { return m_content; }
    void select(qsizetype anchor, qsizetype cursor);
    /// As if the text had been typed; refuses, and says so by refused(), what would get longer than
    /// maxCharacters.
    void replace(qsizetype start, qsizetype end, const QString &text);

    /// Where the cursor is painted when it stands here, in the viewport's coordinates.
    QRect cursorRect(qsizetype position) const;
    qsizetype positionAt(QPoint point) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

public Q_SLOTS:
    /// Ends by itself when the window is left.
    void setRevealed(bool revealed);

Q_SIGNALS:
    void textChanged();
    void revealedChanged(bool revealed);
    /// A local file was dropped or pasted into a multi-line editor, which leaves it to others to read it.
    void fileOffered(const QString &path);
    /// Something was not taken in; `why` is in the user's language.
    void refused(const QString &why);

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    /// Makes secret editors password fields to assistive technology, which gets bullets for their text. Once
    /// is enough; further calls do nothing.
    static void installAccessibility();
    /// Tells assistive technology what an edit did, in code points and bullets.
    void tellRemovedAndInserted(int position, int removed, int inserted);
    void tellCursorMoved();

    bool moveByKey(const QKeyEvent &event);
    bool editByKey(const QKeyEvent &event);
    void deleteTo(qsizetype position);
    void moveCursor(qsizetype position, bool keepAnchor);
    void paste();
    bool canTake(const QMimeData *offer) const;
    bool acceptCopy(QDropEvent &event) const;
    void take(const QMimeData *offer);

    std::size_t lineCount() const { return m_lineStarts.size(); }
    std::size_t lineOf(qsizetype position) const;
    QStringView line(std::size_t index) const;
    void layOut(QTextLayout &layout, std::size_t index) const;
    qsizetype shownOffset(std::size_t index, qsizetype position) const;
    qsizetype verticalTarget(int lines) const;

    QRect textArea() const;
    int lineHeight() const;
    void contentChanged();
    void cursorMoved();
    void updateScrollBars();
    void ensureCursorVisible();
    void restartBlinking();
    void paintFrame(QPainter &painter) const;
    void paintLine(QPainter &painter, std::size_t index, QPoint topLeft) const;

    const Lines m_lines;
    SecretText m_content;
    std::vector<qsizetype> m_lineStarts{0};
    QString m_placeholder;
    int m_rightMargin = 0;
    bool m_isRevealed = false;
    bool m_isCursorOn = false;
    bool m_isSelecting = false;
    QBasicTimer m_blink;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QClipboard>
#include <QLineEdit>

class QMimeData;

/// A line that takes text alone: it says so of a file that is pasted or dropped, whose address Qt would
/// insert, and of a text that has no room in it, which Qt would cut.
class LineEdit : public QLineEdit
{
    Q_OBJECT

public:
    /// In code points. More has no room.
    static constexpr qsizetype maxCharacters = 32'767;

    explicit LineEdit(QWidget *parent = nullptr) : LineEdit(QString(), parent) {}
    explicit LineEdit(const QString &text, QWidget *parent = nullptr);

    /// Whether the path of a file that is pasted or dropped takes the place of the text.
    void setTakesPaths(bool takesPaths) { m_takesPaths = takesPaths; }

Q_SIGNALS:
    /// Something was not taken in; `why` is in the user's language.
    void refused(const QString &why);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    bool takesOrRefuses(const QMimeData *offered, const QString &rest);
    bool takesOrRefusesPaste(QClipboard::Mode mode);

    bool m_takesPaths = false;
};

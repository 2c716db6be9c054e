// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QScrollArea;
class QVBoxLayout;

/// A dialog that grows as high as what it shows needs, messages that wrap too, but never beyond the screen:
/// then its body scrolls, and what stands below the body stays in sight. It never shrinks by itself; without
/// a body it does not grow either. The keys are its own again once a dialog over it has closed.
class GrowingDialog : public QDialog
{
    Q_OBJECT

public:
    explicit GrowingDialog(QWidget *parent = nullptr);

    void setVisible(bool isVisible) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

    /// What a dialog may take up on its screen, without the frame that it has, or will have.
    static QSize roomFor(const QWidget &dialog);

protected:
    /// Makes the body, to be added to the dialog's layout. Its messages, and what has the focus, come into
    /// sight by themselves.
    QWidget *makeBody(QLayout *content);
    /// Lays the whole dialog out: a header, the body, and below it a footer, which is returned.
    QVBoxLayout *layOut(QWidget *header, QWidget *content);
    /// As wide as so many characters, if the screen is.
    int widthOf(int characters) const;

    bool event(QEvent *event) override;

private:
    void grow();
    void showMessage(QWidget &message);

    QScrollArea *m_body = nullptr;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

/// A scroll area that assistive technology can't crash: Qt's own (seen on 6.4.2) reads past its children when
/// it is asked for one that went away meanwhile, such as a scroll bar. One that does not scroll to the side
/// asks for as much room as its content needs.
class ScrollPane : public QScrollArea
{
    Q_OBJECT

public:
    explicit ScrollPane(QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;
    bool eventFilter(QObject *watched, QEvent *event) override;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

/// What stands in the place of the form as long as no type is chosen.
class NoTypePage : public QWidget
{
    Q_OBJECT

public:
    explicit NoTypePage(QWidget *parent = nullptr);
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/growingdialog.h"

class Inventory;

/// Names the applications that could not be read, each with the reason; accepted: they are to be read again.
class UnreadApplicationsDialog : public GrowingDialog
{
    Q_OBJECT

public:
    explicit UnreadApplicationsDialog(const Inventory &inventory, QWidget *parent = nullptr);
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/growingdialog.h"

class LineEdit;
class MessageBanner;

/// Asks for the ID of an application, for those whose token can't list applications.
class ApplicationIdDialog : public GrowingDialog
{
    Q_OBJECT

public:
    explicit ApplicationIdDialog(QWidget *parent = nullptr);

    /// After Accepted: 24 hexadecimal digits.
    QString applicationId() const;

private:
    void tryToAccept();

    LineEdit *m_id;
    MessageBanner *m_error;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/growingdialog.h"

struct Credential;
class Session;

/// Asks before a credential is disabled that may be in use. It is accepted if it is to be disabled.
class DisableDialog : public GrowingDialog
{
    Q_OBJECT

public:
    /// The session outlives the dialog. The name of the application may be empty, and any text.
    DisableDialog(Session &session, const QString &applicationId, const QString &applicationName,
                  const Credential &credential, QWidget *parent = nullptr);
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/changedialog.h"

#include <QTimer>

class LineEdit;
class Session;
class TonedLabel;
class UsageQuestion;

/// Asks before a credential is deleted, and deletes it. Closes itself once the server has it no longer.
///
/// It has to be named by who deletes it where it is used, where that is not known, and in production. Where
/// it may have been deleted, it can only be looked up what became of it.
class DeleteDialog : public ChangeDialog
{
    Q_OBJECT

public:
    /// The session outlives the dialog. The name of the application may be empty, and any text.
    DeleteDialog(Session &session, const QString &applicationId, const QString &applicationName,
                 const Credential &credential, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Once, as soon as it is known.
    void deleted(const Credential &credential);
    /// After the dialog has closed. `isUsageKnown`: it has shown where the credential is used.
    void disableWanted(bool isUsageKnown);

protected:
    void act() override { send(); }
    std::unique_ptr<CredentialChange> startChange(CredentialChange::Finished finished) override;
    void finished(const ChangeOutcome &outcome) override;
    void failed(const ChangeOutcome &outcome) override;
    void stateEntered() override;

private:
    QWidget *makeNameField();
    void addDisableButton(QDialogButtonBox &buttons);
    void updateParts();
    /// Why it has to be named; empty if it does not.
    QString whyNamed() const;
    bool isNamed() const;

    Session &m_session;
    const QString m_applicationId;
    const Credential m_credential;
    UsageQuestion *m_usage;
    LineEdit *m_name;
    TonedLabel *m_why;
    QWidget *m_naming;
    QPushButton *m_disable = nullptr; ///< unless it is disabled already
    QTimer m_late;                    ///< until it has to be named, as where it is used is not known yet
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/changedialog.h"

class ConflictPrompt;
class CredentialForm;
class CredentialHeader;
class PublicKeyPage;
class QScrollArea;
class QSettings;
class QStackedWidget;
class Session;
class TypeChooser;
class UsageNotice;

/// Creates a credential of any type, edits one, or gives one a new key. Closes itself once that is done.
///
/// What there is to edit it reads first, from the server. Where it may have been created, Create asks first.
class CredentialDialog : public ChangeDialog
{
    Q_OBJECT

public:
    using Change = ChangeWords::Change;

    // Service, session and settings (which keep the dialog's size) outlive the dialog.

    /// To create one.
    CredentialDialog(CredentialService &service, const QString &applicationId, const QString &applicationName,
                     QSettings &settings, QWidget *parent = nullptr);
    /// To be opened. The credential needs no more than id, name and type.
    static CredentialDialog *edit(Session &session, const QString &applicationId,
                                  const QString &applicationName, const Credential &credential,
                                  QSettings &settings, QWidget *parent);
    static CredentialDialog *rotate(Session &session, const QString &applicationId,
                                    const QString &applicationName, const Credential &credential,
                                    QSettings &settings, QWidget *parent);
    ~CredentialDialog() override;

    /// From now on it asks once more before it sends anything, and names the profile.
    void confirmBeforeSending(const QString &profileTitle) { m_productionTitle = profileTitle; }

    void done(int result) override;

Q_SIGNALS:
    // Once, as soon as it is known. A generated public key may stay to be copied after this.
    void created(const Credential &credential);
    void changed(const Credential &credential);

protected:
    bool focusNextPrevChild(bool next) override;

    bool hasInput() const override;
    void wipe() override;
    void act() override;
    std::unique_ptr<CredentialChange> startChange(CredentialChange::Finished finished) override;
    void finished(const ChangeOutcome &outcome) override;
    void failed(const ChangeOutcome &outcome) override;
    void conflicted(const Credential &theirs) override;
    void stateEntered() override;
    void showUnknownText() override;
    void stopLoading() override { m_load.reset(); }

private:
    CredentialDialog(Change change, CredentialService &service, const QString &applicationId,
                     const QString &applicationName, QSettings &settings, QWidget *parent);
    static CredentialDialog *upon(Change change, Session &session, const QString &applicationId,
                                  const QString &applicationName, const Credential &credential,
                                  QSettings &settings, QWidget *parent);

    QWidget *makeFormPage();
    void chooseType(const CredentialType &type);

    void load();
    void loaded(const Result<Credential> &answer);
    void loadFailed(const ApiError &error);
    void edited();
    /// Asks before it is sent: of what is likely to show a secret, of production, of once more.
    void confirm(QStringList details);
    void sayDifference(const Credential &saved, bool lacksKey);
    void showPublicKey(const ChangeOutcome &outcome);
    void saveAnyway();
    void showTheirs(bool isKeyLost);
    void renewProblemList();
    void listProblems(const QStringList &fields);

    const Change m_change;
    CredentialService &m_service;
    const QString m_applicationId;
    const QString m_applicationName;
    Credential m_credential;      ///< that is edited
    Session *m_session = nullptr; ///< of one that is edited
    QString m_userId;             ///< who we were as it was sent, if that was known
    QString m_productionTitle;    ///< empty: it asks nothing
    QSettings &m_settings;

    TypeChooser *m_chooser = nullptr; ///< of a new credential
    CredentialForm *m_form;
    PublicKeyPage *m_keyPage;
    QStackedWidget *m_pages;
    QWidget *m_formPage = nullptr;
    QScrollArea *m_scrollArea = nullptr;
    CredentialHeader *m_header = nullptr;
    UsageNotice *m_usage = nullptr; ///< of one that is edited
    QPushButton *m_retry = nullptr;
    ConflictPrompt *m_conflict = nullptr; ///< of one that is edited

    bool m_wasUnknown = false;    ///< what became of a change that was sent
    bool m_listsProblems = false; ///< the banner says which fields block
    PendingCall m_load;
};

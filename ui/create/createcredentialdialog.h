// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/credentialcreation.h"
#include "widgets/unsavedwork.h"

#include <QDialog>
#include <QPointer>

#include <memory>

class BusyBar;
class ButtonGuard;
class CredentialForm;
class MessageBanner;
class PublicKeyPage;
class PlainLabel;
class QPushButton;
class QScrollArea;
class QSettings;
class QStackedWidget;
class TonedLabel;
class TypeChooser;

/// Asks for a credential of any type and creates it. Emits created() and closes itself once the server has
/// it.
///
/// It posts once for each press of Create. While that takes, Cancel ends the waiting, not the dialog. Where
/// it may have been created, Create asks first.
class CreateCredentialDialog : public QDialog, public UnsavedWork
{
    Q_OBJECT

public:
    /// The service and the settings (which keep the dialog's size) outlive the dialog.
    CreateCredentialDialog(CredentialService &service, const QString &applicationId,
                           const QString &applicationName, QSettings &settings, QWidget *parent = nullptr);
    ~CreateCredentialDialog() override;

    /// From now on Create asks once more, and names the profile.
    void confirmBeforeCreating(const QString &profileTitle) { m_productionTitle = profileTitle; }

    /// Ends a waiting first, and asks before what was typed is lost.
    void reject() override;
    void done(int result) override;

    bool hasUnsavedWork() const override;
    void giveUpWork(std::function<void()> then) override;

Q_SIGNALS:
    /// Once, as soon as it is known. A generated public key may stay to be copied after this.
    void created(const Credential &credential);
    /// It may have been created. Once for each time that this is all that is known.
    void outcomeUnknown();

protected:
    void showEvent(QShowEvent *event) override;

private:
    enum class State {
        Editing,
        Posting,
        LookingUp, ///< the answer was lost
        Unknown,   ///< as Editing, but it may have been created
        Created,   ///< the public key is shown
    };

    QWidget *makeEmptyPage();
    QWidget *makeFormPage();
    QWidget *makeButtons();
    void chooseType(const CredentialType &type);
    void orderTabStops();

    void create();
    /// Asks before it is posted: of what is likely to show a secret, of production, of once more.
    void confirm(const QStringList &questions);
    void post();
    void creationEnded(const CreateOutcome &outcome);
    void showRefusal(const ApiError &error);
    void showUnknown(const CreateOutcome &outcome);
    void showPublicKey(const CreateOutcome &outcome);
    void checkAgain();
    void formEdited();
    /// What is typed, or asked, from now on is not to go with the dialog.
    void stopLooking();
    void enter(State state);
    void askToDiscard();

    CredentialService &m_service;
    const QString m_applicationId;
    const QString m_applicationName;
    QString m_productionTitle; ///< empty: creating asks nothing
    QSettings &m_settings;

    TypeChooser *m_chooser;
    CredentialForm *m_form;
    PublicKeyPage *m_keyPage;
    QStackedWidget *m_pages;
    QWidget *m_emptyPage = nullptr;
    QWidget *m_formPage = nullptr;
    QScrollArea *m_scrollArea = nullptr;
    PlainLabel *m_typeIcon = nullptr;
    PlainLabel *m_typeName = nullptr;
    MessageBanner *m_banner;
    QPushButton *m_checkAgain = nullptr;
    BusyBar *m_progress = nullptr;
    PlainLabel *m_status = nullptr;
    QPushButton *m_create = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_done = nullptr;
    ButtonGuard *m_guard;

    State m_state = State::Editing;
    std::function<void()> m_afterwards; ///< what waits for the dialog to close
    QPointer<QDialog> m_discardQuestion;
    bool m_wasCancelled = false;
    QString m_unknownText;        ///< Unknown: why
    bool m_listsProblems = false; ///< the banner says which fields block
    std::unique_ptr<CredentialCreation> m_creation;
};

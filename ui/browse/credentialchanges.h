// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browse/donebanner.h"
#include "edit/changewords.h"
#include "services/credentialchange.h"
#include "services/usagecache.h"

#include <QPointer>
#include <QSet>

class ApplicationTreeModel;
class ChangeBanner;
class CredentialDialog;
class QDialog;
class QSettings;
class Session;

/// Carries out what is wanted of a page's credentials: opens the dialog for it, or sends what needs none, and
/// says what became of that.
class CredentialChanges : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it but the page, to which it belongs, and over which its dialogs open. What failed is
    /// said in the banner.
    CredentialChanges(Session &session, const ApplicationTreeModel &applications, QSettings &settings,
                      ChangeBanner &banner, QWidget *page);
    ~CredentialChanges() override;

    /// The one that the page is of from now on, if it is of one.
    void setApplication(const QString &applicationId);

    /// In the page's application.
    void create();
    void edit(const QString &applicationId, const Credential &credential);
    void rotate(const QString &applicationId, const Credential &credential);
    /// Asks first where that may do harm.
    void setEnabled(const QString &applicationId, const Credential &credential, bool isEnabled);
    /// Undoes setEnabled(), without asking again.
    void undo(const DoneBanner::Change &change);
    void remove(const QString &applicationId, const Credential &credential);

    /// Something was sent, or is about to be, and is waited for. Nothing else is sent until then.
    bool isUnderWay() const;
    /// Why nothing else can be changed just now, empty if it can: a change is under way, or it is not known
    /// what became of one.
    QString obstacle() const;
    /// Gives up waiting; what became of the change is then looked up.
    void stop();

    /// It is not known what became of a change, yet or at all.
    bool hasUnsavedWork() const { return isUnderWay() || m_isUnknown; }
    /// Calls `then` once that is known, or the person is content not to know it; not if it ends in another
    /// question or a failure.
    void giveUpWork(std::function<void()> then);

Q_SIGNALS:
    /// And with it the obstacle.
    void underWayChanged();
    /// What the page shows is out of date, if the change is of its application.
    void done(const DoneBanner::Change &change);
    /// The page may not show this application's credentials as they are.
    void outdated(const QString &applicationId);

private:
    /// To enable or disable a credential, which needs no dialog.
    struct Toggle
    {
        QString applicationId;
        Credential credential;
        bool isEnabled = false;
    };

    static CredentialDraft draftOf(const Toggle &toggle);
    static ChangeWords wordsOf(const Toggle &toggle);
    QString applicationName(const QString &applicationId) const;
    void open(QDialog *dialog);
    void openEditor(const QString &applicationId, CredentialDialog *dialog);
    /// Asks first where that may do harm.
    void begin(const Toggle &toggle);
    void disableUnlessUsed(const Toggle &toggle);
    void askBeforeDisabling(const Toggle &toggle);
    void askBeforeEnabling(const Toggle &toggle);
    void withdrawUsage();
    void run(const Toggle &toggle);
    void forgetUnknown();
    void askToGiveUp();
    bool mayBeOurs(const Credential &theirs) const;
    void ended(const ChangeOutcome &outcome);
    void endedDone(const ChangeOutcome &outcome);
    void showConflict(const Credential &theirs);
    void showFailure(const ChangeOutcome &outcome);
    void showUnknown(const ChangeOutcome &outcome);
    void checkAgain();

    Session &m_session;
    const ApplicationTreeModel &m_applications;
    QSettings &m_settings;
    ChangeBanner &m_banner;
    QWidget *m_page;
    QString m_applicationId;

    Toggle m_toggle;      ///< the last one
    PendingUsage m_usage; ///< of one to be disabled
    std::unique_ptr<CredentialChange> m_change;
    bool m_isUnknown = false;           ///< what became of the change, though it is not under way
    QSet<QString> m_undecidedIds;       ///< of credentials that a change of ours may have changed unseen
    std::function<void()> m_afterwards; ///< what waits until it is known
    QPointer<QDialog> m_question;       ///< whether to give up what is not known
};

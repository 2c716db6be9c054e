// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credential.h"
#include "edit/changewords.h"

#include <QObject>

#include <optional>

class ButtonGuard;
class CredentialForm;
class MessageBanner;
class QPushButton;

/// Somebody else's change to what a form edits: says in the banner what they changed, and makes a draft of
/// both once it is chosen whose goes.
class ConflictPrompt : public QObject
{
    Q_OBJECT

public:
    /// They are parts of the same dialog, and outlive it.
    ConflictPrompt(CredentialForm &form, MessageBanner &banner, ButtonGuard &guard, const ChangeWords &words);

    /// `theirs` is what has become of the form's base. `userId`: who we are, empty if that is not known;
    /// `wasUnknown`: it may also come from what was sent before.
    void show(const Credential &theirs, const QString &userId, bool wasUnknown);
    /// Nothing is to be chosen any more.
    void forget();

Q_SIGNALS:
    // The form has the draft.
    void mineChosen();
    /// `isKeyLost`: without the secret that was typed.
    void theirsChosen(bool isKeyLost);

private:
    void takeMine();
    void takeTheirs();

    CredentialForm &m_form;
    MessageBanner &m_banner;
    ButtonGuard &m_guard;
    const ChangeWords m_words;
    QPushButton *m_saveAnyway;
    QPushButton *m_loadTheirs;
    std::optional<Credential> m_theirs; ///< as long as it is to be chosen
};

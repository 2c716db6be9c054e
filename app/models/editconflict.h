// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialdraft.h"

#include <QCoreApplication>
#include <QStringList>

/// A draft whose base somebody else has changed meanwhile: what they changed, and what can come of both.
class EditConflict
{
    Q_DECLARE_TR_FUNCTIONS(EditConflict)

public:
    /// `mine` has a base, and `theirs` is what has become of it.
    EditConflict(const CredentialDraft &mine, const Credential &theirs);

    /// A line for each field that they changed, as far as the server shows it and not to what is mine of it.
    /// In the user's language; of a text no more than its beginning.
    QStringList lines() const;

    /// A draft upon theirs that has what I changed. What a key consists of stays together: it is all mine if
    /// I changed any of it.
    CredentialDraft withMine() const;
    /// A draft upon theirs that has what I changed and they did not. A key is all theirs if they changed any
    /// of it.
    CredentialDraft withTheirs() const;
    /// Whether withTheirs() lacks a secret that I typed.
    bool isKeyLost() const { return m_isKeyMine && m_isKeyTheirs; }

private:
    CredentialDraft merged(bool prefersMine) const;
    bool isOfKey(FieldId field) const;
    bool isTheirs(FieldId field) const;

    const CredentialDraft m_mine;
    const CredentialDraft m_before; ///< upon the base, all kept
    const CredentialDraft m_theirs; ///< upon theirs, all kept
    std::vector<FieldId> m_fields;
    std::vector<FieldId> m_key; ///< what a key consists of
    bool m_isKeyMine = false;   ///< I changed some of it
    bool m_isKeyTheirs = false; ///< they did
};

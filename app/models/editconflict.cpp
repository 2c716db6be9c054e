// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/editconflict.h"

#include "api/losantjson.h"
#include "models/fieldtext.h"

#include <algorithm>

EditConflict::EditConflict(const CredentialDraft &mine, const Credential &theirs)
    : m_mine(mine)
    , m_before(LosantJson::readDraft(*mine.base(), mine.type()))
    , m_theirs(LosantJson::readDraft(theirs, mine.type()))
    , m_fields(mine.allFields())
    , m_key(mine.type() ? mine.keyFields() : std::vector<FieldId>())
    , m_isKeyMine(std::ranges::any_of(m_key, [&](FieldId field) { return m_mine.isChanged(field); }))
    , m_isKeyTheirs(std::ranges::any_of(m_key, [&](FieldId field) { return isTheirs(field); }))
{
}

bool EditConflict::isOfKey(FieldId field) const
{
    return std::ranges::find(m_key, field) != m_key.end();
}

bool EditConflict::isTheirs(FieldId field) const
{
    const bool isSecret = field.isOfType() && m_theirs.type()->field(field).secret;
    return isSecret ? m_theirs.shownInBase(field) != m_before.shownInBase(field)
                    : m_theirs.value(field) != m_before.value(field);
}

QStringList EditConflict::lines() const
{
    QStringList lines;
    for (const FieldId field : m_fields) {
        if (!isTheirs(field))
            continue;
        const CredentialDraft &words = !field.isOfType() || m_theirs.isShown(field) ? m_theirs : m_before;
        const QString label = FieldText::label(words, field);
        if (field.isOfType() && m_theirs.type()->field(field).secret)
            lines += tr("%1: they have set another one.").arg(label);
        else if (m_mine.value(field) == m_theirs.value(field))
            continue; // both mean the same
        else if (m_mine.isChanged(field))
            lines += tr("%1: yours is %2, theirs %3.")
                         .arg(label, FieldText::value(m_mine, field), FieldText::value(m_theirs, field));
        else
            lines += tr("%1: theirs is %2, it was %3 and you left it so.")
                         .arg(label, FieldText::value(m_theirs, field), FieldText::value(m_before, field));
    }
    return lines;
}

CredentialDraft EditConflict::withMine() const
{
    return merged(true);
}

CredentialDraft EditConflict::withTheirs() const
{
    return merged(false);
}

CredentialDraft EditConflict::merged(bool prefersMine) const
{
    CredentialDraft draft = m_theirs;
    if (m_mine.needsNewKey())
        draft.requireNewKey();
    const bool isKeyOfMine = m_isKeyMine && (prefersMine || !m_isKeyTheirs);
    for (const FieldId field : m_fields) {
        const bool isMine = isOfKey(field) ? isKeyOfMine && (m_mine.isChanged(field) || isTheirs(field))
                                           : m_mine.isChanged(field) && (prefersMine || !isTheirs(field));
        const bool isSecretKept =
            field.isOfType() && m_mine.type()->field(field).secret && !m_mine.isChanged(field);
        if (isMine && !isSecretKept)
            draft.set(field, m_mine.value(field));
    }
    return draft;
}

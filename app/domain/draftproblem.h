// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/fieldid.h"

#include <QString>

#include <optional>

/// Something about one field of a draft that a person should know, in words.
struct DraftProblem
{
    /// From the worst to the mildest.
    enum class Severity {
        Problem,  ///< blocks: the API would refuse the credential, or it would show a secret to everybody
        Question, ///< likely a slip that would show a secret: to be asked about once before anything is sent
        Advice,   ///< probably a slip, but the API would take it
    };
    enum class Kind {
        // What the API's schema refuses too.
        Missing,
        TooShort,
        TooLong,
        NotAChoice,
        NotANumber,
        OutOfRange,
        // Blocked beyond the schema.
        PrivateKeyInPublicField,
        PasswordInUrl,
        BlankName,
        OldKey, ///< the key that a new one is to take the place of
        // Asked about.
        LooksSecret,
        // Advice.
        SurroundingBlanks, ///< blanks or line breaks around the value
        StrayCharacters,   ///< invisible or typographic characters within the value
        WrappedValue,      ///< `Bearer `, `NAME=`, quotes and the like around the value
        DamagedPem,
        WrongKeyKind,
        EncryptedKey,
        KeyMismatch,
        ChainOrder,
        Validity,
        WeakKey,
        NotAServiceAccountKey,
        UnlikelyValue,
    };
    /// What `DraftValidator::remedied()` can do about it. It is offered, never done unasked.
    enum class Remedy {
        None,
        Trim,
        RemoveStray, ///< removes the characters, or puts what was meant in their place
        Unwrap,
        RestorePem,
        OrderChain,      ///< puts certificates in the order of their issuers
        MoveToField,     ///< moves what is secret to the field `target`
        ExchangeFields,  ///< exchanges the value with that of the field `target`
        TakePasswordOut, ///< takes user and password out of a URL, the password to the field `target` if
                         ///< there is one
        TakeApart,       ///< puts the parts of the value into the fields that they belong to
        TakePart, ///< keeps the part of the value that belongs into the field, or writes it as it has to be
        Escape,   ///< writes with percent signs what has a meaning in a URL
    };

    FieldId field = FieldId::name;
    Severity severity = Severity::Problem;
    Kind kind = Kind::Missing;
    QString message; ///< in the user's language, ready to stand beside the field; holds no value of a field
    Remedy remedy = Remedy::None;
    std::optional<FieldId> target{}; ///< the field that the remedy changes too
};

/// The new value of a field.
struct FieldChange
{
    FieldId field;
    QString value;
};

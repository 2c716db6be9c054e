// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/draftcheck.h"

/// A field that everybody can read who sees the credential, in a draft that shows it.
struct PublicField
{
    CredentialDraft draft; ///< its texts are empty, but for the name
    FieldId field;
    QByteArray name;
};

/// Every public text of every type, name and description among them: from the table, so that none is
/// forgotten. Each row of the table comes with every choice and switch with which it is shown.
inline std::vector<PublicField> publicFields()
{
    std::vector<PublicField> all;
    for (const CredentialType &type : credentialTypes()) {
        std::vector<CredentialDraft> variants{CredentialDraft(type)};
        for (const FieldId field : type.fieldIds()) {
            const CredentialField &row = type.field(field);
            std::vector<QString> values;
            // What no other field depends on makes no variant.
            const bool decides = std::ranges::any_of(
                type.fields, [&](const CredentialField &other) { return other.shownWhen.key == row.key; });
            if (row.kind == FieldKind::Choice && decides)
                for (const FieldChoice &choice : row.choices)
                    values.push_back(choice.value);
            if (row.kind == FieldKind::Switch && decides)
                values = {QString(), QStringLiteral("true")};
            if (values.empty())
                continue;
            std::vector<CredentialDraft> next;
            for (const CredentialDraft &variant : variants) {
                for (const QString &value : values) {
                    next.push_back(variant);
                    next.back().set(field, value);
                }
            }
            variants = std::move(next);
        }
        int count = 0;
        std::vector<std::vector<bool>> seen; // what is shown: one variant of each is enough
        for (CredentialDraft &variant : variants) {
            std::vector<bool> shown;
            for (const FieldId field : type.fieldIds())
                shown.push_back(variant.isShown(field));
            if (std::ranges::find(seen, shown) != seen.end() && type.key != QLatin1StringView("http"))
                continue;
            seen.push_back(shown);
            variant.set(FieldId::name, QStringLiteral("a name"));
            const QByteArray place =
                QByteArray(type.key.data(), type.key.size()) + ' ' + QByteArray::number(count++);
            all.push_back({variant, FieldId::name, place + ": name"});
            all.push_back({variant, FieldId::description, place + ": description"});
            for (const FieldId field : type.fieldIds()) {
                const CredentialField &row = type.field(field);
                const bool isText = row.kind == FieldKind::Line || row.kind == FieldKind::File;
                if (isText && !row.secret && variant.isShown(field))
                    all.push_back(
                        {variant, field, place + ": " + QByteArray(row.key.data(), row.key.size())});
            }
        }
    }
    return all;
}

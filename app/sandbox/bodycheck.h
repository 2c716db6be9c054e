// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialtypes.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// What is wrong with one field of a body.
struct BodyProblem
{
    QString field; ///< such as `name` or `awsConfig.region`
    QString message;
};

/// What is left of the body of a create or a change once it is checked: its secrets are not.
struct CheckedBody
{
    std::vector<BodyProblem> problems; ///< the rest means something only while there are none
    std::optional<QString> name;
    std::optional<QString> description;
    std::optional<bool> enabled;
    const CredentialType *type = nullptr;
    std::optional<QJsonObject> config; ///< what may be read of it
};

/// Checks the body of a create.
CheckedBody checkPost(const QJsonObject &body);

/// Checks a change to a credential of this type and readable configuration; answers the configuration as it
/// then is.
CheckedBody checkPatch(const QJsonObject &body, const CredentialType &type, const QJsonObject &config);

/// The body of a sign-in.
struct SignInBody
{
    std::vector<BodyProblem> problems; ///< the rest means something only while there are none
    QString email;
    QString password;
    QString twoFactorCode;
    QStringList scopes;       ///< none: everything
    qint64 secondsToLive = 0; ///< 0: without end
};

SignInBody checkSignIn(const QJsonObject &body);

/// The object that a body is, or nothing.
std::optional<QJsonObject> jsonObject(const QByteArray &body);

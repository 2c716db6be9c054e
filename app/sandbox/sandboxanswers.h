// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/bodycheck.h"
#include "sandbox/sandboxrecords.h"

#include <QJsonObject>

#include <vector>

/// What a client gets.
struct SandboxAnswer
{
    int status = 200;
    QByteArray body{};  ///< JSON, or empty
    QByteArray allow{}; ///< with status 405: the methods that are known there
};

SandboxAnswer objectAnswer(int status, const QJsonObject &object);
SandboxAnswer errorAnswer(int status, const QString &type, const QString &message);
/// 400, each problem on its field. Names what was wrong, never what was sent.
SandboxAnswer problemsAnswer(const std::vector<BodyProblem> &problems);
SandboxAnswer nameTakenAnswer(const QString &name);
SandboxAnswer notJsonAnswer();
SandboxAnswer tooLargeAnswer();

QString isoDate(qint64 milliseconds);

/// What may be read of a credential's configuration.
QJsonObject readableConfig(const SandboxCredential &credential);

/// A credential as every answer holds it. It is kept in the record until that changes.
QByteArray credentialJson(SandboxCredential &credential, const QByteArray &applicationId);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

/// A type of credential and a configuration of it that the API takes, written by its documentation.
struct SampleBody
{
    QString type;
    QString configKey;
    QJsonObject config;

    /// The body of a create.
    QJsonObject body(const QString &name) const;
};

/// One of each type, several of those that can be made in several ways.
QList<SampleBody> sampleBodies();

/// The first of a type.
SampleBody sampleBody(const QString &type);

/// Everything secret in the bodies, in pieces that are on one line.
QStringList sampleSecrets();

/// A certificate and its private key, PEM; the key's public half.
QString samplePrivateKey();
QString sampleCertificate();
QString samplePublicKey();

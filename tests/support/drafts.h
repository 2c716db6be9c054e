// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/credentialdraft.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

/// The bodies in fixtures/posted, written by hand: what the API wants for one credential each.
QStringList postedFixtureNames();
QByteArray postedFixture(const QString &name);

/// The credential that a server has once this body was posted, as it shows it.
Credential credentialFor(const QByteArray &body);

/// The draft of a person who means to post this body, typed by its keys alone.
/// What the table of types has no field for is left out.
CredentialDraft draftFor(const QByteArray &body);

/// A draft of this type that has no problem.
CredentialDraft draftOfType(QLatin1StringView type);

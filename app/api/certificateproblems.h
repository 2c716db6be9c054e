// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslError>

/// What is wrong with the certificate of the server at `host`: a sentence for each problem, in the user's
/// language. What the certificate says of itself, which may be any text, is quoted in it and cut short.
QString certificateProblems(const QList<QSslError> &errors, const QString &host);

/// Whether the certificate's issuer is not trusted, whatever else is wrong.
bool isUntrusted(const QList<QSslError> &errors);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/// Whether the folder of the API's schemas is known. A test that needs them skips without.
bool haveSchemas();

/// What is wrong with a JSON text by one of the API's schemas, such as `credentials`. Empty when it is valid.
QString schemaProblem(const QString &schemaName, const QByteArray &json);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sandboxrecords.h"

#include <QJsonObject>

#include <optional>
#include <vector>

/// The sandbox's first content: the same on every start, but for its dates, which count back from a given
/// day.
class SampleData
{
public:
    /// `credentials` are those of the largest application; `today` is the start of a day, in milliseconds
    /// since 1970. With `credentialsInAll` all applications have as many, with long descriptions.
    SampleData(int applications, int credentials, qint64 today, std::optional<int> credentialsInAll = {});

    std::vector<SandboxApplication> applications() const;
    std::vector<SandboxCredential> credentials(const SandboxApplication &application) const;

    /// What may be read of a sample's configuration.
    static QJsonObject config(const SandboxCredential &credential);

    /// The id of something that belongs to `scope` and is the `number`-th there. No two are the same.
    static QByteArray id(quint32 scope, quint32 number);

private:
    /// Whether there is no sample of this number.
    bool isLeftOut(int index) const;
    /// A number that none of an application's first `count` samples reaches.
    int indexAfter(int count) const;

    int m_applications;
    int m_credentials;
    std::optional<int> m_credentialsInAll;
    qint64 m_today;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslKey>

/// A certificate for 127.0.0.1 and localhost, made when first asked for, and its key.
struct TestCertificate
{
    QSslCertificate certificate;
    QSslKey key;

    static const TestCertificate &instance();
    /// Another one of the same names, which nobody trusts.
    static const TestCertificate &stranger();

    /// From now on this process trusts it, as it would an authority of the system.
    static void trust();
};

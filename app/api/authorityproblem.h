// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

/// What of a file or folder of certificate authorities can't be used.
struct AuthorityProblem
{
    enum class Source { Profile, EnvironmentFile, EnvironmentFolder };
    enum class Kind {
        Missing,
        Forbidden,  ///< by the file's permissions
        Unreadable, ///< `reason` says why
        IsFolder,
        IsNoFolder,
        IsDevice, ///< or a pipe, a socket
        TooLarge,
        Empty,
        NoCertificate,
        PrivateKey, ///< and no certificate
        Pkcs7,
        Pkcs12,
        TrustedForm,      ///< OpenSSL's `TRUSTED CERTIFICATE`, which may say whom not to trust
        Damaged,          ///< `damaged` certificates
        FilesOfFolder,    ///< `count` files of a folder can't be used, `path` being the first, for `fileKind`
        TooMuchInFolders, ///< only the first files were read
    };

    Kind kind = Kind::Missing;
    QString path;
    Source source = Source::Profile;
    QString reason;
    int damaged = 0;
    int count = 0;
    Kind fileKind = Kind::Missing;
    int used = 0; ///< certificates of the same file or folder that are used
};

/// What can't be used, why, and what to do: sentences, in the user's language. Empty if there is no problem.
QString authorityProblemText(const std::vector<AuthorityProblem> &problems);

/// Only why, for a file that a person has just chosen.
QString authorityReason(const AuthorityProblem &problem);

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/authorityproblem.h"

#include "domain/showntext.h"
#include "domain/textbounds.h"

#include <QCoreApplication>
#include <QDir>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace {

using Kind = AuthorityProblem::Kind;
using Source = AuthorityProblem::Source;

QString words(const char *text, int n = -1)
{
    return QCoreApplication::translate("AuthorityProblem", text, nullptr, n);
}

/// The ends of a path say more than its middle.
QString pathText(const QString &path)
{
    constexpr qsizetype maxLength = 160;
    QString text = QDir::toNativeSeparators(path);
    if (text.size() > maxLength) {
        const qsizetype tail = graphemeStart(text, text.size() - maxLength / 2);
        text = text.first(graphemeStart(text, maxLength / 2)) + u'…' + text.sliced(tail);
    }
    return quoted(text);
}

QString reasonText(Kind kind, const AuthorityProblem &problem)
{
    switch (kind) {
    case Kind::Missing:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem", "“%1” does not exist"));
    case Kind::Forbidden:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem", "“%1” can't be read: permission denied"));
    case Kind::Unreadable:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem", "“%1” can't be read: %2"));
    case Kind::IsFolder:
        return problem.source == Source::EnvironmentFile
                   ? words(QT_TRANSLATE_NOOP("AuthorityProblem",
                                             "“%1” is a folder, which SSL_CERT_DIR may name"))
                   : words(QT_TRANSLATE_NOOP("AuthorityProblem", "“%1” is a folder and no file"));
    case Kind::IsNoFolder:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem",
                                       "“%1” is no folder, but a file, which SSL_CERT_FILE may name"));
    case Kind::IsDevice:
        return words(
            QT_TRANSLATE_NOOP("AuthorityProblem", "“%1” is no ordinary file, but a device or a pipe"));
    case Kind::TooLarge:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem", "“%1” is larger than 4 MiB"));
    case Kind::Empty:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem", "“%1” is empty"));
    case Kind::NoCertificate:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem", "“%1” holds no certificate"));
    case Kind::PrivateKey:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem", "“%1” holds a private key and no certificate"));
    case Kind::Pkcs7:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem",
                                       "“%1” holds PKCS #7, which is not read (“openssl pkcs7 -print_certs” "
                                       "makes PEM of it)"));
    case Kind::Pkcs12:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem",
                                       "“%1” is a PKCS #12 container, which is not read (“openssl pkcs12 "
                                       "-nokeys” makes PEM of it)"));
    case Kind::TrustedForm:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem",
                                       "“%1” holds OpenSSL's “TRUSTED CERTIFICATE”, which is not read "
                                       "(“openssl x509” makes PEM of it)"));
    case Kind::Damaged:
        return words(QT_TRANSLATE_N_NOOP("AuthorityProblem", "in “%1” %n certificate(s) is damaged"),
                     problem.damaged);
    case Kind::FilesOfFolder:
        return words(QT_TRANSLATE_N_NOOP("AuthorityProblem", "%n file(s) can't be used; the first:"),
                     problem.count) +
               u' ' + reasonText(problem.fileKind, problem);
    case Kind::TooMuchInFolders:
        return words(QT_TRANSLATE_NOOP("AuthorityProblem",
                                       "the files from “%1” on are too many, and were not all read"));
    }
    Q_UNREACHABLE();
}

/// What is wanting for it, and what to do where that is.
std::pair<const char *, const char *> frameOf(const AuthorityProblem &problem)
{
    static const char *const corrected = QT_TRANSLATE_NOOP(
        "AuthorityProblem", "Correct the variable or what it names, and start Credenza again.");
    const bool isSome = problem.used > 0;
    switch (problem.source) {
    case Source::Profile:
        return {isSome ? QT_TRANSLATE_NOOP("AuthorityProblem",
                                           "Not all authorities of the profile's CA file are trusted: %1.")
                       : QT_TRANSLATE_NOOP("AuthorityProblem",
                                           "The profile's CA file adds no authority that is trusted: %1."),
                QT_TRANSLATE_NOOP("AuthorityProblem", "Choose another in the profile's settings.")};
    case Source::EnvironmentFile:
        return {isSome ? QT_TRANSLATE_NOOP("AuthorityProblem",
                                           "Not all authorities of SSL_CERT_FILE are trusted: %1.")
                       : QT_TRANSLATE_NOOP("AuthorityProblem",
                                           "SSL_CERT_FILE adds no authority that is trusted: %1."),
                corrected};
    case Source::EnvironmentFolder:
        return {isSome ? QT_TRANSLATE_NOOP("AuthorityProblem",
                                           "Not all authorities of SSL_CERT_DIR are trusted: %1.")
                       : QT_TRANSLATE_NOOP("AuthorityProblem",
                                           "SSL_CERT_DIR adds no authority that is trusted: %1."),
                corrected};
    }
    Q_UNREACHABLE();
}

} // namespace

QString authorityReason(const AuthorityProblem &problem)
{
    const QString text = reasonText(problem.kind, problem);
    return text.contains("%2"_L1) ? text.arg(pathText(problem.path), quoted(problem.reason))
                                  : text.arg(pathText(problem.path));
}

QString authorityProblemText(const std::vector<AuthorityProblem> &problems)
{
    constexpr std::size_t most = 4; // a person mends one after the other
    QStringList sentences;
    for (std::size_t i = 0; i < std::min(problems.size(), most); ++i) {
        const auto [what, remedy] = frameOf(problems[i]);
        sentences.append(words(what).arg(authorityReason(problems[i])));
        if (problems[i].used > 0)
            sentences.append(
                words(QT_TRANSLATE_N_NOOP("AuthorityProblem", "%n other certificate(s) is used."),
                      problems[i].used));
        const QString toDo = words(remedy);
        const bool isLastOfSource =
            i + 1 == std::min(problems.size(), most) || words(frameOf(problems[i + 1]).second) != toDo;
        if (isLastOfSource)
            sentences.append(toDo);
    }
    return sentences.join(u' ');
}

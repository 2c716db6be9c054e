// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/certificateproblems.h"

#include "domain/showntext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QSslCertificate>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("CertificateProblems", text);
}

QString dateText(const QDateTime &date)
{
    return QLocale().toString(date.toLocalTime().date(), QLocale::LongFormat);
}

QString cutShort(const QString &name)
{
    constexpr qsizetype maxLength = 60;
    return quoted(name, maxLength);
}

/// The servers that the certificate is for.
QString subjectText(const QSslCertificate &certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    names.removeDuplicates();
    names.sort();
    constexpr qsizetype most = 3;
    const bool isCut = names.size() > most;
    names = names.mid(0, most);
    for (QString &name : names)
        name = cutShort(name);
    if (isCut)
        names.append(u"…"_s);
    return names.isEmpty() ? words(QT_TRANSLATE_NOOP("CertificateProblems", "nobody")) : names.join(u", "_s);
}

QString issuerText(const QSslCertificate &certificate)
{
    return cutShort(certificate.issuerDisplayName());
}

bool isAboutIssuer(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return true;
    default:
        return false;
    }
}

QString problemText(const QSslError &error, const QString &host)
{
    const QSslCertificate certificate = error.certificate();
    if (error.error() == QSslError::SelfSignedCertificate)
        return words(QT_TRANSLATE_NOOP(
            "CertificateProblems", "The certificate is self-signed: nobody else vouches for the server."));
    if (isAboutIssuer(error))
        return words(QT_TRANSLATE_NOOP(
                         "CertificateProblems",
                         "The certificate was issued by “%1”, whom this computer does not trust."))
            .arg(issuerText(certificate));
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return words(QT_TRANSLATE_NOOP("CertificateProblems",
                                       "The certificate expired on %1; by this computer's clock it is %2."))
            .arg(dateText(certificate.expiryDate()), dateText(QDateTime::currentDateTime()));
    case QSslError::CertificateNotYetValid:
        return words(QT_TRANSLATE_NOOP(
                         "CertificateProblems",
                         "The certificate is not valid before %1; by this computer's clock it is %2."))
            .arg(dateText(certificate.effectiveDate()), dateText(QDateTime::currentDateTime()));
    case QSslError::HostNameMismatch:
        return words(
                   QT_TRANSLATE_NOOP("CertificateProblems", "The certificate is for “%1” and not for “%2”."))
            .arg(subjectText(certificate), quoted(host));
    default:
        return words(QT_TRANSLATE_NOOP("CertificateProblems", "The certificate is refused: %1."))
            .arg(quoted(error.errorString()));
    }
}

} // namespace

QString certificateProblems(const QList<QSslError> &errors, const QString &host)
{
    QStringList problems;
    for (const QSslError &error : errors)
        problems.append(problemText(error, host));
    problems.removeDuplicates();
    return problems.join(u' ');
}

bool isUntrusted(const QList<QSslError> &errors)
{
    return std::ranges::any_of(errors, isAboutIssuer);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/authorities.h"

#include "domain/connection.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMutex>
#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;
using Kind = AuthorityProblem::Kind;
using Source = AuthorityProblem::Source;

namespace {

const QByteArray begin = "-----BEGIN ";
const QByteArray lineEnd = "-----";

/// Files that are meant to hold certificates, by their names: others of a folder may hold anything.
bool isNamedLikeCertificates(const QString &name)
{
    static const QRegularExpression pattern(u"\\.(pem|crt|cer|der)$|^[0-9a-f]{8}\\.[0-9]+$"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return pattern.match(name).hasMatch();
}

/// What an editor of Windows may have made of a text.
QByteArray withoutUtf16(const QByteArray &data)
{
    if (!data.startsWith("\xff\xfe") && !data.startsWith("\xfe\xff"))
        return data;
    QStringDecoder decoder(QStringDecoder::Utf16);
    return QString(decoder(data)).toUtf8();
}

/// The certificate in the lines of a block; null if it is damaged.
QSslCertificate certificateOf(QByteArray lines)
{
    lines.removeIf([](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    const auto decoded = QByteArray::fromBase64Encoding(lines, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? QSslCertificate(*decoded, QSsl::Der) : QSslCertificate();
}

/// The blocks of a PEM text, whatever is around them.
Authorities readPem(const QByteArray &data)
{
    Authorities found;
    int damaged = 0;
    std::optional<Kind> other;
    qsizetype at = data.indexOf(begin);
    while (at >= 0) {
        const qsizetype label = at + begin.size();
        const qsizetype next = data.indexOf(begin, label);
        const QByteArrayView block =
            QByteArrayView(data).sliced(label, (next < 0 ? data.size() : next) - label);
        at = next;
        const qsizetype labelEnd = block.first(std::min<qsizetype>(block.size(), 100)).indexOf(lineEnd);
        const QByteArray name = labelEnd < 0 ? QByteArray() : block.first(labelEnd).toByteArray();
        if (name == "CERTIFICATE" || name == "X509 CERTIFICATE") {
            const qsizetype start = labelEnd + lineEnd.size();
            const qsizetype end = block.indexOf(QByteArray("-----END " + name + lineEnd), start);
            const QSslCertificate certificate =
                end < 0 ? QSslCertificate() : certificateOf(block.sliced(start, end - start).toByteArray());
            if (certificate.isNull())
                ++damaged;
            else
                found.certificates.append(certificate);
        } else if (name == "TRUSTED CERTIFICATE") {
            other = Kind::TrustedForm;
        } else if (name == "PKCS7" || name == "CMS") {
            other = Kind::Pkcs7;
        } else if (name.endsWith("PRIVATE KEY") && !other) {
            other = Kind::PrivateKey;
        }
    }
    if (damaged > 0)
        found.problems.push_back({.kind = Kind::Damaged, .damaged = damaged});
    // A key beside certificates is none of a problem here.
    if (other && (found.certificates.isEmpty() ? damaged == 0 : *other != Kind::PrivateKey))
        found.problems.push_back({.kind = *other});
    return found;
}

/// One certificate after the other, or what else there is in that form.
Authorities readDer(const QByteArray &data)
{
    Authorities found{.certificates = QSslCertificate::fromData(data, QSsl::Der)};
    qsizetype size = 0;
    for (const QSslCertificate &certificate : std::as_const(found.certificates))
        size += certificate.toDer().size();
    // The object identifier of signed data, the versions of PKCS#12 and of keys, where each of them has it.
    const QByteArrayView head = QByteArrayView(data).first(std::min<qsizetype>(data.size(), 40));
    const auto startsWith = [&](QByteArrayView inner) {
        const qsizetype lengthBytes = head.size() > 1 && (head[1] & 0x80) ? 1 + (head[1] & 0x7f) : 1;
        return head.size() > 1 + lengthBytes && head.sliced(1 + lengthBytes).startsWith(inner);
    };
    if (!found.certificates.isEmpty()) {
        const bool isMore = !data.mid(size).trimmed().isEmpty();
        if (isMore)
            found.problems.push_back({.kind = Kind::Damaged, .damaged = 1});
    } else if (head.contains(QByteArrayView("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"))) {
        found.problems.push_back({.kind = Kind::Pkcs7});
    } else if (startsWith("\x02\x01\x03")) {
        found.problems.push_back({.kind = Kind::Pkcs12});
    } else if (startsWith(QByteArrayView("\x02\x01\x00", 3)) || startsWith("\x02\x01\x01")) {
        found.problems.push_back({.kind = Kind::PrivateKey});
    } else {
        found.problems.push_back({.kind = Kind::Damaged, .damaged = 1});
    }
    return found;
}

Authorities readData(const QByteArray &bytes)
{
    const QByteArray data = withoutUtf16(bytes);
    Authorities found;
    if (data.contains(begin))
        found = readPem(data);
    else if (data.size() > 1 && data[0] == '\x30' && (data[1] & 0x80)) // a long sequence, as all DER here
        found = readDer(data);
    if (data.trimmed().isEmpty())
        found.problems.push_back({.kind = Kind::Empty});
    else if (found.certificates.isEmpty() && found.problems.empty())
        found.problems.push_back({.kind = Kind::NoCertificate});
    return found;
}

/// What keeps a file from being read, or a folder.
AuthorityProblem problemOf(const QFileInfo &info)
{
    if (!info.exists())
        return {.kind = Kind::Missing};
    if (info.isDir())
        return {.kind = Kind::IsFolder};
    return {.kind = info.isFile() ? Kind::IsNoFolder : Kind::IsDevice};
}

Authorities read(const QString &path, Source source, qint64 *left = nullptr)
{
    Authorities found;
    const QFileInfo info(path);
    QFile file(path);
    // One that is no file may block, or never end.
    if (!info.isFile()) {
        found.problems.push_back(problemOf(info));
    } else if (info.size() > maxAuthorityFile) {
        found.problems.push_back({.kind = Kind::TooLarge});
    } else if (!file.open(QIODevice::ReadOnly)) {
        found.problems.push_back({.kind = file.error() == QFileDevice::PermissionsError || !info.isReadable()
                                              ? Kind::Forbidden
                                              : Kind::Unreadable,
                                  .reason = file.errorString()});
    } else {
        QByteArray data = file.read(maxAuthorityFile + 1);
        data.squeeze(); // the certificates keep it, and it was made for the largest file
        if (left)
            *left -= data.size();
        if (file.error() != QFileDevice::NoError)
            found.problems.push_back({.kind = Kind::Unreadable, .reason = file.errorString()});
        else if (data.size() > maxAuthorityFile) // it does not say its size
            found.problems.push_back({.kind = Kind::TooLarge});
        else
            found = readData(data);
    }
    for (AuthorityProblem &problem : found.problems) {
        problem.path = path;
        problem.source = source;
        problem.used = int(found.certificates.size());
    }
    return found;
}

void append(Authorities &all, Authorities &&more)
{
    all.certificates += more.certificates;
    all.problems.insert(all.problems.end(), more.problems.begin(), more.problems.end());
}

/// Reads all files, not only those that are named by a hash: a folder need not be prepared for OpenSSL.
Authorities readFolder(const QString &path, int &filesLeft, qint64 &bytesLeft)
{
    constexpr auto source = Source::EnvironmentFolder;
    const QFileInfo info(path);
    const QDir folder(path);
    AuthorityProblem problem{.path = path, .source = source};
    if (!info.isDir()) {
        problem.kind = problemOf(info).kind;
        return {.problems = {problem}};
    }
    if (!folder.isReadable()) {
        problem.kind = Kind::Forbidden;
        return {.problems = {problem}};
    }
    Authorities found;
    AuthorityProblem unusable{.kind = Kind::FilesOfFolder, .source = source};
    bool isCut = false;
    QSet<QString> files;
    const QStringList names = folder.entryList(QDir::Files | QDir::System | QDir::Hidden, QDir::Name);
    for (const QString &name : names) {
        if (filesLeft <= 0 || bytesLeft <= 0) {
            isCut = true;
            break;
        }
        --filesLeft;
        const QString file = QFileInfo(folder.filePath(name)).canonicalFilePath();
        if (!file.isEmpty() && files.contains(file)) // most are there by a hash too
            continue;
        files.insert(file);
        const Authorities more = read(folder.filePath(name), source, &bytesLeft);
        found.certificates += more.certificates;
        if (more.problems.empty())
            continue;
        const AuthorityProblem &first = more.problems.front();
        if (!isNamedLikeCertificates(name) && first.used == 0)
            continue;
        if (unusable.count++ == 0) {
            unusable.path = first.path;
            unusable.reason = first.reason;
            unusable.damaged = first.damaged;
            unusable.fileKind = first.kind;
        }
    }
    // The same one is often there by several names.
    QSet<QSslCertificate> seen;
    found.certificates.removeIf([&seen](const QSslCertificate &one) {
        const bool isKnown = seen.contains(one);
        seen.insert(one);
        return isKnown;
    });
    problem.used = unusable.used = int(found.certificates.size());
    if (unusable.count > 0)
        found.problems.push_back(unusable);
    if (isCut)
        problem.kind = Kind::TooMuchInFolders;
    else if (found.certificates.isEmpty() && unusable.count == 0)
        problem.kind = Kind::NoCertificate;
    if (isCut || problem.kind == Kind::NoCertificate)
        found.problems.push_back(problem);
    return found;
}

Authorities readEnvironment(const QString &file, const QString &folders)
{
    Authorities found;
    if (!file.isEmpty())
        found = read(file, Source::EnvironmentFile);
    int filesLeft = maxAuthorityFiles;
    qint64 bytesLeft = maxAuthorityFolders;
    QStringList paths = folders.split(QDir::listSeparator(), Qt::SkipEmptyParts);
    paths.removeDuplicates();
    for (const QString &path : std::as_const(paths))
        append(found, readFolder(path, filesLeft, bytesLeft));
    return found;
}

/// They may be a whole system's, so they are read once.
Authorities environmentAuthorities()
{
    static QMutex mutex;
    static QString file;
    static QString folders;
    static Authorities authorities;
    const QMutexLocker lock(&mutex);
    const QString namedFile = qEnvironmentVariable("SSL_CERT_FILE");
    const QString namedFolders = qEnvironmentVariable("SSL_CERT_DIR");
    if (namedFile != file || namedFolders != folders) {
        file = namedFile;
        folders = namedFolders;
        authorities = readEnvironment(file, folders);
    }
    return authorities;
}

} // namespace

Authorities readAuthorities(const QString &path)
{
    return read(path, Source::Profile);
}

Authorities furtherAuthorities(const Connection &connection)
{
    Authorities found;
    if (!connection.authorityFile.isEmpty())
        found = readAuthorities(connection.authorityFile);
    append(found, environmentAuthorities());
    return found;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QFlags>

/// What one block of a PEM text is, and how it may be damaged.
namespace KeyMaterial {

/// Text beyond them is not looked into.
constexpr qsizetype maxCharacters = 256 * 1024;

enum class Algorithm { Unknown, Rsa, RsaPss, Dsa, Dh, Ec, Ed25519, Ed448, X25519, X448 };

/// How a key is encrypted. The platform can't ask for the password of any.
enum class Encryption {
    None,
    Pkcs8,     ///< BEGIN ENCRYPTED PRIVATE KEY
    Legacy,    ///< Proc-Type: 4,ENCRYPTED and DEK-Info
    OpenSsh,   ///< OpenSSH's own format, with a cipher
    OtherTool, ///< OpenPGP, ssh.com's: not looked into
};

/// One block of a PEM text: what is between a BEGIN and an END line. Holds nothing of a private key.
struct PemBlock
{
    enum class Kind {
        Unknown,
        Certificate,
        CertificateRequest,
        RevocationList,
        PublicKey,
        PrivateKey,          ///< PKCS#8 or an algorithm's own format
        EncryptedPrivateKey, ///< see encryption
        OpenSshPrivateKey,   ///< encrypted or not: see encryption
        OtherPrivateKey,     ///< OpenPGP, ssh.com's
        OtherPublicKey,
        Parameters, ///< of a group or curve
        Pkcs7,      ///< certificates in an envelope
    };

    Kind kind = Kind::Unknown;
    bool isReadable = false; ///< what is inside parses; of an encrypted key, its structure does
    Encryption encryption = Encryption::None;

    Algorithm algorithm = Algorithm::Unknown; ///< of the key, the certificate's key …
    int bits = 0;
    QByteArray curve;       ///< "P-256", "secp256k1" …
    bool isWeakKey = false; ///< RSA and DSA under 2048 bits, curves under 224
    QByteArray publicKey;   ///< SubjectPublicKeyInfo, DER; empty if it can't be read without the password

    // Of certificates.
    QDateTime notBefore, notAfter; ///< UTC
    bool isAuthority = false;
    bool isSelfSigned = false;
    bool isWeakSignature = false; ///< MD5 or SHA-1, of a signature that counts: a self-signed one does not
    QByteArray signatureDigest;   ///< "SHA1" …
    QByteArray certificate;       ///< DER

    qsizetype begin = 0, end = 0; ///< where it is in the text, armour included

    bool isPrivateKey() const
    {
        return kind == Kind::PrivateKey || kind == Kind::EncryptedPrivateKey ||
               kind == Kind::OpenSshPrivateKey || kind == Kind::OtherPrivateKey;
    }
    bool isEncrypted() const { return encryption != Encryption::None; }
};

/// In what a PEM text differs from one that every program reads.
enum class PemDamage {
    LineBreaksLost = 0x1,
    LineBreaksAsBlanks = 0x2,
    EscapedLineBreaks = 0x4, ///< the two characters \n
    Quoted = 0x8,
    Assigned = 0x10, ///< NAME= or export NAME= or NAME: before it
    MissingFirstLine = 0x20,
    MissingLastLine = 0x40,
    DamagedDashes =
        0x80, ///< fewer or more than five, typographic ones, none; blanks beside or within a label
    TextInside = 0x100,
    TextAround = 0x200, ///< in the lines of the armour: text in lines of its own hurts nobody
    BlanksInLines = 0x400,
    EmptyLines = 0x800, ///< within a block
    CarriageReturns = 0x1000,
    NoFinalLineBreak = 0x2000,
    InvisibleCharacters = 0x4000,
    PercentEncoded = 0x8000,
    Base64Encoded = 0x10000, ///< once more, the armour included
    WrongLabel = 0x20000,    ///< BEGIN says one thing and the content is another
    PaddingLost = 0x40000,
    LongLines = 0x80000,
};
Q_DECLARE_FLAGS(PemDamages, PemDamage)
Q_DECLARE_OPERATORS_FOR_FLAGS(PemDamages)

} // namespace KeyMaterial

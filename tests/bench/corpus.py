# SPDX-License-Identifier: GPL-3.0-or-later
"""The canned answers for all applications at once: their list, and a page of credentials for each.

A credential has 0.9 kB on average, a description of at most 200 characters, and, one of twenty, a PEM of its own. Most
keys are in one place; one credential of fifty has the key of another one.
"""

import base64
import hashlib
import json
from datetime import datetime, timedelta, timezone

import bodies

FIRST = f"59{0:022x}"  # application
EACH = 100  # credentials of an application
PERIOD = 80  # after which the types come round
SHARED_EVERY = 50
SHARED_KEYS = 40  # rounds of types whose keys are shared

KINDS = (
    *("aws", "gcp", "git", "http", "sql", "aws", "gcp", "sendgrid", "azure", "twilio"),
    *("aws", "mongodb", "git", "http", "sql", "jwt", "aws", "git", None),
)
RARE_KINDS = ("loggly", "whatsapp", "mailgun", "datadog")
PEM_KINDS = ("certificateKeyPair", "http", "sql", "snowflake")

# The head of the DER of a public RSA key of 2048 bits, up to its modulus.
RSA_HEAD = bytes.fromhex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100")
SERIAL = bytes.fromhex("41" + "53" * 15)  # of the certificate that the others are made from


def pem(label, der):
    text = base64.b64encode(der).decode("ascii")
    lines = "\n".join(text[i : i + 64] for i in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"


def modulus(number):
    """Of an RSA key of 2048 bits. Nobody knows its factors."""
    drawn = hashlib.shake_256(b"%d" % number).digest(256)
    return bytes((drawn[0] | 0x80,)) + drawn[1:-1] + bytes((drawn[-1] | 1,))


def deploy_key(number):
    parts = (b"ssh-rsa", b"\1\0\1", b"\0" + modulus(number))
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return "ssh-rsa " + base64.b64encode(blob).decode("ascii")


class Corpus:
    def __init__(self, certificate):
        """`certificate` is the DER of one with the serial number SERIAL; its signature counts for nothing."""
        self.certificate = certificate
        self.dates_at = certificate.index(b"\x17\x0d", certificate.index(SERIAL))
        self.today = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)

    def end(self, key):
        """When the certificate of this key ends: one of twenty has, and one of ten will within 30 days."""
        turn = key // 20
        days = -1 - turn % 300 if turn % 20 == 0 else 1 + turn % 29 if turn % 10 == 7 else 60 + turn % 900
        return self.today + timedelta(days=days, hours=12)

    def certificate_der(self, key):
        text = bytearray(self.certificate)
        text[text.index(SERIAL) + 1 : text.index(SERIAL) + 16] = key.to_bytes(15, "big")
        for place, date in ((self.dates_at, datetime(2023, 1, 15)), (self.dates_at + 15, self.end(key))):
            text[place + 2 : place + 15] = f"{date:%y%m%d%H%M%SZ}".encode("ascii")
        return bytes(text)

    def certificate_of(self, key):
        return pem("CERTIFICATE", self.certificate_der(key))

    def config(self, kind, key, has_pem):
        """As the API reads it back, without its secrets. The same key is the same configuration."""
        if kind == "aws":
            return {"accessKeyId": f"AKIAEXAMPLE{key:09d}", "region": ("us-east-1", "eu-central-1")[key % 2]}
        if kind == "gcp":
            project = f"plant-floor-{key:06d}"
            user = f"losant-{key}@{project}.iam.gserviceaccount.com"
            account = {
                "type": "service_account",
                "project_id": project,
                "private_key_id": hashlib.sha1(b"%d" % key, usedforsecurity=False).hexdigest(),
                "client_email": user,
                "client_id": f"{key:021d}",
                "auth_uri": "https://accounts.google.com/o/oauth2/auth",
                "token_uri": "https://oauth2.googleapis.com/token",
                "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
                "client_x509_cert_url": f"https://www.googleapis.com/robot/v1/metadata/x509/{user.replace('@', '%40')}",
            }
            return {"keyMetaJson": json.dumps(account, indent=2)}
        if kind == "git":
            return {
                "type": "ssh-key",
                "cloneUrl": f"git@git.example.com:acme/flows-{key:06d}.git",
                "committerName": "Losant backup",
                "committerEmail": "backup@example.com",
                "publicKey": deploy_key(key),
            }
        if kind == "http":
            method, public = ("clientCertificate", self.certificate_of(key)) if has_pem else ("header", "X-Api-Key")
            uri = f"https://api-{key}.example.com/v{key % 3 + 1}/"
            return {"uriMatch": uri, "authMethod": method, "publicValue": public}
        if kind == "sql":
            database = {
                "system": ("mssql", "mysql", "pg")[key % 3],
                "host": f"db-{key:06d}.example.net",
                "port": 15432,
                "username": "losant_ro",
                "secureConnection": True,
            }
            return database | ({"caCertificate": self.certificate_of(key)} if has_pem else {})
        if kind == "certificateKeyPair":
            der = self.certificate_der(key)
            return {
                "certificate": pem("CERTIFICATE", der),
                "info": {
                    "serialNumber": f"{SERIAL[0]:02X}{key:030X}",
                    "fingerprint": hashlib.sha256(der).digest().hex(":").upper(),
                    "commonName": f"gateway-{key}.example.com",
                    "issuerName": "Example plant authority",
                    "notValidBefore": "2023-01-15T00:00:00.000Z",
                    "notValidAfter": f"{self.end(key):%Y-%m-%dT%H:%M:%S.000Z}",
                },
            }
        if kind == "snowflake":
            return {
                "host": f"xy{key:06d}.eu-central-1.snowflakecomputing.com",
                "username": "LOSANT_LOADER",
                "publicKey": pem("PUBLIC KEY", RSA_HEAD + modulus(key) + b"\2\3\1\0\1"),
            }
        return {
            "azure": {"account": f"plantfloor{key:06d}"},
            "twilio": {"accountSid": f"ACexample{key // 100:025d}", "apiKeySid": f"SKexample{key:025d}"},
            "jwt": {"algorithm": "RS256", "issuer": f"https://id-{key % 90}.example.com/"},
            "whatsapp": {"fromNumberId": f"1000000{key:08d}"},
            "datadog": {"site": "datadoghq.eu"},
        }.get(kind, {})

    def credential(self, number, application):
        place, turn = number % 20, number // 20 % 4
        has_pem = place == 19
        kind = PEM_KINDS[turn] if has_pem else KINDS[place] or RARE_KINDS[turn]
        key = number
        if number % SHARED_EVERY == 7:
            key = number % PERIOD + PERIOD * (number // PERIOD * 31 % SHARED_KEYS)
        second = f"{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}.{number % 1000:03d}Z"
        day = f"{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        words = " ".join(bodies.SENTENCES[(number // 3 + i) % len(bodies.SENTENCES)] for i in range(3))
        return {
            "name": bodies.name(number),
            "_type": "credential",
            "_etag": f'"{number:x}-{number * 7919:027x}"',
            "credentialId": f"58{number:022x}",
            "id": f"58{number:022x}",
            "applicationId": application,
            "creationDate": f"{2016 + number % 8}-{day}T{second}",
            "lastUpdated": f"{2024 + number // 7 % 2}-{day}T{second}",
            "createdById": bodies.USER,
            "createdByType": ("user", "flow", "apiToken")[number % 3],
            "lastUpdatedById": bodies.USER,
            "lastUpdatedByType": "user",
            "description": words[: 120 + number * 37 % 81],
            "enabled": number % 7 != 0,
            "type": kind,
            f"{kind}Config": self.config(kind, key, has_pem),
        }

    def write(self, folder, applications):
        """Writes all answers into the folder; the mean size of a credential in bytes."""
        credentials = folder / "credentials"
        credentials.mkdir(parents=True)
        listed = []
        size = 0
        for index in range(applications):
            application = f"59{index:022x}"
            texts = [
                json.dumps(self.credential(index * EACH + i, application), ensure_ascii=False, separators=(",", ":"))
                for i in range(EACH)
            ]
            head = (
                f'"count":{EACH},"totalCount":{EACH},"perPage":1000,"page":0,"sortField":"creationDate",'
                f'"sortDirection":"desc","applicationId":"{application}","_type":"credentials"'
            )
            body = f'{{"items":[{",".join(texts)}],{head}}}'.encode()
            size += len(body)
            (credentials / application).write_bytes(body)
            organization = index % 3
            owner = {"ownerId": bodies.USER, "ownerType": "user"}
            if organization:
                owner = {"ownerId": f"5a{organization:022x}", "ownerType": "organization"}
                owner["organizationName"] = ("Acme Corp", "Borealis Energy")[organization - 1]
            listed.append(
                {
                    "id": application,
                    "name": f"Plant {index + 1:04d}, {bodies.PLACES[index % len(bodies.PLACES)]}",
                    **owner,
                    "summary": {"credentialCount": EACH},
                }
            )
        answer = {"items": listed, "count": applications, "totalCount": applications, "perPage": 1000, "page": 0}
        (folder / "applications").write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
        (folder / "application").write_text(json.dumps(listed[0], ensure_ascii=False), encoding="utf-8")
        user = {"id": bodies.USER, "email": "ada@example.com", "fullName": "Ada Lovelace"}
        (folder / "me").write_text(json.dumps(user), encoding="utf-8")
        return size / applications / EACH

# SPDX-License-Identifier: GPL-3.0-or-later
"""The canned answers of the bench's servers: 100,000 credentials of all types, of which the first 25,000 exist."""

import json

APPLICATION = "575ec8687ae143cd83dc4a97"
TOTAL = 100_000
EXISTING = 25_000
# Rows a page, and how many pages there are of them. Beyond the credentials that exist their pages come again.
PAGES = {25: 500, 100: 250, 1000: 100}
# What the filter finds once all of its twelve letters are typed, and before.
FILTER = "archivevault"
FILTERED_BEGINNING = "Archive vault: "
FILTERED_TOTAL = {"last": 180, "earlier": 2_500}

USER = "675ed18f7ae143cd83dc4bb7"
USES = (
    *("S3 archive", "Kinesis ingest", "Historian database", "MES read-only", "Weather service", "Ticketing webhook"),
    *("BigQuery export", "Event Hub feed", "Recipe store", "Alert mails", "On-call texts", "Partner tokens"),
    *("Workflow backup", "MQTT client certificate", "Warehouse loader", "Metrics forwarder", "Gateway logs"),
)
PLACES = ("Milwaukee", "Köln", "Osaka", "Athens", "São Paulo", "Gdańsk", "Kyiv", "Lyon", "Zürich", "Sacramento", "Pune")
SENTENCES = (
    "Rotated every 90 days by the platform team, see the runbook under Operations, Secrets.",
    "Used by the nightly export, two alarm workflows and the dashboards of the shift leads.",
    "Owned by the data team; ask in their channel before you disable it, the historian has no other way in.",
    "Nur lesend. Ansprechpartner ist die Instandhaltung, Durchwahl 4711; gilt bis zum Umzug des Rechenzentrums.",
    "Replaces the key of the old account, which stays valid until the last gateway has been updated.",
    "夜間バッチ専用。変更する前に生産技術課へ連絡してください。",
)
PUBLIC_KEY = (
    "-----BEGIN PUBLIC KEY-----\n"
    + "\n".join(
        ("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsexample0000000000" * 7)[i : i + 64] for i in range(0, 392, 64)
    )
    + "\n-----END PUBLIC KEY-----\n"
)
DEPLOY_KEY = f"ssh-rsa {'AAAAB3NzaC1yc2EAAAADAQABAAABgQexample' * 8} credenza@example.com"


def configs(certificate):
    """The configuration of each type as the API reads it back, without its secrets, by number."""
    return {
        "aws": lambda n: {"accessKeyId": f"AKIAEXAMPLE{n:09d}", "region": ("us-east-1", "eu-central-1")[n % 2]},
        "azure": lambda n: {"account": f"plantfloor{n:06d}"},
        "gcp": lambda n: {
            "keyMetaJson": json.dumps(
                {
                    "type": "service_account",
                    "project_id": f"plant-floor-{n:06d}",
                    "private_key_id": f"{n:040x}",
                    "client_email": f"losant-{n}@plant-floor-{n:06d}.iam.gserviceaccount.com",
                    "client_id": f"{n:021d}",
                    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
                    "token_uri": "https://oauth2.googleapis.com/token",
                    "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
                }
            )
        },
        "http": lambda n: {
            "uriMatch": f"https://api-{n}.example.com/v{n % 3 + 1}/",
            "authMethod": "clientCertificate",
            "publicValue": certificate,
        },
        "sendgrid": lambda n: {},
        "twilio": lambda n: {"accountSid": f"ACexample{n:025d}", "apiKeySid": f"SKexample{n:025d}"},
        "loggly": lambda n: {},
        "jwt": lambda n: {"algorithm": "RS256", "issuer": f"https://id-{n % 90}.example.com/"},
        "whatsapp": lambda n: {"fromNumberId": f"1000000{n:08d}"},
        "sql": lambda n: {
            "system": ("mssql", "mysql", "pg")[n % 3],
            "host": f"db-{n:06d}.example.net",
            "port": 15432,
            "username": "losant_ro",
            "secureConnection": True,
            "caCertificate": certificate,
        },
        "mongodb": lambda n: {},
        "mailgun": lambda n: {},
        "snowflake": lambda n: {
            "host": f"xy{n:06d}.eu-central-1.snowflakecomputing.com",
            "username": "LOSANT_LOADER",
            "publicKey": PUBLIC_KEY,
        },
        "git": lambda n: {
            "type": "ssh-key",
            "cloneUrl": f"git@git.example.com:acme/flows-{n:06d}.git",
            "committerName": "Losant backup",
            "committerEmail": "backup@example.com",
            "publicKey": DEPLOY_KEY,
        },
        "datadog": lambda n: {"site": "datadoghq.eu"},
        "certificateKeyPair": lambda n: {
            "certificate": certificate,
            "info": {
                "serialNumber": f"{n:040X}",
                "fingerprint": ":".join(f"{(n + i) % 256:02X}" for i in range(20)),
                "commonName": f"gateway-{n}.example.com",
                "issuerName": "Example plant authority",
                "notValidBefore": "2023-01-15T00:00:00.000Z",
                "notValidAfter": "2033-01-15T00:00:00.000Z",
            },
        },
    }


def name(number, prefix=""):
    """Of the credential with this number; the programs of the bench know it by this."""
    return f"{prefix}{USES[number % len(USES)]}, {PLACES[number % len(PLACES)]} {number + 1:06d}"


def items(certificate):
    """Each credential that exists, as JSON, without the brace and the name that it begins with."""
    types = list(configs(certificate).items())
    for number in range(EXISTING):
        kind, config = types[number % len(types)]
        second = f"{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}.{number % 1000:03d}Z"
        sentences = [SENTENCES[(number // 3 + i) % len(SENTENCES)] for i in range(1 + number % 3)]
        yield json.dumps(
            {
                "_type": "credential",
                "_etag": f'"{number:x}-{number * 7919:027x}"',
                "credentialId": f"57{number:022x}",
                "id": f"57{number:022x}",
                "applicationId": APPLICATION,
                "creationDate": f"{2016 + number % 8}-{number % 12 + 1:02d}-{number % 28 + 1:02d}T{second}",
                "lastUpdated": f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}T{second}",
                "createdById": USER,
                "createdByType": ("user", "flow", "apiToken")[number % 3],
                "lastUpdatedById": USER,
                "lastUpdatedByType": "user",
                "description": " ".join(sentences),
                "enabled": number % 7 != 0,
                "type": kind,
                f"{kind}Config": config(number),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )[1:]


def page(rows, number, of_page, total, prefix=""):
    first = number * of_page
    texts = [
        f'{{"name":{json.dumps(name(i, prefix), ensure_ascii=False)},{rows[i]}' for i in range(first, first + of_page)
    ]
    head = (
        f'"count":{of_page},"totalCount":{total},"perPage":{of_page},"page":{number},"sortField":"creationDate",'
        f'"sortDirection":"desc","applicationId":"{APPLICATION}","_type":"credentials"'
    )
    return f'{{"items":[{",".join(texts)}],{head}}}'


def write(folder, certificate):
    """Writes all answers into the folder; the mean size of a credential in bytes."""
    rows = list(items(certificate))

    def write_text(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    for of_page, pages in PAGES.items():
        for number in range(pages):
            path = folder / "all" / str(of_page) / str(number)
            original = number % (EXISTING // of_page)
            if original == number:
                write_text(path, page(rows, number, of_page, TOTAL))
            else:
                path.symlink_to(str(original))
    for kind, total in FILTERED_TOTAL.items():
        for number in range(2):
            prefix = FILTERED_BEGINNING if kind == "last" else ""
            write_text(folder / kind / "100" / str(number), page(rows, number, 100, total, prefix))

    application = {
        "id": APPLICATION,
        "name": "Plant floor",
        "ownerId": USER,
        "ownerType": "user",
        "summary": {"credentialCount": TOTAL},
    }
    others = [{**application, "id": f"57{n:022x}", "name": f"Line {n}"} for n in range(24)]
    listed = {"items": [application, *others], "count": 25, "totalCount": 25, "perPage": 100, "page": 0}
    write_text(folder / "applications", json.dumps(listed))
    write_text(folder / "application", json.dumps(application))
    write_text(folder / "me", json.dumps({"id": USER, "email": "ada@example.com", "fullName": "Ada Lovelace"}))
    return (folder / "all" / "1000" / "0").stat().st_size / 1000

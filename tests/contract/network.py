# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks Debian's nginx with certificates of all kinds, directly and through real proxies: network.py CLIENT CREDENZA"""

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import zlib
from pathlib import Path

from freeports import free_ports

CLIENT, CREDENZA = (sys.argv.pop(1) for _ in range(2)) if len(sys.argv) > 2 else ("", "")
TOOLS = ("nginx", "openssl", "tinyproxy", "microsocks", "brotli", "zstd")
HERE = "IP:127.0.0.1"
LONG_NAME = "a" * 60 + ".example"
# A name with a NUL in it, as attackers have had signed: `127.0.0.1\\0.example`.
NAME_WITH_NUL = "DER:30:14:82:12:" + ":".join(f"{c:02x}" for c in b"127.0.0.1\0.example")
# What the servers have, by name: what a certificate is for, who signs it, and the years that it is good for.
CERTIFICATES = {
    "self-signed": (HERE, None, (None, None)),
    "private": (HERE, "authority", ("2020", "2036")),
    "expired": (HERE, "authority", ("2020", "2021")),
    "too-early": (HERE, "authority", ("2035", "2036")),
    "wrong-host": ("DNS:other.example,DNS:www.other.example", "authority", ("2020", "2036")),
    "long-names": (",".join(f"DNS:{letter}.{LONG_NAME}" for letter in "abcdefgh"), "authority", ("2020", "2036")),
    "name-with-nul": (NAME_WITH_NUL, "authority", ("2020", "2036")),
}
# Answers of a gibibyte, by the folder of the server that gives them, and how they are packed.
BOMBS = {"plain": "", "gzip": "gzip", "deflate": "deflate", "brotli": "br", "zstd": "zstd", "slight": "deflate"}
GIBIBYTE = 1 << 30
# An answer that is just small enough, as it is and packed.
LARGE = {"large": "", "large-gzip": "gzip"}
LARGE_SIZE = 60 << 20
AUTHORITY_CONFIG = """
[ca]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
"""
NGINX_CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{}}
http {{
    log_format requests '$server_port $request_method $uri $http_authorization';
    access_log {folder}/access.log requests;
    default_type application/json;
    client_body_temp_path {folder}/tmp;
    proxy_temp_path {folder}/tmp;
    fastcgi_temp_path {folder}/tmp;
    uwsgi_temp_path {folder}/tmp;
    scgi_temp_path {folder}/tmp;
    {servers}
}}
"""
SERVER = """
    server {{
        listen 127.0.0.1:{port}{ssl};{certificate}
        {files}
        location / {{ return 200 '{{"items": [], "totalCount": 0, "id": "57", "email": "ada@example.com"}}'; }}
    }}
"""
FILE = """
        location /{name}/ {{ root {folder}/files; {header} }}
"""
CERTIFICATE = """
        ssl_certificate {folder}/{name}.pem;
        ssl_certificate_key {folder}/key.pem;
"""


class Network(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.environment = {
            "PATH": f"{os.environ['PATH']}:/usr/sbin",
            "HOME": str(cls.folder),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "QT_QPA_PLATFORM": "offscreen",
            "ASAN_OPTIONS": f"{os.environ.get('ASAN_OPTIONS', '')}:detect_leaks=0",
        }
        cls.authority = str(cls.folder / "authority.pem")
        cls.make_certificates()
        cls.make_files()
        cls.ports = dict(zip((*CERTIFICATES, "plain", "nobody", "http-proxy", "socks-proxy"), free_ports(20)))
        cls.start_nginx()
        cls.start_proxies()

    @classmethod
    def openssl(cls, arguments, *further):
        command = ("openssl", *arguments.split(), *further)
        subprocess.run(command, cwd=cls.folder, env=cls.environment, check=True, capture_output=True)

    @classmethod
    def make_certificates(cls):
        (cls.folder / "ca.conf").write_text(AUTHORITY_CONFIG, encoding="utf-8")
        (cls.folder / "index.txt").touch()
        (cls.folder / "serial").write_text("01\n", encoding="ascii")
        for name in ("key.pem", "authority.key"):
            cls.openssl(f"ecparam -name prime256v1 -genkey -noout -out {name}")
        cls.openssl(
            "req -x509 -new -key authority.key -out authority.pem -days 3650 -addext keyUsage=critical,keyCertSign",
            "-subj",
            "/CN=Plant <b>authority<\\/b>",
        )
        cls.openssl("x509 -in authority.pem -outform DER -out authority.der")
        for name, (subject, issuer, (start, end)) in CERTIFICATES.items():
            names = f"subjectAltName={subject}"
            if issuer is None:
                cls.openssl(f"req -x509 -new -key key.pem -subj /CN=self -addext {names} -out {name}.pem")
                continue
            (cls.folder / "extension.conf").write_text(f"{names}\n", encoding="ascii")
            cls.openssl(f"req -new -key key.pem -out request.pem -subj /CN={name}")
            cls.openssl(
                "ca -batch -notext -config ca.conf -name ca -in request.pem -extfile extension.conf"
                f" -cert {issuer}.pem -keyfile {issuer}.key -out {name}.pem"
                f" -startdate {start}0101000000Z -enddate {end}0315000000Z"
            )

    @classmethod
    def make_files(cls):
        file_of = {name: cls.folder / "files" / name / "applications" for name in (*BOMBS, *LARGE)}
        for path in file_of.values():
            path.parent.mkdir(parents=True)
        file_of["large"].write_bytes(b" " * LARGE_SIZE)
        file_of["large-gzip"].write_bytes(gzip.compress(b" " * LARGE_SIZE, 1))
        with file_of["plain"].open("wb") as file:
            file.truncate(GIBIBYTE)
        for name, command in (("brotli", ("brotli", "-q", "1")), ("zstd", ("zstd", "-q"))):
            with file_of[name].open("wb") as packed, file_of["plain"].open("rb") as plain:
                subprocess.run((*command, "-c"), stdin=plain, stdout=packed, check=True)
        # A part that stands for itself, again and again: packed to a thousandth, or only to a thirtieth.
        for name, header, part in (
            ("gzip", b"\x1f\x8b\x08" + bytes(6) + b"\xff", bytes(1 << 24)),
            ("deflate", b"\x78\x9c", bytes(1 << 24)),
            ("slight", b"\x78\x9c", b"".join(os.urandom(100) + bytes(3996) for _ in range(1 << 12))),
        ):
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)
            print(f"{name}: packed to 1/{len(part) // len(packed)}")
            file_of[name].write_bytes(header + packed * (GIBIBYTE // len(part)))

    @classmethod
    def start(cls, name, command, port):
        with (cls.folder / f"{name}.out").open("wb") as output:
            process = subprocess.Popen(
                command, cwd=cls.folder, env=cls.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        cls.addClassCleanup(process.wait)
        cls.addClassCleanup(process.kill)
        deadline = time.monotonic() + 20
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if time.monotonic() > deadline or process.poll() is not None:
                raise RuntimeError(f"{name} does not start: {cls.read(f'{name}.out')}")
            time.sleep(0.02)

    @classmethod
    def start_nginx(cls):
        files = "".join(
            FILE.format(folder=cls.folder, name=name, header=f"add_header Content-Encoding {coding};" if coding else "")
            for name, coding in {**BOMBS, **LARGE}.items()
        )
        servers = SERVER.format(port=cls.ports["plain"], ssl="", certificate="", files=files)
        for name in CERTIFICATES:
            certificate = CERTIFICATE.format(folder=cls.folder, name=name)
            servers += SERVER.format(port=cls.ports[name], ssl=" ssl http2", certificate=certificate, files=files)
        config = cls.folder / "nginx.conf"
        config.write_text(NGINX_CONFIG.format(folder=cls.folder, servers=servers), encoding="utf-8")
        cls.start("nginx", ("nginx", "-p", cls.folder, "-c", config), cls.ports["plain"])

    @classmethod
    def start_proxies(cls):
        port = cls.ports["http-proxy"]
        config = cls.folder / "tinyproxy.conf"
        config.write_text(
            f"Port {port}\nListen 127.0.0.1\nAllow 127.0.0.1\nTimeout 20\nMaxClients 20\nLogLevel Connect\n"
            f'LogFile "{cls.folder}/http-proxy.log"\nBasicAuth ada open-sesame\nConnectPort {cls.ports["private"]}\n',
            encoding="utf-8",
        )
        cls.start("tinyproxy", ("tinyproxy", "-d", "-c", config), port)
        port = cls.ports["socks-proxy"]
        cls.start("socks", f"microsocks -i 127.0.0.1 -p {port} -u ada -P open-sesame".split(), port)

    @classmethod
    def read(cls, name):
        path = cls.folder / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def setUp(self):
        self.seen_requests = len(self.requests())
        self.seen_logs = {kind: len(self.log(kind)) for kind in ("http", "socks5")}

    def url(self, name):
        scheme = "http" if name == "plain" else "https"
        return f"{scheme}://127.0.0.1:{self.ports[name]}"

    def ask(self, server, *options, path="", **environment):
        answer = subprocess.run(
            (CLIENT, *options, self.url(server) + path),
            cwd=self.folder,
            env={**self.environment, **environment},
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        result = json.loads(answer.stdout)
        print(f"{server + path:14} {' '.join(options).replace(str(self.folder), '')[:60]:60} {result}", flush=True)
        return result

    def ask_by_proxy(self, kind, server, *options, user="ada", password="open-sesame", port=None):
        port = port or self.port_of(kind)
        login = ("--proxy-user", user, "--proxy-password", password) if user else ()
        return self.ask(
            server, "--proxy", kind, "--proxy-port", str(port), *login, "--authority", self.authority, *options
        )

    def port_of(self, kind):
        return self.ports["http-proxy" if kind == "http" else "socks-proxy"]

    def log(self, kind):
        return self.read("http-proxy.log" if kind == "http" else "socks.out")

    def new_log(self, kind):
        """What the proxy has logged in this test."""
        return self.log(kind)[self.seen_logs[kind] :]

    def requests(self):
        return self.read("access.log").splitlines()

    def new_requests(self):
        """What has reached the server in this test."""
        return self.requests()[self.seen_requests :]

    def assert_refused(self, result, *words, asked=1):
        """`asked`: how many sets of authorities, the profile's own and the system's."""
        self.assertEqual(result["kind"], "Tls", result)
        self.assertEqual(result["requests"], asked, "certificate errors are final")
        self.assertEqual(self.new_requests(), [], "nothing is sent to a server that nobody vouches for")
        for part in ("not safe", "Nothing was sent", *words):
            self.assertIn(part, result["words"])

    # Certificates

    def test_a_self_signed_certificate_is_refused(self):
        for post in ((), ("--post",)):
            self.assert_refused(self.ask("self-signed", *post), "The certificate is self-signed")

    def test_a_certificate_of_a_private_authority_is_refused_by_name(self):
        result = self.ask("private")
        self.assert_refused(result, "issued by “Plant <b>authority</b>”, whom this computer does not trust.")
        self.assertEqual(result["words"].count("issued by"), 1)

    def test_a_certificate_of_a_private_authority_is_accepted_with_the_file_of_the_profile(self):
        self.assertEqual(self.ask("private", "--authority", self.authority)["kind"], "success")
        self.assertEqual(self.new_requests(), [f"{self.ports['private']} GET /applications Bearer of-this-test"])

    def test_another_file_of_the_profile_vouches_for_nobody_here(self):
        stranger = self.ask("private", "--authority", f"{self.folder}/self-signed.pem")
        self.assert_refused(stranger, "issued by", asked=2)
        self.assert_refused(self.ask("private", "--authority", f"{self.folder}/none.pem"), "issued by")

    def test_an_expired_certificate_is_refused_with_its_date(self):
        result = self.ask("expired", "--authority", self.authority)
        self.assert_refused(result, "expired on Monday, 15 March 2021; by this computer's clock it is")
        self.assertIn(str(time.gmtime().tm_year), result["words"])
        self.assertNotIn("issued by", result["words"])

    def test_a_certificate_of_the_future_is_refused_with_its_date(self):
        self.assert_refused(
            self.ask("too-early", "--authority", self.authority), "not valid before Monday, 1 January 2035"
        )

    def test_a_certificate_for_another_host_is_refused_with_both_names(self):
        self.assert_refused(
            self.ask("wrong-host", "--authority", self.authority),
            "for “other.example, www.other.example” and not for “127.0.0.1”",
        )

    def test_everything_that_is_wrong_is_said(self):
        self.assert_refused(self.ask("wrong-host"), "“other.example", "issued by “Plant")

    def test_odd_names_are_plain_text_and_cut_short(self):
        result = self.ask("long-names", "--authority", self.authority)
        self.assert_refused(result, "a.aaaaaa", "…", "not for “127.0.0.1”")
        self.assertLess(len(result["words"]), 500)
        result = self.ask("name-with-nul", "--authority", self.authority)
        self.assert_refused(result, "not for “127.0.0.1”")
        self.assertNotIn("\0", result["words"])

    # The program itself

    def run_credenza(self, **environment):
        """The program's log of what it asked, up to the first answer."""
        process = subprocess.Popen(
            (CREDENZA,),
            cwd=self.folder,
            env={
                **self.environment,
                "LOSANT_API_URL": self.url("private"),
                "LOSANT_API_TOKEN": "of-this-test",
                "QT_LOGGING_RULES": "credenza.api.debug=true",
                "XDG_RUNTIME_DIR": str(self.folder),
                **environment,
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            return next((line for line in process.stderr if "/applications" in line), "")
        finally:
            process.kill()
            process.communicate()

    def test_the_program_trusts_the_authorities_of_SSL_CERT_FILE(self):
        self.assertIn("GET /applications 0 ", self.run_credenza())
        self.assertEqual(self.new_requests(), [])
        self.assertIn("GET /applications 200 ", self.run_credenza(SSL_CERT_FILE=self.authority))
        self.assertTrue(self.new_requests())

    def test_authorities_are_trusted_as_DER_in_a_bundle_and_in_folders(self):
        folder = self.folder / "folder"
        (folder / "deep").mkdir(parents=True)
        shutil.copy(self.authority, folder / "of the plant.crt")
        damaged = self.read("self-signed.pem").replace("MII", "M*I", 1)
        (self.folder / "bundle.pem").write_text(damaged + self.read("authority.pem"), encoding="utf-8")
        for way in (
            {"SSL_CERT_FILE": str(self.folder / "authority.der")},
            {"SSL_CERT_FILE": str(self.folder / "bundle.pem")},
            {"SSL_CERT_DIR": str(folder)},
            {"SSL_CERT_DIR": f"/nowhere:{folder}"},
        ):
            with self.subTest(way):
                self.assertEqual(self.ask("private", **way)["kind"], "success")

    def test_authorities_that_can_not_be_read_are_told_where_trust_is_wanting(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        large = self.folder / "large.pem"
        shutil.copy(self.authority, large)
        os.truncate(large, GIBIBYTE)
        for variable, path, reason in (
            ("SSL_CERT_FILE", "/nowhere/ca.pem", "does not exist"),
            ("SSL_CERT_FILE", str(self.folder), "is a folder"),
            ("SSL_CERT_FILE", str(pipe), "a device or a pipe"),
            ("SSL_CERT_FILE", "/dev/zero", "a device or a pipe"),
            ("SSL_CERT_FILE", str(large), "larger than 4 MiB"),
            ("SSL_CERT_FILE", str(self.folder / "key.pem"), "holds a private key"),
            ("SSL_CERT_DIR", "/nowhere", "does not exist"),
            ("SSL_CERT_DIR", self.authority, "is no folder"),
        ):
            with self.subTest(variable, path=path):
                began = time.monotonic()
                result = self.ask("private", **{variable: path})
                self.assertLess(time.monotonic() - began, 5)
                self.assert_refused(result, "issued by “Plant", variable, f"“{path}”", reason)
                self.assert_modest(result)

    # Answers that are too large

    def assert_modest(self, result):
        """64 MiB are accepted, and what grows may double."""
        self.assertLess(result["grownByMiB"], 700 if result["isSanitized"] else 192)

    def test_an_answer_that_is_too_large_is_given_up_before_it_takes_much_memory(self):
        for name in BOMBS:
            with self.subTest(name):
                result = self.ask("plain", path=f"/{name}")
                self.assertEqual(result["kind"], "Protocol", result)
                self.assertIn("can't be read", result["words"])
                self.assertEqual(result["requests"], 1)
                self.assert_modest(result)

    def test_an_answer_that_is_just_small_enough_is_taken_whole(self):
        for name in LARGE:
            for server, options in (("plain", ()), ("private", ("--authority", self.authority))):
                with self.subTest(name, server=server):
                    result = self.ask(server, *options, path=f"/{name}")
                    self.assertEqual((result["kind"], result["bytes"]), ("success", LARGE_SIZE), result)
                    self.assert_modest(result)

    # Proxies

    def test_requests_go_through_an_http_proxy(self):
        self.assertEqual(self.ask_by_proxy("http", "private")["kind"], "success")
        self.assertEqual(len(self.new_requests()), 1)
        self.assertIn(f"CONNECT 127.0.0.1:{self.ports['private']} HTTP/1.1", self.new_log("http"))

    def test_requests_go_through_a_socks_proxy(self):
        self.assertEqual(self.ask_by_proxy("socks5", "private")["kind"], "success")
        self.assertEqual(len(self.new_requests()), 1)
        self.assertIn(f"connected to 127.0.0.1:{self.ports['private']}", self.new_log("socks5"))

    def test_a_post_through_a_proxy_is_sent_once(self):
        for kind in ("http", "socks5"):
            self.ask_by_proxy(kind, "private", "--post")
        self.assertEqual([line.split()[1] for line in self.new_requests()], ["POST", "POST"])

    def test_what_is_not_encrypted_goes_through_no_proxy(self):
        for kind in ("http", "socks5"):
            self.assertEqual(self.ask_by_proxy(kind, "plain")["kind"], "success")
            self.assertEqual(self.new_log(kind), "")

    def test_the_token_is_not_shown_to_a_proxy(self):
        for kind in ("http", "socks5"):
            self.ask_by_proxy(kind, "private")
            self.assertNotIn("of-this-test", self.new_log(kind))

    def test_a_certificate_is_checked_through_a_proxy_too(self):
        for kind in ("http", "socks5"):
            result = self.ask_by_proxy(kind, "private", "--authority", f"{self.folder}/self-signed.pem")
            self.assert_refused(result, "issued by", asked=2)

    def test_a_proxy_that_takes_another_password_is_named(self):
        for kind in ("http", "socks5"):
            for user, password in (("ada", "close-sesame"), ("", "")):
                result = self.ask_by_proxy(kind, "private", user=user, password=password)
                self.assertEqual(result["kind"], "Offline", result)
                self.assertIn(f"the proxy 127.0.0.1:{self.port_of(kind)},", result["words"])
                self.assertIn("password", result["words"])
                self.assertNotIn("sesame", result["words"])
                # Tinyproxy answers a wrong password with 401, which Qt does not tell from a proxy that is broken.
                is_told = kind == "socks5" or not user
                self.assertEqual(result["proxyRefused"], is_told)
                most = 1 if is_told else 3
                self.assertLessEqual(result["requests"], most, "a wrong password again and again locks accounts")
        self.assertEqual(self.new_requests(), [])

    def test_a_proxy_that_is_not_there_is_named(self):
        port = self.ports["nobody"]
        for kind in ("http", "socks5"):
            result = self.ask_by_proxy(kind, "private", port=port)
            self.assertEqual(result["kind"], "Offline", result)
            self.assertIn(f"the proxy 127.0.0.1:{port},", result["words"])
        self.assertEqual(self.new_requests(), [])


if __name__ == "__main__":
    missing = [tool for tool in TOOLS if not shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin")]
    if missing:
        print(f"{' '.join(missing)} is missing")
        sys.exit(77)
    unittest.main(verbosity=2)

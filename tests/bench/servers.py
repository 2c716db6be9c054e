# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers of the bench: nginx with canned answers, over TLS, here and some way off."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import bodies
from corpus import SERIAL, Corpus
from freeports import free_ports

SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
NGINX_CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    log_format asked '$arg_perPage $arg_page $arg_filter';
    access_log {folder}/access.log asked;
    default_type application/json;
    etag off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    client_body_temp_path {folder}/tmp;
    proxy_temp_path {folder}/tmp;
    fastcgi_temp_path {folder}/tmp;
    uwsgi_temp_path {folder}/tmp;
    scgi_temp_path {folder}/tmp;
    map $arg_filter $folder {{ "" all; "~{filter}" last; default earlier; }}
    {servers}
}}
"""
SERVER = """
    server {{
        listen 127.0.0.1:{port} ssl{protocol};
        root {folder}/answers;
        location = /applications/{application}/credentials {{ try_files /$folder/$arg_perPage/$arg_page =404; }}
        location = /applications/{application} {{ try_files /application =404; }}
    }}
"""
# All applications at once, each with one page of credentials.
ALL_SERVER = """
    server {{
        listen 127.0.0.1:{port} ssl{protocol};
        root {folder}/all;
        location ~ ^/applications/([0-9a-f]+)/credentials$ {{ try_files /credentials/$1 =404; }}
        location ~ ^/applications/[0-9a-f]+$ {{ try_files /application =404; }}
    }}
"""
NEAR = (
    *(("near", SERVER, " http2"), ("near-http1", SERVER, "")),
    *(("all", ALL_SERVER, " http2"), ("all-http1", ALL_SERVER, "")),
)
AWAY = (
    *(("50", "near", 50), ("50-http1", "near-http1", 50), ("200", "near", 200)),
    *(("50-all", "all", 50), ("50-all-http1", "all-http1", 50)),
)


class Servers:
    """`near` and `all`, `50` and `50-all` 50 ms away, `200`; HTTP/2, and with `-http1` HTTP/1.1.

    The former have one application of many credentials, `all` as many `applications` as are told.
    """

    def __init__(self, folder, fixtures, applications):
        self.folder = folder
        self.processes = []
        self.authority = folder / "certificate.pem"
        (folder / "tmp").mkdir()
        certificate = (fixtures / "keys" / "certificate.pem").read_text(encoding="ascii")
        self.applications = applications
        self.credential_size = bodies.write(folder / "answers", certificate)
        self.corpus_size = Corpus(self.sample_certificate()).write(folder / "all", applications)
        subprocess.run(
            ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30")
            + ("-subj", "/CN=bench", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem")
            + ("-out", "certificate.pem"),
            cwd=folder,
            check=True,
            capture_output=True,
        )
        # What tools trust by themselves, with the bench's own authority added: reading it takes time, too.
        self.bundle = folder / "bundle.pem"
        self.bundle.write_bytes(SYSTEM_AUTHORITIES.read_bytes() + self.authority.read_bytes())
        names = [name for name, *_ in (*NEAR, *AWAY)]
        self.ports = dict(zip(names, free_ports(len(names))))
        try:
            self.start()
        except BaseException:
            self.stop()
            raise

    def sample_certificate(self):
        """DER, of which the corpus makes many."""
        command = "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=gateway.example.com -outform DER"
        options = ("-set_serial", f"0x{SERIAL.hex()}", "-keyout", "sample.key", "-out", "sample.der")
        subprocess.run((*command.split(), *options), cwd=self.folder, check=True, capture_output=True)
        return (self.folder / "sample.der").read_bytes()

    def start(self):
        servers = "".join(
            server.format(port=self.ports[name], protocol=protocol, folder=self.folder, application=bodies.APPLICATION)
            for name, server, protocol in NEAR
        )
        config = self.folder / "nginx.conf"
        config.write_text(
            NGINX_CONFIG.format(folder=self.folder, servers=servers, filter=bodies.FILTER), encoding="utf-8"
        )
        self.run("nginx", ("nginx", "-p", self.folder, "-c", config))
        proxy = Path(__file__).with_name("delayproxy.py")
        for name, target, delay in AWAY:
            command = (sys.executable, "-B", proxy, self.ports[name], self.ports[target], delay)
            self.run(f"proxy-{name}", [str(part) for part in command])
        for name in self.ports:
            self.await_port(name)

    def run(self, name, command):
        environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
        with (self.folder / f"{name}.out").open("wb") as output:
            process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        self.processes.append(process)

    def await_port(self, name):
        deadline = time.monotonic() + 20
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.ports[name])) == 0:
                    return
            if time.monotonic() > deadline or any(process.poll() is not None for process in self.processes):
                output = "".join(path.read_text(encoding="utf-8") for path in self.folder.glob("*.out"))
                raise RuntimeError(f"the servers do not start: {output}")
            time.sleep(0.02)

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait()

    def url(self, name):
        return f"https://127.0.0.1:{self.ports[name]}"

    def page_url(self, name, rows, page="0"):
        """As the program asks."""
        return (
            f"{self.url(name)}/applications/{bodies.APPLICATION}/credentials?sortField=creationDate&sortDirection=desc"
            f"&page={page}&perPage={rows}&_actions=false&_links=false&_embedded=false"
        )

    def all_urls(self, name):
        """As the program asks for all applications: their list, then the credentials of each."""
        flags = "_actions=false&_links=false&_embedded=false"
        page = f"sortField=creationDate&sortDirection=desc&page=0&perPage=1000&{flags}"
        base = f"{self.url(name)}/applications"
        listed = f"{base}?sortField=name&sortDirection=asc&page=0&perPage=1000&summaryInclude=credentialCount&{flags}"
        pages = sorted((self.folder / "all" / "credentials").iterdir())
        return [listed, *(f"{base}/{path.name}/credentials?{page}" for path in pages)]

    def body(self, rows):
        return self.folder / "answers" / "all" / str(rows) / "0"

    def asked(self):
        """The pages that were asked for, one (rows a page, page, filter) a request; "-" where there is none."""
        lines = (self.folder / "access.log").read_text(encoding="utf-8").splitlines()
        return [tuple(line.split(" ", 2)) for line in lines]

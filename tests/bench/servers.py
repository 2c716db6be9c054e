# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers of the bench: nginx with canned answers, over TLS, here and some way off."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import bodies
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


class Servers:
    """`near`, `near-http1`, `50-http1`, `50` and `200`: HTTP/2 unless it says otherwise, so many milliseconds away."""

    def __init__(self, folder, fixtures):
        self.folder = folder
        self.processes = []
        self.authority = folder / "certificate.pem"
        (folder / "tmp").mkdir()
        certificate = (fixtures / "keys" / "certificate.pem").read_text(encoding="ascii")
        self.credential_size = bodies.write(folder / "answers", certificate)
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
        names = ("near", "near-http1", "50", "50-http1", "200")
        self.ports = dict(zip(names, free_ports(len(names))))
        try:
            self.start()
        except BaseException:
            self.stop()
            raise

    def start(self):
        servers = "".join(
            SERVER.format(port=self.ports[name], protocol=protocol, folder=self.folder, application=bodies.APPLICATION)
            for name, protocol in (("near", " http2"), ("near-http1", ""))
        )
        config = self.folder / "nginx.conf"
        config.write_text(
            NGINX_CONFIG.format(folder=self.folder, servers=servers, filter=bodies.FILTER), encoding="utf-8"
        )
        self.run("nginx", ("nginx", "-p", self.folder, "-c", config))
        proxy = Path(__file__).with_name("delayproxy.py")
        for name, target, delay in (("50", "near", 50), ("50-http1", "near-http1", 50), ("200", "near", 200)):
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

    def body(self, rows):
        return self.folder / "answers" / "all" / str(rows) / "0"

    def asked(self):
        """The pages that were asked for, one (rows a page, page, filter) a request; "-" where there is none."""
        lines = (self.folder / "access.log").read_text(encoding="utf-8").splitlines()
        return [tuple(line.split(" ", 2)) for line in lines]

# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's nginx before a server of a test, so that it is reached as a real one: over TLS, by HTTP/1.1 or HTTP/2."""

import os
import pathlib
import socket
import subprocess
import tempfile

from freeports import free_ports
from program import wait

CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    log_format requests '$request_method $uri $server_protocol $ssl_protocol';
    access_log {folder}/access.log requests;
    client_body_temp_path {folder}/tmp;
    proxy_temp_path {folder}/tmp;
    fastcgi_temp_path {folder}/tmp;
    uwsgi_temp_path {folder}/tmp;
    scgi_temp_path {folder}/tmp;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    server {{
        listen 127.0.0.1:{port} ssl{http2};
        location / {{ proxy_pass {server}; }}
        error_page 502 = @lost;
        location @lost {{ return 444; }}
    }}
}}
"""


def is_listening(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


class Nginx:
    """Runs until the end of the test. A server that closes without an answer makes it do the same."""

    def __init__(self, test, server, is_http2=True):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=os.environ["HOME"]))
        (self.folder / "tmp").mkdir()
        key = "-x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout key.pem -out certificate.pem"
        name = ("-subj", "/CN=sandbox", "-addext", "subjectAltName=IP:127.0.0.1")
        subprocess.run(["openssl", "req", *key.split(), *name], cwd=self.folder, check=True, capture_output=True)
        port = free_ports(1)[0]
        config = self.folder / "nginx.conf"
        http2 = " http2" if is_http2 else ""
        config.write_text(CONFIG.format(folder=self.folder, port=port, server=server, http2=http2))
        process = subprocess.Popen(["nginx", "-p", self.folder, "-c", config])
        test.addCleanup(process.wait)
        test.addCleanup(process.kill)
        wait(lambda: is_listening(port), "nginx")
        self.url = f"https://127.0.0.1:{port}"
        self.authority = str(self.folder / "certificate.pem")

    def requests(self):
        """Method, path, protocol and that of TLS of each, in their order."""
        return [line.split() for line in (self.folder / "access.log").read_text().splitlines()]

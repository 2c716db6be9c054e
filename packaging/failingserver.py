# SPDX-License-Identifier: GPL-3.0-or-later
"""A server on this computer that answers everything with one status: failingserver.py PORT STATUS [PEM]

PEM holds the certificate and the key of a server with TLS. Port 0 is a free one.
"""

import http.server
import json
import ssl
import sys

STATUS = int(sys.argv[2])


class Failing(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = json.dumps({"type": "Failed", "message": f"{self.responses[STATUS][0]}."}).encode()
        self.send_response(STATUS)
        if STATUS == 429:
            self.send_header("Retry-After", "90")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Failing)
scheme = "http"
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https"
print(f"URL: {scheme}://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()

# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody else does with the sandbox meanwhile, past the program."""

import json
import urllib.request


class Elsewhere:
    def __init__(self, port, token):
        self.url = f"http://127.0.0.1:{port}"
        self.token = token

    def ask(self, path, method="GET", body=None):
        """The answer's bytes."""
        request = urllib.request.Request(
            f"{self.url}{path}",
            method=method,
            data=json.dumps(body).encode() if body else None,
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def path_of(self, application):
        """Of the credentials of the application of this name."""
        items = json.loads(self.ask("/applications?perPage=100"))["items"]
        ids = [item["applicationId"] for item in items if item["name"] == application]
        assert len(ids) == 1, application
        return f"/applications/{ids[0]}/credentials"

    def create(self, application, body):
        """The path of the new credential."""
        path = self.path_of(application)
        return f"{path}/{json.loads(self.ask(path, 'POST', body))['id']}"

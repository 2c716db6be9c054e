# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports of this machine that nobody listens on, for servers that can't choose one themselves."""

import socket


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports

# SPDX-License-Identifier: GPL-3.0-or-later
"""A server some way off: passes TCP connections on to a port of this machine, and takes its time.

    delayproxy.py PORT TARGET-PORT ROUND-TRIP-MS

Each byte is half a round trip under way, in either direction. A connection is made at once here, so what the client
says first waits a whole round trip longer, as if its handshake had taken that. Nothing is throttled.
"""

import asyncio
import sys
from collections import deque


class End(asyncio.Protocol):
    """One end of a connection: what comes in here goes out at the other end, later, and in the same order."""

    def __init__(self, delay):
        self.delay = delay
        self.opened_at = 0.0  # before this nothing is under way
        self.transport = None
        self.other = None
        self.backlog = deque()  # (when, what to do at the other end)

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.later(lambda end: end.transport.write(data))

    def connection_lost(self, error):
        self.later(lambda end: end.transport.close())

    def later(self, action):
        loop = asyncio.get_running_loop()
        due = max(loop.time(), self.opened_at) + self.delay
        self.backlog.append((due, action))
        if len(self.backlog) == 1:
            loop.call_at(due, self.deliver)

    def deliver(self):
        loop = asyncio.get_running_loop()
        while self.backlog and self.backlog[0][0] <= loop.time() + 0.0005:
            self.backlog.popleft()[1](self.other)
        if self.backlog:
            loop.call_at(self.backlog[0][0], self.deliver)


async def main(port, target, round_trip):
    loop = asyncio.get_running_loop()

    class Client(End):
        def connection_made(self, transport):
            super().connection_made(transport)
            self.opened_at = loop.time() + round_trip
            transport.pause_reading()  # until there is somebody to hand it to
            loop.create_task(self.connect())

        async def connect(self):
            _, self.other = await loop.create_connection(lambda: End(self.delay), "127.0.0.1", target)
            self.other.other = self
            self.transport.resume_reading()

    server = await loop.create_server(lambda: Client(round_trip / 2), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1000))

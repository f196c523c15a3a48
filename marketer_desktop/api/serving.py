"""Serves an application over HTTP until it is told to end, and then ends in order."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from marketer_desktop.api.light_socket import LightSocket

GRACE_SECONDS = 20  # for requests under way; streams end at once
LARGEST_FRAME = 8 * 1024 * 1024  # of a socket (the contract with agents)
BACKLOG = 2048


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to whoever started it: an engine has to end after the server."""
        yield


def listen(host: str, port: int) -> socket.socket:
    """A socket at this address; port 0 is any that is free. Raises OSError if it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    # Those that are accepted take it over. Asyncio sets it only where a socket names its protocol,
    # and without it a body waits 40 ms for the receipt of its head.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def serve(app: FastAPI, listening: socket.socket, ending: asyncio.Event) -> None:
    """Answer requests until `ending` is set: then streams end and requests are finished.

    `app.state.closing` tells streams and sockets; their clients come back to another server.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        ws=LightSocket,
        ws_max_size=LARGEST_FRAME,
        # Agents say little at a time, and are pinged by the hub: neither is worth its memory.
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve([listening]))
    asked = asyncio.create_task(ending.wait())
    try:
        await asyncio.wait([serving, asked], return_when=asyncio.FIRST_COMPLETED)
    finally:
        app.state.closing.set()
        server.should_exit = True
        asked.cancel()
        await serving

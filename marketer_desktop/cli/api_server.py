"""Puts the engine and the API together; loaded by the commands that serve, and by no other."""

import asyncio
import socket
from contextlib import ExitStack

import typer

from marketer_desktop.api.app import create_app, create_service_app
from marketer_desktop.api.hardening import LocalAccess
from marketer_desktop.api.serving import listen, serve
from marketer_desktop.bootstrap.serving import open_server
from marketer_desktop.observability.metrics import switch_on
from marketer_desktop.services.call import Say, ServiceError
from marketer_desktop.services.create_administrator import create_administrator
from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.kept_token import KeptToken
from marketer_desktop.system.launch_file import announced, new_token


async def serve_api(
    settings: Settings,
    role: str,
    place: tuple[str, int],
    concurrency: int,
    administrator: tuple[str, str] | None,
    ending: asyncio.Event,
    say: Say,
) -> None:
    """Serve the API at `place` until `ending`; prints the address once it answers.

    Raises ServiceError if the port is taken or the engine cannot start.
    """
    switch_on(role)
    with _listening(*place) as listening:
        address, port = address_of(listening), listening.getsockname()[1]
        async with open_server(settings, "server", concurrency, say) as parts:
            if administrator is not None:
                await create_administrator(parts, *administrator)
            with ExitStack() as stack:
                local = None
                if role == "local":
                    token = new_token()
                    local = LocalAccess(port, token, KeptToken(settings.data_dir).fits)
                    stack.enter_context(announced(settings.data_dir, address, token))
                typer.echo(address)
                await serve(create_app(parts, local), listening, ending)
            say("Ending; runs under way are handed on")


async def run_worker(
    settings: Settings,
    place: tuple[str, int] | None,
    concurrency: int,
    ending: asyncio.Event,
    say: Say,
) -> None:
    """Write runs until `ending`; at `place`, if any, it tells how it is."""
    switch_on("worker")
    with ExitStack() as stack:
        listening = stack.enter_context(_listening(*place)) if place else None
        async with open_server(settings, "worker", concurrency, say) as parts:
            typer.echo(address_of(listening) if listening else "working")
            if listening is None:
                await ending.wait()
            else:
                await serve(create_service_app(parts), listening, ending)
            say("Ending; runs under way are handed on")


def _listening(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except OSError as error:
        raise ServiceError(
            f"Nothing can listen at {host}, port {port}: {error.strerror}. Choose another one with "
            "--host or --port, or end what uses it."
        ) from error


def address_of(listening: socket.socket) -> str:
    """As it is typed into a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

"""`marketer serve`: the API, for programs of this computer or for a team."""

import asyncio
import os
from typing import Annotated, Literal

import typer

from marketer_desktop.cli.options import DataDir, settings_for
from marketer_desktop.cli.passphrase import open_secrets
from marketer_desktop.cli.serving import (
    ChromaUrl,
    DatabaseUrl,
    hear,
    run_until_told,
    with_addresses,
)
from marketer_desktop.domain.loopback import is_loopback
from marketer_desktop.jobs.queue import CONCURRENCY

Role = Literal["local", "server"]
PASSWORD = "MARKETER_ADMIN_PASSWORD"  # noqa: S105 - the name of a variable


def serve(
    context: typer.Context,
    role: Annotated[
        Role, typer.Option(help="For programs of this computer only, or for a team.")
    ] = "local",
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8000,
    database_url: DatabaseUrl = None,
    chroma_url: ChromaUrl = None,
    concurrency: Annotated[
        int, typer.Option(min=0, max=50, help="Runs written here at once; 0: by workers only.")
    ] = CONCURRENCY,
    create_admin: Annotated[
        str | None,
        typer.Option(
            metavar="EMAIL",
            help=f"Make the first administrator; the password is asked for, or in {PASSWORD}.",
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Serve the API until Ctrl-C; what is under way goes on at the next start."""
    if role == "local" and not is_loopback(host):
        raise typer.BadParameter(
            "In the role “local” only this computer may ask: use 127.0.0.1, or --role server.",
            param_hint="--host",
        )
    settings = with_addresses(settings_for(context, data_dir), database_url, chroma_url)
    open_secrets(settings)
    password = _password(create_admin) if create_admin else ""

    async def work(ending: asyncio.Event) -> None:
        # Imported here: no other command needs the libraries of the API.
        from marketer_desktop.cli.api_server import serve_api  # noqa: PLC0415

        administrator = (create_admin, password) if create_admin else None
        await serve_api(settings, role, (host, port), concurrency, administrator, ending, hear)

    run_until_told(work)


def _password(email: str) -> str:
    named = os.environ.get(PASSWORD)
    return named or typer.prompt(
        f"Password for {email}", hide_input=True, confirmation_prompt=True, err=True
    )

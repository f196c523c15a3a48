"""`marketer worker`: writes the runs of a team's servers, as many workers as there is work."""

import asyncio
from typing import Annotated

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
from marketer_desktop.jobs.queue import CONCURRENCY


def worker(
    context: typer.Context,
    concurrency: Annotated[
        int, typer.Option(min=1, max=50, help="Runs written at once.")
    ] = CONCURRENCY,
    database_url: DatabaseUrl = None,
    chroma_url: ChromaUrl = None,
    host: Annotated[str, typer.Option(help="Where --port listens.")] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Tell /health, /ready and /metrics there."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write runs until Ctrl-C; what is under way is handed to other workers."""
    settings = with_addresses(settings_for(context, data_dir), database_url, chroma_url)
    if not (settings.database_url and settings.chroma_url):
        raise typer.BadParameter(
            "A worker shares a database and a Chroma with its servers: give --database-url and "
            "--chroma-url, the same as theirs."
        )
    open_secrets(settings)

    async def work(ending: asyncio.Event) -> None:
        # Imported here: no other command needs the libraries of the API.
        from marketer_desktop.cli.api_server import run_worker  # noqa: PLC0415

        place = (host, port) if port is not None else None
        await run_worker(settings, place, concurrency, ending, hear)

    run_until_told(work)

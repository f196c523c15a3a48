"""`marketer agent`: lends the models of this machine to an organization, without a window."""

import asyncio
import os
from collections.abc import Callable
from typing import Annotated, Any

import typer

from marketer_desktop.bootstrap.handle import call_engine
from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.passphrase import open_secrets
from marketer_desktop.cli.serving import hear, run_until_told
from marketer_desktop.observability.logs import log
from marketer_desktop.services.lend_model import LendMeanwhile
from marketer_desktop.services.lending import Lending

KEY = "MARKETER_AGENT_KEY"


def agent(
    context: typer.Context,
    server: Annotated[str, typer.Option(help="The server, such as https://team.example.com.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Answer the requests of a team's server with the models here, until Ctrl-C.

    The agent key is asked for, or in the variable MARKETER_AGENT_KEY.
    """
    settings = settings_for(context, data_dir)
    open_secrets(settings)
    key = os.environ.get(KEY) or typer.prompt("Agent key", hide_input=True, err=True)
    call, show = LendMeanwhile(server=server, key=key), _printed if as_json else _told()

    async def work(ending: asyncio.Event) -> None:
        lending = asyncio.ensure_future(call_engine(settings, call, show, hear))
        told = asyncio.ensure_future(ending.wait())
        await asyncio.wait([lending, told], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if lending.done():
            lending.result()
        lending.cancel()
        await asyncio.gather(lending, return_exceptions=True)

    run_until_told(work)


def _printed(event: dict[str, Any]) -> None:
    typer.echo(Lending.model_validate(event).model_dump_json())


def _told() -> Callable[[dict[str, Any]], None]:
    """Says each change of the connection, and each request that has ended, once."""
    last = ("", 0, 0)

    def tell(event: dict[str, Any]) -> None:
        nonlocal last
        now = Lending.model_validate(event)
        state, answered, failed = now.state, now.answered, now.failed
        if state != last[0]:
            log.info(_sentence(now))
        elif (answered, failed) != last[1:]:
            log.info("%d answered, %d failed", answered, failed)
        last = (state, answered, failed)

    return tell


def _sentence(now: Lending) -> str:
    if now.state == "connected":
        return f"Lends {', '.join(now.models)} to {now.server}, {now.capacity} at once."
    if now.state == "waiting":
        return f"{now.problem} Trying again in {now.retry_seconds or 0:.0f} s."
    return f"{now.state.capitalize()}: {now.server}"

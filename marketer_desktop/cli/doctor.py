"""`marketer doctor`: what is there, where, and whether it is well."""

import asyncio

import typer

from marketer_desktop.bootstrap.handle import call_engine
from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.progress import ProgressView
from marketer_desktop.cli.session import FAILED, print_json, selector_loop
from marketer_desktop.services.call import plain_message
from marketer_desktop.services.diagnose import Diagnose, Diagnosis, diagnosis_without_engine
from marketer_desktop.settings.settings import Settings

SIGNS = {"ok": "✓", "off": "–", "warning": "!", "error": "✗"}


def doctor(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Check every part and say what to do when one is not well."""
    with ProgressView() as view, asyncio.Runner(loop_factory=selector_loop) as runner:
        found = runner.run(_examined(settings_for(context, data_dir), view))
    if as_json:
        print_json(found)
    else:
        for part in found.parts:
            about = " · ".join(filter(None, (part.version, part.place)))
            typer.echo(f"{SIGNS[part.state]} {part.name}: {about}")
            if part.advice:
                typer.echo(f"    {part.advice}")
    if not found.healthy:
        raise typer.Exit(FAILED)


async def _examined(settings: Settings, view: ProgressView) -> Diagnosis:
    """Ask the engine; if it cannot even start, say why and look at the rest."""
    try:
        return await call_engine(settings, Diagnose(), view.on_event, view.say)
    except Exception as error:  # whatever keeps the engine from starting is a finding
        return diagnosis_without_engine(settings.data_dir, plain_message(error))

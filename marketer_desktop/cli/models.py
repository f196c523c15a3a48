"""`marketer models`: which models are there, and which one to use."""

from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.session import print_json, run_call
from marketer_desktop.services.models import ListModels, UseModel

models = typer.Typer(no_args_is_help=True, help="List models and choose one.")


@models.command("list")
def list_(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show the models that can be used now."""
    found = run_call(settings_for(context, data_dir), ListModels())
    if as_json:
        print_json(found)
        return
    for entry in found.models:
        typer.echo(f"{'*' if entry.chosen else ' '} {entry.name:30} {entry.description}")
    typer.echo(found.ollama)


@models.command()
def use(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="starter or ollama:NAME.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Choose the model for all further pieces."""
    entry = run_call(settings_for(context, data_dir), UseModel(name=name))
    print_json(entry) if as_json else typer.echo(f"{entry.name} is used from now on.")

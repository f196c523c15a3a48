"""The command line `marketer`."""

import typer

from marketer_desktop import __version__
from marketer_desktop.cli.account import account
from marketer_desktop.cli.activities import activities
from marketer_desktop.cli.agent import agent
from marketer_desktop.cli.archive import backup, restore
from marketer_desktop.cli.db import db
from marketer_desktop.cli.desktop import desktop
from marketer_desktop.cli.doctor import doctor
from marketer_desktop.cli.export import export
from marketer_desktop.cli.generate import generate
from marketer_desktop.cli.ingest import ingest
from marketer_desktop.cli.models import models
from marketer_desktop.cli.options import DataDir
from marketer_desktop.cli.outline import outline
from marketer_desktop.cli.publish import publish
from marketer_desktop.cli.reindex import reindex
from marketer_desktop.cli.repurpose import repurpose
from marketer_desktop.cli.score import score
from marketer_desktop.cli.search import search
from marketer_desktop.cli.secrets import secrets
from marketer_desktop.cli.serve import serve
from marketer_desktop.cli.sitemap import sitemap
from marketer_desktop.cli.sync import sync
from marketer_desktop.cli.worker import worker

app = typer.Typer(
    name="marketer",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Writes sourced, checked marketing content on your own machine, offline.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"marketer {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    data_dir: DataDir = None,
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    pass


app.command()(generate)
app.command()(outline)
app.command()(ingest)
app.command()(search)
app.command()(reindex)
app.command()(score)
app.command()(repurpose)
app.command()(export)
app.command()(sitemap)
app.command()(backup)
app.command()(restore)
app.command()(doctor)
app.command()(desktop)
app.command()(serve)
app.command()(worker)
app.command()(agent)
app.add_typer(account, name="account")
app.add_typer(models, name="models")
app.add_typer(activities, name="activities")
app.add_typer(db, name="db")
app.add_typer(publish, name="publish")
app.add_typer(secrets, name="secrets")
app.add_typer(sync, name="sync")

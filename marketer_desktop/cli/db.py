"""`marketer db`: upgrade and check the database, show its address or choose another one."""

from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.session import FAILED, WRONG_USE, complain, print_json, run_call
from marketer_desktop.services.choose_database import use_database
from marketer_desktop.services.databases import (
    CheckDatabase,
    DatabaseUrl,
    GetDatabaseUrl,
    UpgradeDatabase,
)
from marketer_desktop.storage.addresses import BadDatabaseUrl
from marketer_desktop.system.secrets import NoKeyring

db = typer.Typer(no_args_is_help=True, help="Look after the database.")


@db.command()
def upgrade(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Bring the tables up to date."""
    done = run_call(settings_for(context, data_dir), UpgradeDatabase())
    print_json(done) if as_json else typer.echo(f"The database is at revision {done.revision}.")


@db.command()
def check(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Compare the tables with what the program expects."""
    found = run_call(settings_for(context, data_dir), CheckDatabase())
    if as_json:
        print_json(found)
    else:
        for line in found.differences or [f"Revision {found.revision}: no differences."]:
            typer.echo(line)
    if found.differences or found.revision != found.head:
        raise typer.Exit(FAILED)


@db.command()
def url(
    context: typer.Context,
    new: Annotated[
        str | None, typer.Argument(help="Use this database instead; “embedded” for our own.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show the database's address, or use another PostgreSQL from now on."""
    settings = settings_for(context, data_dir)
    if new is None:
        found = run_call(settings, GetDatabaseUrl())
        print_json(found) if as_json else typer.echo(found.url)
        return
    try:
        shown = use_database(settings.data_dir, new)
    except BadDatabaseUrl as error:
        complain(str(error))
        raise typer.Exit(WRONG_USE) from None
    except NoKeyring as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None
    print_json(DatabaseUrl(url=shown)) if as_json else typer.echo(f"From now on: {shown}")

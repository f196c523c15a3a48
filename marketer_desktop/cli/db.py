"""`marketer db`: upgrade, check, back up and restore the database, show or choose its address."""

from pathlib import Path
from typing import Annotated

import typer

from marketer_desktop.bootstrap.restore_backup import restore_backup
from marketer_desktop.bootstrap.upgrade_alone import upgrade_alone
from marketer_desktop.cli.options import AsJson, BackupFile, DataDir, Replace, settings_for
from marketer_desktop.cli.passphrase import open_secrets
from marketer_desktop.cli.session import FAILED, WRONG_USE, complain, print_json, run_call, shown
from marketer_desktop.services.back_up import BackUpDatabase
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
def upgrade(
    context: typer.Context,
    without_backup: Annotated[
        bool, typer.Option("--without-backup", help="Change the tables without a backup of them.")
    ] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Bring the tables up to date; a backup is kept before they change."""
    settings = settings_for(context, data_dir)
    if without_backup:
        open_secrets(settings)
        done = shown(lambda view: upgrade_alone(settings, view.say))
    else:
        done = run_call(settings, UpgradeDatabase())
    print_json(done) if as_json else typer.echo(f"The database is at revision {done.revision}.")


@db.command()
def backup(
    context: typer.Context,
    file: BackupFile = None,
    force: Replace = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Write the whole database to a file; the app may go on meanwhile.

    The original files of documents and images lie beside the database and are not part of it:
    “marketer backup” writes everything.
    """
    settings = settings_for(context, data_dir)
    # The process that owns the database may have another working folder.
    place = None if file is None else file.expanduser().absolute()
    made = run_call(settings, BackUpDatabase(file=place, overwrite=force))
    if as_json:
        print_json(made)
    else:
        typer.echo(f"{made.path} ({made.bytes / 1_000_000:.1f} MB, revision {made.revision})")


@db.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that “marketer db backup” has written.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Replace the database by a backup; what was there is kept as a backup, too.

    Nothing else may use the data folder meanwhile. Files of documents that were added or removed
    since the backup stay as they are.
    """
    settings = settings_for(context, data_dir)
    place = file.expanduser().absolute()
    open_secrets(settings)
    done = shown(lambda view: restore_backup(settings, place, view.say))
    if as_json:
        print_json(done)
        return
    typer.echo(f"Restored {done.path}; the database is at revision {done.revision}.")
    if done.replaced:
        typer.echo(f"What was there before: {done.replaced}")


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
    open_secrets(settings, beside_an_owner=True)
    try:
        shown = use_database(settings.data_dir, new)
    except BadDatabaseUrl as error:
        complain(str(error))
        raise typer.Exit(WRONG_USE) from None
    except NoKeyring as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None
    print_json(DatabaseUrl(url=shown)) if as_json else typer.echo(f"From now on: {shown}")

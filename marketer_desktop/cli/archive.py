"""`marketer backup` and `marketer restore`: everything in one file, and back, here or elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from marketer_desktop.bootstrap.restore_archive import restore_archive
from marketer_desktop.cli.options import AsJson, BackupFile, DataDir, Replace, settings_for
from marketer_desktop.cli.passphrase import open_secrets
from marketer_desktop.cli.session import print_json, run_call, shown
from marketer_desktop.services.make_archive import MakeArchive

MB = 1_000_000


def backup(
    context: typer.Context,
    file: BackupFile = None,
    force: Replace = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Write database, documents and settings to one file; the app may go on meanwhile.

    Keys, passwords and sign-ins are not in it, so it may lie where you like. The search index is
    not in it either: it is made anew after a restore.
    """
    settings = settings_for(context, data_dir)
    # The process that owns the database may have another working folder.
    place = None if file is None else file.expanduser().absolute()
    made = run_call(settings, MakeArchive(file=place, overwrite=force))
    if as_json:
        print_json(made)
        return
    typer.echo(f"{made.path} ({made.bytes / MB:.1f} MB, {made.rows} rows, {made.files} files)")
    _say_missing(made.missing)
    if made.left_out:
        typer.echo(
            f"Left out: {made.left_out} files beside texts, with names that not every system takes."
        )


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that “marketer backup” has written.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Replace database, documents and settings by those of an archive.

    What was there is kept as an archive, too. With --data-dir and a new folder it all lies beside
    what you have. Nothing else may use the data folder meanwhile.
    """
    settings = settings_for(context, data_dir)
    open_secrets(settings)
    place = file.expanduser().absolute()
    done = shown(lambda view: restore_archive(settings, place, view.say, view.on_event))
    if as_json:
        print_json(done)
        return
    typer.echo(f"Restored {done.path}: {done.rows} rows, {done.files} files.")
    _say_missing(done.missing)
    if done.replaced:
        typer.echo(f"What was there before: {done.replaced}")
    typer.echo("Give your keys and sign in again where this is another machine.")


def _say_missing(missing: list[str]) -> None:
    if missing:
        typer.echo(f"Without their originals, which were gone: {len(missing)} documents.")

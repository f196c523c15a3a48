"""`marketer secrets`: where keys and sign-ins are kept, and the passphrase of their file."""

from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.passphrase import read_passphrase
from marketer_desktop.cli.session import WRONG_USE, complain, print_json, run_call
from marketer_desktop.services.kept_secrets import (
    SecretsPlace,
    SetPassphrase,
    ShowSecrets,
    StartSecretsAnew,
    UnlockSecrets,
)

secrets = typer.Typer(
    no_args_is_help=True,
    help="Where keys and sign-ins are kept: the keyring, or a file under a passphrase.",
)
CURRENT, NEW = "Passphrase", "New passphrase"
LOST = "The keys and sign-ins in the encrypted file are given up; your content is not touched."


@secrets.command()
def show(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Say where they are, and whether they can be read; none of them is shown."""
    _tell(run_call(settings_for(context, data_dir), ShowSecrets()), as_json)


@secrets.command()
def unlock(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Give the passphrase to the engine that runs; it is asked for, or read from standard input."""
    call = UnlockSecrets(passphrase=read_passphrase(CURRENT))
    _tell(run_call(settings_for(context, data_dir), call, unlocked=False), as_json)


@secrets.command()
def passphrase(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Set it, where there is no keyring, or change it.

    Standard input has the old one, if one is set, and the new one, a line each.
    """
    settings = settings_for(context, data_dir)
    is_set = run_call(settings, ShowSecrets(), unlocked=False).kind == "file"
    old = read_passphrase(CURRENT) if is_set else None
    call = SetPassphrase(old=old, new=read_passphrase(NEW, twice=True))
    _tell(run_call(settings, call, unlocked=False), as_json)


@secrets.command()
def forget(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Start anew with an empty file, for a passphrase that is forgotten."""
    settings = settings_for(context, data_dir)
    complain(LOST)
    if not yes and not typer.confirm("Start anew?", err=True):
        complain("Nothing was changed.")
        raise typer.Exit(WRONG_USE)
    call = StartSecretsAnew(passphrase=read_passphrase(NEW, twice=True))
    _tell(run_call(settings, call, unlocked=False), as_json)


def _tell(place: SecretsPlace, as_json: bool) -> None:
    if as_json:
        print_json(place)
        return
    where = {
        "keyring": f"In the keyring of this machine ({place.name}).",
        "file": f"In an encrypted file: {place.name}",
        "none": "Nowhere: “marketer secrets passphrase” begins an encrypted file.",
    }
    typer.echo(where[place.kind])
    if place.problem:
        typer.echo(place.problem)

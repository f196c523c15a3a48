"""Asks for the passphrase of the encrypted file of secrets, where there is one and it is locked."""

import sys
from pathlib import Path

import typer

from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.owner import OwnerLock
from marketer_desktop.system.passphrase import VARIABLE
from marketer_desktop.system.secret_vault import SecretVault, WrongPassphrase
from marketer_desktop.system.secrets import has_keyring, open_secrets_of, vault

TRIES = 3
ASKED = "Passphrase of your keys (Enter goes on without them)"
WRONG = "This is not the passphrase."
DOES_NOT_OPEN = f"{VARIABLE} does not open the file of your keys: they stay locked."


def open_secrets(settings: Settings, *, beside_an_owner: bool = False) -> None:
    """With the passphrase of the environment, else with what a person at a terminal answers.

    An engine that runs in another process has been told its own; who reads the file
    `beside_an_owner` needs it all the same.
    """
    if not open_secrets_of(settings.data_dir):
        _say(DOES_NOT_OPEN)
    found = vault()
    if found is None or not found.exists or found.is_open or has_keyring():
        return
    if _somebody_answers() and (beside_an_owner or _is_free(settings.data_dir)):
        _ask(found)


def read_passphrase(asked: str, *, twice: bool = False) -> str:
    """What is typed unseen at a terminal, else the next line of standard input."""
    if _somebody_answers():
        given = typer.prompt(asked, hide_input=True, err=True, confirmation_prompt=twice)
        return str(given)
    return sys.stdin.readline().rstrip("\r\n")


def _ask(found: SecretVault) -> None:
    for _ in range(TRIES):
        given = typer.prompt(ASKED, default="", show_default=False, hide_input=True, err=True)
        if not given:
            return
        try:
            found.unlock(str(given))
        except WrongPassphrase:
            _say(WRONG)
        except (OSError, ValueError):
            _say(f"{found.path} is damaged: “marketer secrets forget” starts anew.")
            return
        else:
            return


def _somebody_answers() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _is_free(data_dir: Path) -> bool:
    """Whether the engine would be ours; who comes in between has its own passphrase."""
    lock = OwnerLock(data_dir)
    taken = lock.acquire()
    lock.release()
    return taken


def _say(text: str) -> None:
    typer.echo(text, err=True)

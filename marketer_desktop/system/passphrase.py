"""The passphrase that the environment may hold: taken out of it, since children inherit it."""

import os

VARIABLE = "MARKETER_PASSPHRASE"

_taken: str | None = None


def take_passphrase() -> None:
    """From now on no new process of ours has it; to be called before the first is started."""
    global _taken
    _taken = os.environ.pop(VARIABLE, None) or _taken


def given_passphrase() -> str | None:
    """What was taken."""
    take_passphrase()
    return _taken

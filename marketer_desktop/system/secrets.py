"""Secrets in the operating system's keyring."""

import keyring
from keyring.errors import KeyringError

SERVICE = "marketer-desktop"


class NoKeyring(RuntimeError):
    """The keyring is missing or locked; the message says what to do instead."""


def keyring_state() -> tuple[str, str | None]:
    """The keyring's name, and what is not well with it (None when it can be used)."""
    name = type(keyring.get_keyring()).__module__.removeprefix("keyring.backends.")
    try:
        keyring.get_password(SERVICE, "doctor")
    except KeyringError as error:
        return name, str(error).strip().split("\n")[0] or type(error).__name__
    return name, None


def keep_secret(name: str, value: str) -> None:
    """Keep `value` under `name`; raises `NoKeyring`."""
    try:
        keyring.set_password(SERVICE, name, value)
    except KeyringError as error:
        raise NoKeyring(
            "This machine has no unlocked keyring, so the password cannot be kept safely. "
            "Unlock it, or give the address in the variable MARKETER_DATABASE_URL instead."
        ) from error


def secret(name: str) -> str | None:
    """The secret kept under `name`; None if there is none or the keyring cannot be read."""
    try:
        return keyring.get_password(SERVICE, name)
    except KeyringError:
        return None

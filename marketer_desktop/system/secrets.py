"""Secrets in the operating system's keyring."""

from types import ModuleType

from marketer_desktop.system.loading import LOADING

SERVICE = "marketer-desktop"


class NoKeyring(RuntimeError):
    """The keyring is missing or locked; the message says what to do instead."""


def _library() -> ModuleType:
    with LOADING:
        import keyring  # noqa: PLC0415 — it looks for backends in everything that is installed

    return keyring


def has_keyring() -> bool:
    """Whether this machine has a keyring that keeps secrets safely; it may be locked."""
    # Others may be installed that write plain text: those are never used.
    keyring = _library()
    return bool(keyring.core.recommended(keyring.get_keyring()))


def keyring_state() -> tuple[str, str | None]:
    """The keyring's name, and what is not well with it (None when it can be used)."""
    keyring = _library()
    name = type(keyring.get_keyring()).__module__.removeprefix("keyring.backends.")
    try:
        keyring.get_password(SERVICE, "doctor")
    except keyring.errors.KeyringError as error:
        return name, str(error).strip().split("\n")[0] or type(error).__name__
    return name, None


def keep_secret(name: str, value: str, *, what: str, instead: str) -> None:
    """Keep `value` under `name`; raises `NoKeyring`, whose message says `what` and `instead`."""
    keyring = _library()
    try:
        if not has_keyring():
            raise keyring.errors.KeyringError("no keyring")
        keyring.set_password(SERVICE, name, value)
    except keyring.errors.KeyringError:
        # Without the cause: what a keyring says of its failure may repeat the secret.
        raise NoKeyring(
            f"This machine has no unlocked keyring, so {what} cannot be kept safely. Unlock it, "
            f"or {instead} instead."
        ) from None


def secret(name: str) -> str | None:
    """The secret kept under `name`; None if there is none or the keyring cannot be read."""
    keyring = _library()
    try:
        found: str | None = keyring.get_password(SERVICE, name) if has_keyring() else None
    except keyring.errors.KeyringError:
        return None
    return found


def forget_secret(name: str) -> None:
    """Remove what is kept under `name`, if there is anything; raises `NoKeyring`."""
    keyring = _library()
    try:
        keyring.delete_password(SERVICE, name)
    except keyring.errors.PasswordDeleteError:
        return
    except keyring.errors.KeyringError:
        raise NoKeyring(
            "The keyring is locked, so nothing could be removed from it. Unlock it, then try again."
        ) from None

"""Secrets: in the operating system's keyring, else in an encrypted file under a passphrase."""

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Literal

from marketer_desktop.system.loading import LOADING
from marketer_desktop.system.passphrase import given_passphrase
from marketer_desktop.system.secret_vault import SecretVault, VaultLocked

SERVICE = "marketer-desktop"
FILE = Path("secrets", "kept.json")  # in the data folder
SET_ONE = "Set a passphrase for an encrypted file, in Settings → Privacy or by “marketer secrets”"
UNLOCK = "Unlock them with your passphrase, in Settings → Privacy or by “marketer secrets unlock”"

_vault: SecretVault | None = None


class NoKeyring(RuntimeError):
    """Nothing could be kept or removed; the message says why, and what to do instead."""


@dataclass(frozen=True)
class SecretsState:
    """Where secrets are kept: `name` is the keyring's, or the file's path; `none` keeps nothing.

    `problem` is what is not well with it; `locked` says that a passphrase helps.
    """

    kind: Literal["keyring", "file", "none"]
    name: str
    problem: str = ""
    locked: bool = False


def _library() -> ModuleType:
    with LOADING:
        import keyring  # noqa: PLC0415 — it looks for backends in everything that is installed

    return keyring


def keep_secrets_in(folder: Path | None) -> None:
    """Where there is no keyring, secrets lie in the data folder `folder`; None for nowhere."""
    global _vault
    if folder is None:
        _vault = None
    elif _vault is None or _vault.path != folder / FILE:
        _vault = SecretVault(folder / FILE)


def open_secrets_of(folder: Path) -> bool:
    """Keep them in `folder`, opened if the environment has its passphrase; False if that is wrong.

    Takes a tenth of a second, on purpose, where there is a passphrase.
    """
    keep_secrets_in(folder)
    passphrase = given_passphrase()
    if _vault is None or passphrase is None or not _vault.exists or _vault.is_open:
        return True
    try:
        _vault.unlock(passphrase)
    except (OSError, ValueError):
        return False
    return True


def vault() -> SecretVault | None:
    """The encrypted file, which may not be there yet."""
    return _vault


def has_keyring() -> bool:
    """Whether this machine has a keyring that keeps secrets safely; it may be locked."""
    # Others may be installed that write plain text: those are never used.
    keyring = _library()
    return bool(keyring.core.recommended(keyring.get_keyring()))


def can_keep() -> bool:
    """Whether there is a place for secrets."""
    return has_keyring() or (_vault is not None and _vault.is_open)


def secrets_state() -> SecretsState:
    """Where secrets are kept, and whether they can be."""
    if has_keyring():
        return _keyring_state()
    if _vault is None or not _vault.exists:
        return SecretsState("none", "", "This machine has no keyring, and no passphrase is set.")
    path = str(_vault.path)
    if problem := _vault.problem():
        return SecretsState("file", path, problem)
    if _vault.is_open:
        return SecretsState("file", path)
    return SecretsState("file", path, "It is locked: its passphrase was not given.", locked=True)


def keep_secret(name: str, value: str, *, what: str, instead: str) -> None:
    """Keep `value` under `name`; raises `NoKeyring`, whose message says `what` and `instead`."""
    if not has_keyring():
        _keep_in_file(name, value, what, instead)
        return
    keyring = _library()
    try:
        keyring.set_password(SERVICE, name, value)
    # Without the cause: what a keyring says of its failure may repeat the secret.
    except keyring.errors.KeyringLocked:
        why, do = "The keyring of this machine is locked", "Unlock it"
    except keyring.errors.KeyringError:
        why, do = "The keyring of this machine has refused", "Allow it"
    else:
        return
    raise NoKeyring(f"{why}, so {what} cannot be kept safely. {do}, or {instead} instead.")


def secret(name: str) -> str | None:
    """The secret kept under `name`; None if there is none or its place cannot be read."""
    keyring = _library()
    try:
        found: str | None = keyring.get_password(SERVICE, name) if has_keyring() else None
    except keyring.errors.KeyringError:
        found = None
    return _in_file(name) if found is None else found


def forget_secret(name: str) -> None:
    """Remove what is kept under `name`, if there is anything; raises `NoKeyring`."""
    keyring = _library()
    if has_keyring():
        try:
            keyring.delete_password(SERVICE, name)
        except keyring.errors.PasswordDeleteError:
            pass
        except keyring.errors.KeyringError:
            raise NoKeyring(
                "The keyring is locked, so nothing could be removed from it. Unlock it, then try "
                "again."
            ) from None
    _forget_in_file(name)


def _keyring_state() -> SecretsState:
    keyring = _library()
    name = type(keyring.get_keyring()).__module__.removeprefix("keyring.backends.")
    try:
        keyring.get_password(SERVICE, "doctor")
    except keyring.errors.KeyringError as error:
        said = str(error).strip().split("\n")[0] or type(error).__name__
        return SecretsState("keyring", name, said)
    return SecretsState("keyring", name)


def _keep_in_file(name: str, value: str, what: str, instead: str) -> None:
    why, do = "This machine has no keyring", SET_ONE
    if _vault is not None and _vault.exists:
        why, do = "The secrets of this installation are locked", UNLOCK
        try:
            _vault.keep(name, value)
        except VaultLocked:
            pass
        except (OSError, ValueError) as error:
            why, do = f"{_vault.path} cannot be written ({_said(error)})", "See to it"
        else:
            return
    raise NoKeyring(f"{why}, so {what} cannot be kept safely. {do}, or {instead} instead.")


def _in_file(name: str) -> str | None:
    try:
        return None if _vault is None else _vault.secret(name)
    except (VaultLocked, OSError, ValueError):
        return None


def _forget_in_file(name: str) -> None:
    if _vault is None or not _vault.exists:
        return
    try:
        _vault.forget(name)
    except VaultLocked:
        if not has_keyring():
            raise NoKeyring(
                f"The secrets of this installation are locked, so nothing could be removed. "
                f"{UNLOCK}, then try again."
            ) from None
    except (OSError, ValueError) as error:
        raise NoKeyring(
            f"{_vault.path} cannot be written ({_said(error)}), so nothing could be removed."
        ) from None


def _said(error: Exception) -> str:
    """Why, without what a secret could be part of."""
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__

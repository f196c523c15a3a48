"""An encrypted file for secrets, where the system has no keyring: opened by a passphrase.

AES-256-GCM under a key that Argon2id makes of the passphrase; what it takes to make it stands in
the file and is sealed along. Neither passphrase nor secrets are ever written in plain.
"""

import hashlib
import json
import os
import unicodedata
from base64 import b64decode, b64encode
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from argon2.profiles import RFC_9106_LOW_MEMORY
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from filelock import FileLock

from marketer_desktop.system.secret_files import write_private

FORMAT = 1
KEY_BYTES, SALT_BYTES, NONCE_BYTES = 32, 16, 12
SHORTEST_PASSPHRASE = 8
LOCK_SECONDS = 10.0
MOST_MEMORY_KIB, MOST_PASSES, MOST_LANES = 1 << 20, 64, 64  # what a file may ask this machine for


class WrongPassphrase(ValueError):
    """The file is whole, and was sealed under another passphrase."""


class DamagedVault(ValueError):
    """The file is not what was written."""


class VaultLocked(RuntimeError):
    """No passphrase was given, or another process has changed it since."""


@dataclass(frozen=True)
class _Making:
    """How the key is made of the passphrase; by default as RFC 9106 recommends."""

    salt: str
    passes: int = RFC_9106_LOW_MEMORY.time_cost
    memory_kib: int = RFC_9106_LOW_MEMORY.memory_cost
    lanes: int = RFC_9106_LOW_MEMORY.parallelism

    def key(self, passphrase: str) -> bytes:
        # The same letters, however a keyboard composes them.
        spelled = unicodedata.normalize("NFC", passphrase).encode()
        return hash_secret_raw(
            secret=spelled,
            salt=b64decode(self.salt),
            time_cost=self.passes,
            memory_cost=self.memory_kib,
            parallelism=self.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )

    @property
    def about(self) -> bytes:
        """What is sealed along with the secrets."""
        return json.dumps({"format": FORMAT, "argon2id": asdict(self)}, sort_keys=True).encode()


@dataclass(frozen=True)
class _Sealed:
    """What lies in the file."""

    making: _Making
    nonce: bytes
    hidden: bytes

    @property
    def digest(self) -> str:
        """Tells a file that was damaged from a passphrase that is wrong; it protects nothing."""
        return hashlib.sha256(self.making.about + self.nonce + self.hidden).hexdigest()

    def text(self) -> str:
        told = {
            "format": FORMAT,
            "argon2id": asdict(self.making),
            "nonce": b64encode(self.nonce).decode(),
            "sealed": b64encode(self.hidden).decode(),
            "sha256": self.digest,
        }
        return json.dumps(told, indent=2) + "\n"


class SecretVault:
    """The file at `path`; reads and writes are good across threads and processes.

    A file that cannot be read or written raises `OSError`, one that is damaged `DamagedVault`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: tuple[_Making, bytes] | None = None

    @property
    def exists(self) -> bool:
        """Whether a passphrase was ever set."""
        return self.path.exists()

    @property
    def is_open(self) -> bool:
        """Whether secrets can be read and kept now."""
        try:
            self._read()
        except (VaultLocked, DamagedVault, WrongPassphrase, OSError):
            return False
        return True

    def problem(self) -> str:
        """What keeps the file from being used by whoever knows its passphrase, or nothing."""
        try:
            _sealed_of(self.path.read_text("utf-8"))
        except (DamagedVault, UnicodeDecodeError):
            return f"{self.path} is damaged."
        except OSError as error:
            return f"{self.path} cannot be read: {error.strerror}."
        return ""

    def create(self, passphrase: str) -> None:
        """Begin with no secrets, in place of what may be there."""
        with self._locked():
            self._begin(passphrase, {})

    def unlock(self, passphrase: str) -> None:
        """Open it from now on. Raises `WrongPassphrase`."""
        sealed = self._file()
        key = sealed.making.key(passphrase)
        _opened(sealed, key)
        self._open = sealed.making, key

    def change(self, old: str, new: str) -> None:
        """Seal the secrets under another passphrase. Raises `WrongPassphrase`."""
        with self._locked():
            self.unlock(old)
            self._begin(new, self._read())

    def secret(self, name: str) -> str | None:
        """What is kept under `name`. Raises `VaultLocked`."""
        return self._read().get(name)

    def keep(self, name: str, value: str) -> None:
        """Keep `value`. Raises `VaultLocked`."""
        with self._locked():
            self._write({**self._read(), name: value})

    def forget(self, name: str) -> None:
        """Keep nothing under `name` any more. Raises `VaultLocked`."""
        with self._locked():
            secrets = self._read()
            if secrets.pop(name, None) is not None:
                self._write(secrets)

    def _locked(self) -> AbstractContextManager[Any]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FileLock(self.path.with_suffix(".lock"), timeout=LOCK_SECONDS)

    def _begin(self, passphrase: str, secrets: dict[str, str]) -> None:
        making = _Making(b64encode(os.urandom(SALT_BYTES)).decode())
        before, self._open = self._open, (making, making.key(passphrase))
        try:
            self._write(secrets)
        except OSError:
            self._open = before
            raise

    def _read(self) -> dict[str, str]:
        if self._open is None:
            raise VaultLocked("No passphrase was given.")
        making, key = self._open
        sealed = self._file()
        if sealed.making != making:
            self._open = None
            raise VaultLocked("Another process has changed the passphrase.")
        return _opened(sealed, key)

    def _write(self, secrets: dict[str, str]) -> None:
        if self._open is None:
            raise VaultLocked("No passphrase was given.")
        making, key = self._open
        nonce = os.urandom(NONCE_BYTES)
        hidden = AESGCM(key).encrypt(nonce, json.dumps(secrets).encode(), making.about)
        write_private(self.path, _Sealed(making, nonce, hidden).text())

    def _file(self) -> _Sealed:
        try:
            return _sealed_of(self.path.read_text("utf-8"))
        except FileNotFoundError:
            raise VaultLocked("There is no file.") from None
        except UnicodeDecodeError as error:
            raise DamagedVault(str(error)) from error


def _sealed_of(text: str) -> _Sealed:
    try:
        told = json.loads(text)
        sealed = _Sealed(
            _Making(**told["argon2id"]), b64decode(told["nonce"]), b64decode(told["sealed"])
        )
        fits = told["format"] == FORMAT and told["sha256"] == sealed.digest
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedVault(type(error).__name__) from None
    making = sealed.making
    modest = (
        0 < making.passes <= MOST_PASSES
        and 0 < making.lanes <= MOST_LANES
        and 8 * making.lanes <= making.memory_kib <= MOST_MEMORY_KIB
    )
    if not (fits and modest):
        raise DamagedVault("it does not fit")
    return sealed


def _opened(sealed: _Sealed, key: bytes) -> dict[str, str]:
    try:
        text = AESGCM(key).decrypt(sealed.nonce, sealed.hidden, sealed.making.about)
    except InvalidTag:
        raise WrongPassphrase("It does not open the file.") from None
    secrets: dict[str, str] = json.loads(text)
    return secrets

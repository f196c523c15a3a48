"""A token that other programs are given: it is told once, and kept as a hash."""

import hmac
import secrets
from hashlib import sha256
from pathlib import Path

from marketer_desktop.system.secret_files import write_private

FILE = "local-api-token"


class KeptToken:
    """The token of a data folder, if one was made; a newer one replaces it."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "secrets" / FILE
        self._hash = self._path.read_text("ascii") if self._path.exists() else ""

    @property
    def is_there(self) -> bool:
        """Whether one was made."""
        return bool(self._hash)

    def renew(self) -> str:
        """A new one of 192 random bits; the one before opens nothing from now on."""
        token = secrets.token_urlsafe(24)
        write_private(self._path, _hash(token))
        self._hash = _hash(token)
        return token

    def fits(self, token: str) -> bool:
        """Whether this is it, told in constant time."""
        return self.is_there and hmac.compare_digest(_hash(token), self._hash)


def _hash(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()

"""Passwords of local accounts, kept as Argon2id hashes."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()  # the library's defaults are those of RFC 9106


def password_hash(password: str) -> str:
    """The hash to keep; takes tens of milliseconds on purpose."""
    return _HASHER.hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Whether `kept` was made of this password; without a hash False, after the same time."""
    try:
        return _HASHER.verify(kept or _of_nobody(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _of_nobody() -> str:
    return _HASHER.hash("nobody has this password")

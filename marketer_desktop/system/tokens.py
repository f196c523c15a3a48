"""Tokens of local accounts: short-lived JWTs, signed with the installation's secret."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import jwt

ALGORITHM = "HS256"
ISSUER = "marketer-desktop"
AUDIENCE = "marketer-api"
PASSWORD_AUDIENCE = "marketer-password"  # noqa: S105 - what a token is for, not one
ACCESS_LIFE = timedelta(minutes=15)
PASSWORD_LIFE = timedelta(hours=1)


class BadToken(ValueError):
    """A token that is not ours, has expired, or was made for something else."""


@dataclass(frozen=True)
class Bearer:
    """Whom a token stands for; with a session it is good as long as that lasts."""

    user_id: int
    session: UUID | None


def access_token(user_id: int, secret: bytes, session: UUID | None = None) -> str:
    """A token with which its bearer is this user for the next 15 minutes."""
    claims = {"sid": str(session)} if session else {}
    return _signed({"sub": str(user_id), **claims}, AUDIENCE, ACCESS_LIFE, secret)


def bearer_of(token: str, secret: bytes) -> Bearer:
    """Whom an access token stands for. Raises `BadToken`."""
    claims = _claims(token, AUDIENCE, secret)
    try:
        session = claims.get("sid")
        return Bearer(int(claims["sub"]), UUID(session) if session else None)
    except (ValueError, TypeError, AttributeError) as error:
        raise BadToken(str(error)) from error


def password_token(user_id: int, kept: str | None, secret: bytes) -> str:
    """A token with which a password can be set once, for the next hour.

    It is bound to the hash that is `kept` now: any change of the password ends it.
    """
    claims = {"sub": str(user_id), "kept": _fingerprint(kept)}
    return _signed(claims, PASSWORD_AUDIENCE, PASSWORD_LIFE, secret)


def user_of_password_token(token: str, secret: bytes) -> int:
    """Whose password it may set, if it still fits. Raises `BadToken`."""
    return int(_claims(token, PASSWORD_AUDIENCE, secret)["sub"])


def fits(token: str, kept: str | None, secret: bytes) -> bool:
    """Whether the password is still the one that the token was made to replace."""
    return bool(_claims(token, PASSWORD_AUDIENCE, secret)["kept"] == _fingerprint(kept))


def _fingerprint(kept: str | None) -> str:
    return sha256((kept or "").encode()).hexdigest()[:32]


def _signed(claims: dict[str, str], audience: str, life: timedelta, secret: bytes) -> str:
    now = datetime.now(UTC)
    claims = {**claims, "iss": ISSUER, "aud": audience, "jti": uuid4().hex}
    return jwt.encode({**claims, "iat": now, "exp": now + life}, secret, ALGORITHM)


def _claims(token: str, audience: str, secret: bytes) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=audience,
            options={"require": ["exp", "iat", "sub"]},
        )
    except (jwt.InvalidTokenError, ValueError) as error:
        raise BadToken(str(error)) from error
    return claims

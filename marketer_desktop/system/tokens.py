"""Access tokens of local accounts: short-lived JWTs, signed with the installation's secret."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt

ALGORITHM = "HS256"
ISSUER = "marketer-desktop"
AUDIENCE = "marketer-api"
ACCESS_LIFE = timedelta(minutes=15)


class BadToken(ValueError):
    """A token that is not ours, has expired, or was made for something else."""


def access_token(user_id: int, secret: bytes) -> str:
    """A token with which its bearer is this user for the next 15 minutes."""
    now = datetime.now(UTC)
    claims = {
        "sub": str(user_id),
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + ACCESS_LIFE,
        "jti": uuid4().hex,
    }
    return jwt.encode(claims, secret, ALGORITHM)


def user_of(token: str, secret: bytes) -> int:
    """The user that a token stands for. Raises `BadToken`."""
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            options={"require": ["exp", "iat", "sub"]},
        )
        return int(claims["sub"])
    except (jwt.InvalidTokenError, ValueError) as error:
        raise BadToken(str(error)) from error

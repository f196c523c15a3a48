"""Tokens of a Clerk account (specification, section 8.1), checked against the keys it publishes."""

import hmac
from dataclasses import dataclass
from functools import lru_cache

import jwt

ALGORITHM = "RS256"
SECONDS = 5.0  # to fetch the keys
LEEWAY = 5.0  # seconds that clocks may differ


class BadClerkToken(ValueError):
    """A token that Clerk has not signed for us, or that has expired."""


class ClerkIsSilent(RuntimeError):
    """The keys cannot be fetched just now."""


@dataclass(frozen=True)
class ClerkIssuer:
    """Where the keys are published, and what a token for us says."""

    jwks_url: str
    issuer: str
    audience: str


@dataclass(frozen=True)
class ClerkIdentity:
    """Who a token stands for; the address only if Clerk has verified it."""

    clerk_id: str
    email: str | None


def is_signed_as_by_clerk(token: str) -> bool:
    """Whether a token claims to be signed as Clerk does; our own are signed otherwise."""
    try:
        return bool(jwt.get_unverified_header(token).get("alg") == ALGORITHM)
    except jwt.InvalidTokenError:
        return False


def clerk_identity(token: str, by: ClerkIssuer, nonce: str | None = None) -> ClerkIdentity:
    """Whose token it is, made for this `nonce` if there is one; may wait for the network.

    Raises `BadClerkToken`, `ClerkIsSilent`.
    """
    try:
        key = _keys(by.jwks_url).get_signing_key_from_jwt(token)
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=by.issuer,
            audience=by.audience,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "sub", "iss", "aud"]},
        )
    except jwt.PyJWKClientConnectionError as error:
        raise ClerkIsSilent(str(error)) from error
    except (jwt.PyJWTError, ValueError) as error:
        raise BadClerkToken(str(error)) from error
    if nonce is not None and not hmac.compare_digest(str(claims.get("nonce")), nonce):
        raise BadClerkToken("the token was made for another sign-in")
    verified = claims.get("email_verified") is True and isinstance(claims.get("email"), str)
    return ClerkIdentity(str(claims["sub"]), claims["email"] if verified else None)


@lru_cache(maxsize=4)
def _keys(url: str) -> jwt.PyJWKClient:
    """Keeps the keys for five minutes; one that is not among them is looked up sooner."""
    return jwt.PyJWKClient(url, timeout=SECONDS)

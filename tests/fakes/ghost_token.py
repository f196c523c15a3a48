"""Which tokens the Ghost stand-in lets in, checked as `jsonwebtoken` does it for Ghost."""

import re
import time

import jwt

from tests.fakes.ghost_errors import GhostError

LONGEST = 300
AUDIENCE = re.compile(r"/?admin/?$")


def check(header: str | None, key: str) -> None:
    """Refuse a header that does not sign a request with this Admin API key (`id:secret`)."""
    if not header:
        raise GhostError(
            "NoPermissionError",
            "Authorization failed",
            "Unable to determine the authenticated user or integration. Check that cookies are "
            "being passed through if using session authentication.",
        )
    kind, _, token = header.partition(" ")
    if kind.lower() != "ghost" or not token:
        message = 'Authorization header format is "Authorization: Ghost [token]"'
        raise GhostError("UnauthorizedError", message, code="INVALID_AUTH_HEADER")
    number, _, secret = key.partition(":")
    _check_head(token, number)
    try:
        _check_claims(token, bytes.fromhex(secret))
    except jwt.InvalidTokenError as error:
        message = f"Invalid token: {error}"
        raise GhostError("UnauthorizedError", message, code="INVALID_JWT") from None


def _check_head(token: str, number: str) -> None:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except jwt.InvalidTokenError:
        raise GhostError("BadRequestError", "Invalid token", code="INVALID_JWT") from None
    if not kid:
        message, code = "Admin API kid missing.", "MISSING_ADMIN_API_KID"
        raise GhostError("BadRequestError", message, code=code)
    if kid != number:
        message, code = "Unknown Admin API Key", "UNKNOWN_ADMIN_API_KEY"
        raise GhostError("UnauthorizedError", message, code=code)


def _check_claims(token: str, secret: bytes) -> None:
    options = {"verify_aud": False, "verify_exp": False, "verify_iat": False, "verify_sub": False}
    try:
        claims = jwt.decode(token, secret, algorithms=["HS256"], options=options)  # type: ignore[arg-type]
    except jwt.InvalidSignatureError:
        raise jwt.InvalidTokenError("invalid signature") from None
    except jwt.InvalidAlgorithmError:
        raise jwt.InvalidTokenError("invalid algorithm") from None
    now = int(time.time())
    if claims.get("exp") is not None and now >= claims["exp"]:
        raise jwt.InvalidTokenError("jwt expired")
    given = claims.get("aud")
    if not any(
        AUDIENCE.search(str(each)) for each in (given if isinstance(given, list) else [given])
    ):
        raise jwt.InvalidTokenError(r"jwt audience invalid. expected: /\/?admin\/?$/")
    if not isinstance(claims.get("iat"), int):
        raise jwt.InvalidTokenError("iat required when maxAge is specified")
    # Ghost looks at the age only; its documentation allows no token more than five minutes either.
    if now >= claims["iat"] + LONGEST or claims.get("exp", now) > claims["iat"] + LONGEST:
        raise jwt.InvalidTokenError("maxAge exceeded")

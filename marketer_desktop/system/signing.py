"""What a request to a site is signed with: a short token, or a signature of its body."""

import hmac
from hashlib import sha256

import jwt


def signature(body: bytes, secret: str, now: int) -> str:
    """`t=…,v1=…`: the time in seconds, and the HMAC-SHA256 of time, full stop and body in hex."""
    signed = hmac.new(secret.encode(), f"{now}.".encode() + body, sha256).hexdigest()
    return f"t={now},v1={signed}"


def short_token(key_id: str, secret: bytes, audience: str, now: int, seconds: int) -> str:
    """A JWT (HS256) that is good from now on for so many seconds."""
    claims = {"iat": now, "exp": now + seconds, "aud": audience}
    return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": key_id})

"""Keys of agents: long random texts, so that a fast hash under a secret protects them."""

import hmac
import secrets
from hashlib import sha256

START = "agnt"
SECRET_BYTES = 24


def new_key() -> str:
    """`agnt_<prefix>_<secret>`; the prefix finds the key, the secret has 192 bits."""
    return f"{START}_{secrets.token_hex(4)}_{secrets.token_urlsafe(SECRET_BYTES)}"


def prefix_of(key: str) -> str | None:
    """What a key is found by; None for what is no key."""
    parts = key.split("_", 2)
    if len(parts) != 3 or parts[0] != START or not (parts[1].isascii() and parts[1].isalnum()):
        return None
    return f"{START}_{parts[1]}"


def key_hash(key: str, secret: bytes) -> str:
    """What is kept of a key."""
    ours = hmac.digest(secret, b"agent keys", sha256)
    return hmac.new(ours, key.encode(), sha256).hexdigest()


def is_key(key: str, kept: str, secret: bytes) -> bool:
    """Whether `kept` was made of this key; takes as long for each wrong one."""
    return hmac.compare_digest(key_hash(key, secret), kept)

"""Secrets that lie in a database, sealed with AES-256-GCM and bound to what they are of."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
_PURPOSE = b"marketer-desktop provider keys"
_VERSION = b"\x01"


class CannotOpen(ValueError):
    """It was sealed with another secret, for something else, or has been changed."""


def sealed(text: str, secret: bytes, about: str) -> str:
    """`text`, to be opened with the same secret and for the same thing only."""
    nonce = os.urandom(NONCE_BYTES)
    hidden = AESGCM(_key(secret)).encrypt(nonce, text.encode(), _VERSION + about.encode())
    return urlsafe_b64encode(_VERSION + nonce + hidden).decode("ascii")


def opened(kept: str, secret: bytes, about: str) -> str:
    """What was sealed. Raises `CannotOpen`."""
    try:
        raw = urlsafe_b64decode(kept)
        version, nonce, hidden = raw[:1], raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
        text = AESGCM(_key(secret)).decrypt(nonce, hidden, version + about.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(str(error) or "it does not fit") from error
    return text.decode()


def _key(secret: bytes) -> bytes:
    """Secrets are of any length; what is made of them serves nothing else."""
    return HKDF(SHA256(), KEY_BYTES, None, _PURPOSE).derive(secret)

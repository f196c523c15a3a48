"""Whether a message comes from Stripe: its signature, by the endpoint's secret."""

import hmac
from datetime import timedelta
from hashlib import sha256

TOLERANCE = timedelta(minutes=5)


def is_signed(payload: str, header: str, secret: str, now: float) -> bool:
    """Whether `header` (`t=…,v1=…`) signs the payload, no longer ago than is tolerated.

    There may be several signatures while a secret is replaced by another one.
    """
    parts = [part.strip().partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name == "t"]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdecimal()):
        return False
    signed = f"{times[0]}.{payload}".encode()
    expected = hmac.new(secret.encode(), signed, sha256).hexdigest().encode()
    fits = [
        hmac.compare_digest(expected, value.encode()) for name, _, value in parts if name == "v1"
    ]
    return any(fits) and abs(now - int(times[0])) <= TOLERANCE.total_seconds()

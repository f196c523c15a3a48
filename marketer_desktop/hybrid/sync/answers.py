"""What a server's answers mean to whoever syncs, and how its refusals are said."""

from datetime import datetime
from typing import Any

import httpx

from marketer_desktop.domain.retry_after import seconds_asked

BUSY = (429, 500, 502, 503, 504)
OK = 200

NOT_UNDERSTOOD = (
    "The server's answer cannot be read: something on the way has changed it, or this version is "
    "too old for it. What you changed is kept and sent later."
)
IS_BUSY = "The server is busy. What you changed is kept and sent later."
LOOPS = "The server answers the same again and again. What you changed is kept and sent later."
SAID = "The server refuses to sync (HTTP {status}): {said}"
NO_SERVER = "What answers there is no Marketer server."


class Refused(Exception):
    """The server does not let this desktop sync, or does not make sense."""


class Busy(Exception):
    """The server asks for patience: `retry_after` seconds, if it says how long."""

    def __init__(self, retry_after: float | None) -> None:
        super().__init__(IS_BUSY)
        self.retry_after = retry_after


def data_of(answer: httpx.Response, now: datetime) -> Any:
    """What the server says. Raises `Busy` and `Refused`."""
    if answer.status_code != OK:
        raise refusal_in(answer, now)
    try:
        return answer.json()["data"]
    except (ValueError, KeyError, TypeError):
        raise Refused(NOT_UNDERSTOOD) from None


def refusal_in(answer: httpx.Response, now: datetime) -> Busy | Refused:
    """That it is no answer to work with; dates in it are read by `now`."""
    if answer.status_code in BUSY:
        return Busy(seconds_asked(answer.headers, now))
    said = error_in(answer)
    words = NO_SERVER if said is None else said[1]
    return Refused(SAID.format(status=answer.status_code, said=words))


def error_in(answer: httpx.Response) -> tuple[str, str] | None:
    """The code and the words of a refusal, if it is one of our servers."""
    try:
        error = answer.json()["error"]
        return str(error["code"]), str(error["message"])
    except (ValueError, KeyError, TypeError):
        return None

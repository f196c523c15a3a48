"""What a walk has seen, and waiting until it sees it."""

import time
from collections.abc import Callable
from typing import TypeVar

Seen = TypeVar("Seen")
PATIENCE = 300.0  # also where many others work
LOOK_SECONDS = 0.05


class Missed(Exception):
    """What is there is not what was said; the message tells both."""


def expect(holds: object, otherwise: str) -> None:
    """Raise `Missed` with the words `otherwise` unless it holds."""
    if not holds:
        raise Missed(otherwise)


def until(look: Callable[[], Seen], what: str, seconds: float = PATIENCE) -> Seen:
    """The first true thing that `look` gives. Raises `Missed`."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise Missed(f"{what} did not come within {seconds:.0f} s")
        time.sleep(LOOK_SECONDS)
    return seen

"""When a desktop syncs next: soon after a change, by time, and later and later while it fails."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

EVERY = 60.0  # seconds between two rounds in which all went well
QUIET = 5.0  # after a change: more will follow
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0
LONGEST_ASKED = 3600.0  # what a server may ask for

Kind = Literal["done", "offline", "busy", "signed_out", "locked", "refused"]


@dataclass(frozen=True)
class Outcome:
    """How a round ended.

    offline: nobody answered. busy: the server asks for patience. signed_out and locked: its person
    has to do something. refused: the server, or what it sent, makes no sense; `problem` says what.
    """

    kind: Kind
    problem: str = ""
    retry_after: float | None = None


class Schedule:
    """Times are seconds of any clock that does not go back; `jitter` is uniform in [0, 1).

    `due` is when the next round begins; None during one, and as long as only a person can help.
    """

    def __init__(self, now: float, jitter: Callable[[], float] = random.random) -> None:
        self._jitter = jitter
        self._failures = 0
        self._is_on = self._again = False
        self.due: float | None = now

    def asked(self, now: float) -> None:
        """Somebody wants it now, whatever went wrong before."""
        if self._is_on:
            self._again = True
        else:
            self.due = now

    def changed(self, now: float) -> None:
        """Something waits to be sent; it does not shorten a wait after a failure."""
        if self._is_on:
            self._again = True
        elif self._failures == 0 and self.due is not None:
            self.due = min(self.due, now + QUIET)

    def began(self) -> None:
        """A round is under way; what is changed from now on may come too late for it."""
        self._is_on, self._again, self.due = True, False, None

    def ended(self, now: float, outcome: Outcome) -> None:
        """A round has ended like this."""
        self._is_on = False
        if outcome.kind in ("signed_out", "locked"):
            self._failures, self.due = 0, None
        elif outcome.kind == "done":
            self._failures, self.due = 0, now + (QUIET if self._again else EVERY)
        else:
            self._failures += 1
            self.due = now + self._wait(outcome.retry_after)

    def _wait(self, asked: float | None) -> float:
        """At random, so that the desktops of a server that comes back do not come all at once."""
        longest = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(self._failures - 1, 10))
        if asked is None:
            return self._jitter() * longest
        return min(asked, LONGEST_ASKED) + self._jitter() * FIRST_WAIT

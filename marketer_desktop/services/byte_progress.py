"""How far a long way through many bytes is, told a few times a second."""

import time
from collections.abc import Callable

from marketer_desktop.services.call import Emit

SAY_SECONDS = 0.2  # between two events
SURE_SECONDS = 1.0  # before which nothing is said of the time left


class ByteProgress:
    """Emits `{"kind": "archive", step, percent, eta_seconds}`; seconds are None while unknown."""

    def __init__(
        self, emit: Emit, step: str, total: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._emit, self._step, self._total, self._clock = emit, step, max(total, 1), clock
        self._begun = self._said = clock()
        self._done = 0
        self._tell()

    def add(self, count: int) -> None:
        """So many bytes more are done; an estimate that was too low stays short of the end."""
        self._done += count
        if self._clock() - self._said >= SAY_SECONDS:
            self._tell()

    def _tell(self) -> None:
        self._said = self._clock()
        share = min(self._done / self._total, 0.99)
        past = self._said - self._begun
        left = round(past * (1 - share) / share) if share and past >= SURE_SECONDS else None
        told = {"kind": "archive", "step": self._step, "percent": int(100 * share)}
        self._emit({**told, "eta_seconds": left})

"""How often somebody may ask, counted in the memory of this process."""

import time
from collections.abc import Callable, Hashable

MINUTE = 60.0
MANY = 10_000


class Pace:
    """Each key may ask `a_minute` times a minute, at once or one after the other."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._step, self._clock = MINUTE / a_minute, clock
        self._busy_until: dict[Hashable, float] = {}

    def keep(self, key: Hashable) -> float:
        """Count one time more, and return 0; else the seconds after which it may be tried."""
        now = self._clock()
        until = max(self._busy_until.get(key, now), now) + self._step
        if until > now + MINUTE + self._step / 2:  # half a step for what floats round away
            return until - now - MINUTE
        if len(self._busy_until) >= MANY:
            self._busy_until = {k: at for k, at in self._busy_until.items() if at > now}
        self._busy_until[key] = until
        return 0.0

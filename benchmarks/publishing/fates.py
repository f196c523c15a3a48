"""Which request of an order is cut, and when in its life: drawn from a seed, so replayable."""

import random
from collections import Counter

from tests.fakes.web_site import Kind, Request, Trouble

MOMENTS: dict[Kind, str] = {
    "before": "before the request is taken",
    "after": "after it was carried out, before the answer",
    "half": "in the midst of the answer",
}
MOST_CUTS = 4


class Fate:
    """Cuts up to four of the requests of each order; `span` is how many an order usually takes."""

    def __init__(self, seed: str, span: int) -> None:
        self._chance = random.Random(seed)
        self._span = span
        self._plan: dict[int, Kind] = {}
        self._number = 0
        self.cuts: Counter[Kind] = Counter()
        self.struck: Counter[str] = Counter()

    def begin(self) -> None:
        """Draw for the next order."""
        number = self._chance.randint(0, MOST_CUTS)
        places = [self._chance.randrange(self._span) for _ in range(number)]
        self._plan = {place: self._chance.choice(list(MOMENTS)) for place in places}
        self._number = 0

    def rest(self) -> None:
        """Cut nothing more."""
        self._plan = {}

    def __call__(self, request: Request) -> Trouble | None:
        """What this request meets."""
        kind = self._plan.get(self._number)
        self._number += 1
        if kind is None:
            return None
        self.cuts[kind] += 1
        self.struck[f"{request.method} {_kind_of_place(request.path)}"] += 1
        return Trouble(kind)


def _kind_of_place(path: str) -> str:
    """The path without what differs from post to post."""
    parts = [part for part in path.split("/") if part and not any(map(str.isdigit, part))]
    return parts[-1] if parts else "/"

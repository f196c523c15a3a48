"""Which blows to deal: drawn from the places that undisturbed runs came by."""

import random
from collections import Counter, deque
from collections.abc import Iterator, Mapping

from benchmarks.kill.places import Strike

CANCELLING = "while cancelling: "


def family(place: str) -> str:
    """The kind of a place, as the table names it."""
    bare = place.removeprefix(CANCELLING)
    return f"{CANCELLING if place != bare else ''}{bare.partition(':')[0].partition(',')[0]}"


class Blows:
    """The blows for one errand: every place in turn, at a hit drawn by lot."""

    def __init__(self, hits: Mapping[str, int], share: tuple[int, int], lot: random.Random) -> None:
        """`share` is the number of this lane and of all of them: lanes begin at other places."""
        places = sorted(hits)
        places += 6 * [place for place in places if "stream: " in place]  # two places, many tokens
        lot.shuffle(places)
        begin = len(places) * share[0] // share[1]
        self._hits, self._lot = hits, lot
        self._order = deque(places[begin:] + places[:begin])

    def next(self, victim: str, *, early: bool = False) -> Strike:
        """`early` is for what is left of a run that was struck before."""
        place = self._order[0]
        self._order.rotate(-1)
        most = max(1, self._hits[place] // 3) if early else self._hits[place]
        return Strike(place, self._lot.randint(1, most), victim)


def eligible(errand: str, hits: Mapping[str, int]) -> dict[str, int]:
    """The places of an errand; of one that is cancelled, those that come with cancelling."""
    if errand != "cancelled":
        return dict(hits)
    return {place: n for place, n in hits.items() if place.startswith(CANCELLING)}


def turns(quotas: Mapping[str, int]) -> Iterator[str]:
    """The names, each as often as its quota says, evenly mixed; then all of them for ever."""
    dealt: Counter[str] = Counter()
    total = sum(quotas.values())
    for number in range(1, total + 1):
        due = max(quotas, key=lambda name: quotas[name] * number / total - dealt[name])
        dealt[due] += 1
        yield due
    while True:
        yield from quotas

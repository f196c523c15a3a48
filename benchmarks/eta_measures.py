"""What the time left that runs have told is worth: the error of each estimate, and its medians."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

LIMIT = 0.20
LEAST_LEFT = 1.0  # seconds: an estimate is told in whole ones
OURS, EVENLY, IN_WHOLE_SECONDS = range(3)
PARTS = 5  # of a run, each with its own error


@dataclass
class Run:
    """One run: what it said of the time left, and when; times in seconds since its start."""

    name: str
    told: list[tuple[float, float, float]] = field(default_factory=list)  # at, left, evenly left
    first_step: float | None = None
    seconds: float = 0.0

    def estimates(self, which: int) -> list[tuple[float, float]]:
        """After the first step: the share of the run that was over, and the error as a share."""
        assert self.first_step is not None
        found = []
        for at, ours, evenly in self.told:
            true = self.seconds - at
            if at >= self.first_step and true >= LEAST_LEFT:
                said = (ours, evenly, round(ours))[which]
                found.append((at / self.seconds, (said - true) / true))
        return found

    def errors(self, which: int) -> list[float]:
        """Of each estimate after the first step, in shares of what was really left."""
        return [abs(error) for _, error in self.estimates(which)]

    def __str__(self) -> str:
        first, *others = self.errors(OURS) or [1.0]
        whole = median([first, *others])
        return f"{self.name:14} {self.seconds:6.1f} s  first {first:5.0%}  all {whole:5.0%}"


def table(runs: list[Run]) -> dict[str, Any]:
    """The figures; a run in which nothing could be told counts as wholly wrong."""

    def over_runs(pick: Callable[[list[float]], float], which: int) -> float:
        found = [run.errors(which) for run in runs]
        return median(pick(errors) if errors else 1.0 for errors in found)

    def both(which: int) -> tuple[float, float]:
        return over_runs(lambda errors: errors[0], which), over_runs(median, which)

    first, whole = both(OURS)
    (first_evenly, whole_evenly), (first_told, whole_told) = both(EVENLY), both(IN_WHOLE_SECONDS)
    return {
        "runs": len(runs),
        "seconds": [round(run.seconds, 1) for run in runs],
        "first_estimate": {
            "ours": first,
            "in_whole_seconds": first_told,
            "even_pace": first_evenly,
        },
        "all_estimates": {
            "ours": whole,
            "in_whole_seconds": whole_told,
            "even_pace": whole_evenly,
        },
        "by_part_of_the_run": by_part(runs),
        "limit": LIMIT,
        "met": first <= LIMIT and whole <= LIMIT,
    }


def by_part(runs: list[Run]) -> list[dict[str, float]]:
    """The median error, and which way it goes, of the estimates in each fifth of the runs."""
    parts: list[list[float]] = [[] for _ in range(PARTS)]
    for run in runs:
        for share, error in run.estimates(OURS):
            parts[int(share * PARTS)].append(error)
    return [
        {
            "from": number / PARTS,
            "estimates": len(errors),
            "off": median(map(abs, errors)),
            "too_long": median(errors),
        }
        for number, errors in enumerate(parts)
        if errors
    ]

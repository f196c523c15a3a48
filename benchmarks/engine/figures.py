"""A measured figure beside its peer and its limit, and the table that they stand in."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """What we take or reach, what the peer does in the same run, and what has to hold.

    `value` is what the limit is about: a ratio, a share, or megabytes as `unit` says.
    """

    name: str
    ours: str
    peer: str
    value: float
    sense: Literal["≤", "≥"] = "≤"
    limit: float | None = None

    @property
    def met(self) -> bool:
        """Whether the limit is met; what has none is only told."""
        if self.limit is None:
            return True
        return self.value <= self.limit if self.sense == "≤" else self.value >= self.limit


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` percent of the values do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def table(figures: Sequence[Figure]) -> str:
    """The figures as Markdown."""
    lines = ["| what | ours | beside | figure | limit |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {f.name} | {f.ours} | {f.peer} | {f.value:.3g} | {_limit(f)} |" for f in figures]
    return "\n".join(lines) + "\n"


def _limit(figure: Figure) -> str:
    if figure.limit is None:
        return "–"
    return f"{figure.sense} {figure.limit:g}{'' if figure.met else ' **missed**'}"

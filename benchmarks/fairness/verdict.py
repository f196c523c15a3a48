"""What the times of a crowd say: how fair, how fast, and whether that is enough."""

from collections.abc import Sequence

from pydantic import BaseModel, computed_field

from benchmarks.fairness.crowd import ENDED_WELL, Timed

MOST_SPREAD = 2.0  # slowest / fastest
LEAST_THROUGHPUT = 0.9  # of the control's


class Figures(BaseModel):
    """Spreads are slowest / fastest, the worst of all crowds; throughput is in runs a minute.

    `spread` counts from the common start to a run's end, `own_spread` from its own start.
    """

    runs: int
    ended_well: bool
    spread: float
    own_spread: float
    throughput: float
    control_throughput: float

    @computed_field  # type: ignore[prop-decorator]
    @property
    def ratio(self) -> float:
        """Our throughput in that of the control."""
        return round(self.throughput / self.control_throughput, 3)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def met(self) -> bool:
        """Whether every limit is met."""
        fair = max(self.spread, self.own_spread) <= MOST_SPREAD
        return self.ended_well and fair and self.ratio >= LEAST_THROUGHPUT


def figures(crowds: Sequence[tuple[bool, Sequence[Timed]]]) -> Figures:
    """Of crowds with and without the control's savers; fairness is that of ours."""
    ours = [runs for control, runs in crowds if not control]
    everybody = [run for _, runs in crowds for run in runs]
    return Figures(
        runs=len(ours[0]),
        ended_well=all(run.status in ENDED_WELL for run in everybody),
        spread=round(max(_spread([run.ended for run in runs]) for runs in ours), 2),
        own_spread=round(max(_spread([run.ended - run.began for run in runs]) for runs in ours), 2),
        throughput=_throughput(ours),
        control_throughput=_throughput([runs for control, runs in crowds if control]),
    )


def _spread(seconds: Sequence[float]) -> float:
    return max(seconds) / min(seconds)


def _throughput(crowds: Sequence[Sequence[Timed]]) -> float:
    seconds = sum(max(run.ended for run in runs) for runs in crowds)
    return round(60 * sum(map(len, crowds)) / seconds, 2)


def table(found: Figures) -> str:
    """The figures beside their limits."""
    lines = [
        "| measure | figure | limit |",
        "|---|---|---|",
        f"| {found.runs} runs at once end well | {found.ended_well} | True |",
        f"| slowest / fastest, from the common start | {found.spread:.2f} | ≤ {MOST_SPREAD:g} |",
        f"| slowest / fastest, each from its own start | {found.own_spread:.2f} "
        f"| ≤ {MOST_SPREAD:g} |",
        f"| runs a minute / with unlocked savers | {found.throughput:g} / "
        f"{found.control_throughput:g} = {found.ratio:.2f} | ≥ {LEAST_THROUGHPUT:g} |",
    ]
    return "\n".join(lines) + "\n"

"""How long a run still takes, from the share of the expected tokens that has come so far."""

from collections.abc import Mapping

# Expected share of a run's time: an assumption, not a measurement. What matters is their
# proportion: the rate itself is taken from the run under way.
STEP_SHARE: Mapping[str, float] = {
    "seo_research": 0.10,
    "research": 0.05,
    "writing": 0.62,
    "editing": 0.13,
    "social_media": 0.10,
}


def share_done(step: str, within: float) -> float:
    """The share of the whole run that is done, with `within` (0 to 1) of `step` done."""
    steps = list(STEP_SHARE)
    before = sum(STEP_SHARE[name] for name in steps[: steps.index(step)])
    return before + STEP_SHARE[step] * min(max(within, 0.0), 1.0)


def seconds_left(elapsed: float, done: float) -> float | None:
    """Seconds to go after `elapsed` seconds with `done` (0 to 1) of the run; None if too early."""
    return elapsed * (1 - done) / done if done > 0.02 else None

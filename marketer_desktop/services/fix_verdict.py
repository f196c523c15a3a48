"""Whether a changed text is better for one check, and no worse for any other."""

from dataclasses import dataclass

from marketer_desktop.services.check_text import CheckedText, TextReport

GOOD_FROM, FAIR_FROM = 8, 5  # of the 9 points of a scorer's check
Progress = tuple[float, float]


@dataclass(frozen=True)
class Attempt:
    """The text if it got better; `hurt` if it could have, at the cost of another check."""

    text: CheckedText | None
    report: TextReport
    hurt: bool


def progress(report: TextReport, check_id: str) -> Progress:
    """How far a check has come; more is better. First its points, then how little is left."""
    scored = next((check for check in report.score.checks if check.id == check_id), None)
    if scored is not None:
        return scored.score, -len(scored.positions)
    check = next((check for check in report.checks if check.id == check_id), None)
    if check is None:
        return 1, 0
    nearness = float(report.word_count) if check_id == "word_count" else -len(check.message)
    return float(check.passed), nearness if not check.passed else 0


def is_good(report: TextReport, check_id: str) -> bool:
    """Whether nothing is left to be done for a check."""
    is_scored = any(check.id == check_id for check in report.score.checks)
    return progress(report, check_id)[0] >= (GOOD_FROM if is_scored else 1)


def hurts(after: TextReport, before: TextReport, check_id: str) -> bool:
    """Whether a check other than `check_id` got worse: failed, or fell into a lower band."""
    passed = {check.id for check in before.checks if check.hard and check.passed}
    if any(c.id in passed and c.id != check_id and not c.passed for c in after.checks):
        return True
    bands = {check.id: _band(check.score) for check in before.score.checks}
    return any(
        _band(check.score) < bands.get(check.id, 0)
        for check in after.score.checks
        if check.id != check_id
    )


def _band(score: int) -> int:
    return 2 if score >= GOOD_FROM else 1 if score >= FAIR_FROM else 0

"""The table of `make bench-content`, and the bars that it is held against."""

from collections.abc import Callable, Sequence
from statistics import mean, median
from typing import Any

from benchmarks.content_measures import shared_sentences
from marketer_desktop.domain.piece import Piece

PASSED, WRITTEN = 0.95, 0.9
Result = dict[str, Any]
SIDES = ("ours", "single")


def bars(results: Sequence[Result]) -> list[tuple[str, bool]]:
    """What has to hold, and whether it does."""
    ours = [result["ours"] for result in results]
    near = {side: mean(result[side]["nearness"] for result in results) for side in SIDES}
    share = mean(not side["failed"] for side in ours)
    return [
        (f"pieces with every hard check passed ≥ {PASSED}", share >= PASSED),
        ("the others ended as needs_attention, none in silence", not silent(results)),
        ("unresolvable citations 0", not any(side["unresolved"] for side in ours)),
        (f"sentences that a model wrote or a source says ≥ {WRITTEN}", written(ours) >= WRITTEN),
        ("sentences shared between pieces of different briefs 0", not shared(results)),
        (
            "sections as near to heading and brief as the single prompt's",
            near["ours"] >= near["single"],
        ),
    ]


def silent(results: Sequence[Result]) -> list[str]:
    """Pieces whose status does not say what their checks say."""
    return [
        result["name"]
        for result in results
        if result["ours"]["status"]
        != ("needs_attention" if result["ours"]["failed"] else "completed")
    ]


def shared(
    results: Sequence[Result], side: str = "ours", *, quoted: bool = True
) -> dict[str, list[str]]:
    """Sentences that stand in pieces of different briefs."""
    pieces = {result["name"]: Piece(**result[side]["piece"]) for result in results}
    return shared_sentences(pieces, quoted=quoted)


def written(sides: Sequence[Result]) -> float:
    """The share of all sentences that a model wrote or a source says."""
    told = [good for side in sides for good in side["written"]]
    return mean(told) if told else 0.0


def table(results: Sequence[Result]) -> str:
    """Ours beside the single prompt's, as Markdown."""
    rows = [(name, *(measure(results, side) for side in SIDES)) for name, measure in _ROWS]
    lines = ["| | our workflow | best single prompt |", "|---|---:|---:|"]
    lines += [f"| {name} | {ours} | {single} |" for name, ours, single in rows]
    return "\n".join([*lines, "", *_by_type(results)]) + "\n"


def _by_type(results: Sequence[Result]) -> list[str]:
    lines = [
        "| type | pieces | passed | words got / asked | seconds | tokens |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for kind in dict.fromkeys(result["type"] for result in results):
        own = [result for result in results if result["type"] == kind]
        cells = (
            f"{_passed(own, 'ours')} · {_passed(own, 'single')}",
            f"{_length(own, 'ours')} · {_length(own, 'single')}",
            f"{_median(own, 'ours', 'seconds')} · {_median(own, 'single', 'seconds')}",
            f"{_median(own, 'ours', 'tokens')} · {_median(own, 'single', 'tokens')}",
        )
        lines.append(f"| {kind} | {len(own)} | {' | '.join(cells)} |")
    return lines


def _passed(results: Sequence[Result], side: str) -> str:
    good = sum(not result[side]["failed"] for result in results)
    return f"{good} of {len(results)}"


def _hard_share(results: Sequence[Result], side: str) -> str:
    return f"{mean(result[side]['hard_share'] for result in results):.1%}"


def _length(results: Sequence[Result], side: str) -> str:
    return f"{mean(result[side]['words'] / result['asked'] for result in results):.0%}"


def _within(results: Sequence[Result], side: str) -> str:
    good = sum(abs(r[side]["words"] / r["asked"] - 1) <= 0.1 for r in results)
    return f"{good} of {len(results)}"


def _median(results: Sequence[Result], side: str, what: str) -> str:
    return f"{median(result[side][what] for result in results):,.0f}"


def _sum(what: str) -> Callable[[Sequence[Result], str], str]:
    return lambda results, side: str(sum(len(result[side][what]) for result in results))


def _repeated(results: Sequence[Result], side: str) -> str:
    return str(sum(result[side]["repeated"] for result in results))


def _again(results: Sequence[Result], side: str) -> str:
    return f"{mean(result[side]['again'] for result in results):.1%}"


def _near(results: Sequence[Result], side: str) -> str:
    return f"{mean(result[side]['nearness'] for result in results):.3f}"


def _written(results: Sequence[Result], side: str) -> str:
    return f"{written([result[side] for result in results]):.1%}"


def _shared(quoted: bool) -> Callable[[Sequence[Result], str], str]:
    return lambda results, side: str(len(shared(results, side, quoted=quoted)))


_ROWS: tuple[tuple[str, Callable[[Sequence[Result], str], str]], ...] = (
    ("pieces with every hard check passed", _passed),
    ("hard checks passed", _hard_share),
    ("words got / asked", _length),
    ("pieces within ±10 % of the words asked", _within),
    ("citations", lambda results, side: str(sum(r[side]["citations"] for r in results))),
    ("unresolvable citations", _sum("unresolved")),
    ("5-grams more than three times in a piece", _repeated),
    ("5-grams that have come before", _again),
    ("sentences that a model wrote or a source says", _written),
    ("sentences shared between pieces", _shared(True)),
    ("… not counting quotations", _shared(False)),
    ("nearness of sections to heading and brief", _near),
    ("seconds a piece (median)", lambda results, side: _median(results, side, "seconds")),
    ("tokens a piece (median)", lambda results, side: _median(results, side, "tokens")),
)

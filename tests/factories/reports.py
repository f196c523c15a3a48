"""Reports on a text as the engine gives them."""

from collections.abc import Sequence
from typing import Any

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.keyphrase import KeyphraseUse
from marketer_desktop.domain.scoring.verdict import Position, Score, ScoredCheck
from marketer_desktop.services.check_text import TextReport

DENSITY = "Keyphrase density is 3.4%. Aim for 0.5–3%."
LONG_SENTENCES = "28% of sentences have over 20 words."


def scored(
    check_id: str, points: int, message: str = "", group: Any = "seo", *quotes: str
) -> ScoredCheck:
    """One check of the scorer; `quotes` are what it points at."""
    places = [Position(start=n, end=n + len(text), text=text) for n, text in enumerate(quotes)]
    return ScoredCheck(
        id=check_id, group=group, score=points, message=message or check_id, positions=places
    )


def score_of(checks: Sequence[ScoredCheck] = (), seo: int = 84, readability: int = 60) -> Score:
    """A score with these checks."""
    return Score(
        seo=seo, readability=readability, flesch=58.3, reading_time_minutes=6, checks=list(checks)
    )


SCORED = (
    scored("keyphraseDensity", -10, DENSITY, "seo", "Coffee brings"),
    scored("imageKeyphrase", 6, "No image shows the keyphrase."),
    scored("textSentenceLength", 6, LONG_SENTENCES, "readability", "It is best fresh."),
    scored("singleH1", 8, "There is one main heading."),
)


def report_of(
    checks: Sequence[Check] = (), score: Score | None = None, words: int = 1543, uses: int = 9
) -> TextReport:
    """A report with these checks of the contract."""
    return TextReport(
        checks=list(checks),
        score=score or score_of(SCORED),
        word_count=words,
        minutes=6,
        keyphrase=KeyphraseUse(count=uses, density=2.5),
    )

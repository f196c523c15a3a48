"""Scores a text: how well it can be found, and how easily it reads."""

from marketer_desktop.domain.scoring.languages import language as language_of
from marketer_desktop.domain.scoring.paper import Paper
from marketer_desktop.domain.scoring.readability import (
    flesch,
    readability,
    readability_total,
    reading_time_minutes,
    unavailable,
)
from marketer_desktop.domain.scoring.seo.subject import Subject
from marketer_desktop.domain.scoring.seo.total import seo_checks, seo_total
from marketer_desktop.domain.scoring.verdict import Score


def score(paper: Paper, language: str = "en") -> Score:
    """What all checks say of `paper`; those that need a language we do not know are left out."""
    known = language_of(language)
    subject = Subject(paper, known)
    seo, readable = seo_checks(subject), readability(paper.text, known)
    return Score(
        seo=seo_total(subject, seo),
        readability=readability_total(readable),
        flesch=flesch(paper.text, known) if known else 0.0,
        reading_time_minutes=reading_time_minutes(paper.text),
        checks=[*seo, *readable],
        left_out=[] if known else [*unavailable(known), "flesch"],
    )

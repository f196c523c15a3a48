"""Headings that fit the content type."""

from marketer_desktop.domain.brief import LONG_FORM
from marketer_desktop.domain.checks.check import Check, Subject, verdict

LEAST_SECTIONS = 3
LONGEST_SECTION = 300  # words under one heading


def _problem(subject: Subject) -> str:
    if subject.brief.type not in LONG_FORM:
        return ""
    headed = [section for section in subject.piece.sections if section.heading]
    headings = [section.heading.casefold() for section in headed]
    long = next((s for s in subject.piece.sections if s.word_count > LONGEST_SECTION), None)
    if not subject.piece.title:
        return "The main heading is missing."
    if len(headed) < LEAST_SECTIONS:
        return f"Only {len(headed)} subheadings: at least {LEAST_SECTIONS} are needed."
    if len(set(headings)) < len(headings):
        return "Two sections have the same heading: rename one."
    if long:
        return f"“{long.heading or 'Introduction'}” has {long.word_count} words: split it."
    return ""


def check_headings(subject: Subject) -> Check:
    """One main heading, at least three subheadings, none twice, no section over 300 words."""
    return verdict("headings", _problem(subject), "The headings are in order.")

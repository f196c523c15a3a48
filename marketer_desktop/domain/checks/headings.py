"""Headings that fit the content type."""

from marketer_desktop.domain.brief import LONG_FORM
from marketer_desktop.domain.checks.check import Check, Subject, places, verdict
from marketer_desktop.domain.piece import Section

LEAST_SECTIONS = 3
LONGEST_SECTION = 300  # words under one heading


def long_section(sections: list[Section]) -> Section | None:
    """The first section that is too long for one heading."""
    return next((s for s in sections if s.word_count > LONGEST_SECTION), None)


def _problem(subject: Subject) -> tuple[str, str]:
    """What is wrong, and in which heading."""
    if subject.brief.type not in LONG_FORM:
        return "", ""
    sections = subject.piece.sections
    headed = [section for section in sections if section.heading]
    second = [section for section in headed if section.level == 2]
    names = [section.heading.casefold() for section in headed]
    if not subject.piece.title:
        return "The main heading is missing: give the text a title.", ""
    first = next((section for section in headed if section.level == 1), None)
    if first:
        wrong = f"“{first.heading}” is a second main heading: make it a subheading."
        return wrong, first.heading
    if len(second) < LEAST_SECTIONS:
        wrong = f"Only {len(second)} subheadings: at least {LEAST_SECTIONS} are needed."
        return wrong, ""
    twice = next((s.heading for s in headed if names.count(s.heading.casefold()) > 1), "")
    if twice:
        return f"Two sections have the same heading: rename one “{twice}”.", twice
    long = long_section(sections)
    if long:
        wrong = f"“{long.heading or 'Introduction'}” has {long.word_count} words: split it."
        return wrong, long.heading
    return "", ""


def check_headings(subject: Subject) -> Check:
    """One main heading, at least three subheadings, none twice, no section over 300 words."""
    problem, place = _problem(subject)
    positions = places(subject.body, [place])
    return verdict("headings", problem, "The headings are in order.", positions=positions)

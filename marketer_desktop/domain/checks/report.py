"""All checks that exist now, over one piece."""

from marketer_desktop.domain.checks.check import Check, Subject
from marketer_desktop.domain.checks.citations import check_citations
from marketer_desktop.domain.checks.headings import check_headings
from marketer_desktop.domain.checks.keywords import check_keywords
from marketer_desktop.domain.checks.length import check_length
from marketer_desktop.domain.checks.repetition import check_repetition

CHECKS = (check_length, check_keywords, check_headings, check_repetition, check_citations)


def report(subject: Subject) -> list[Check]:
    """The verdicts in a fixed order."""
    return [check(subject) for check in CHECKS]


def acceptable(checks: list[Check]) -> bool:
    """Whether no hard check failed."""
    return all(check.passed for check in checks if check.hard)

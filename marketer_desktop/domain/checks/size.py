"""The size that no text may exceed."""

from marketer_desktop.domain.checks.check import Check, Subject, verdict

MOST_CHARACTERS = 100_000


def check_size(subject: Subject) -> Check:
    """Characters of the whole body."""
    size = max(len(subject.body), len(subject.text))
    said = f"{size:,} characters"
    most = f"{MOST_CHARACTERS:,}"
    problem = f"{said}: at most {most}. Cut it." if size > MOST_CHARACTERS else ""
    return verdict("size", problem, f"{said} of at most {most}.")

"""Every required keyword occurs."""

from marketer_desktop.domain.checks.check import Check, Subject, verdict
from marketer_desktop.domain.words import contains_phrase


def missing_keywords(body: str, keywords: list[str]) -> list[str]:
    """The keywords whose words do not stand together anywhere in `body`."""
    return [keyword for keyword in keywords if not contains_phrase(body, keyword)]


def check_keywords(subject: Subject) -> Check:
    """All keywords that the brief asks for stand in the body."""
    missing = missing_keywords(subject.body, subject.brief.required_keywords)
    problem = (
        f"Not in the text: {', '.join(missing)}. Work them into a sentence." if missing else ""
    )
    return verdict("keywords", problem, "Every keyword occurs.")

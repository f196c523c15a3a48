"""The hero of a web page, and the one thing that a page or a mail asks for."""

from marketer_desktop.domain.checks.check import Check, Subject, verdict

LONGEST_HEADLINE = 70
LONGEST_SUBHEADLINE = 140
LONGEST_CALL = 80


def _length(check_id: str, name: str, text: str, longest: int) -> Check:
    size = len(text.strip())
    said = f"The {name} has {size} characters"
    problem = ""
    if not size:
        problem = f"The {name} is missing: write one of at most {longest} characters."
    elif size > longest:
        problem = f"{said}: shorten it to {longest}."
    return verdict(check_id, problem, f"{said}.")


def check_headline(subject: Subject) -> Check:
    """The main heading, which the hero shows in large letters."""
    return _length("headline", "headline", subject.piece.title, LONGEST_HEADLINE)


def check_subheadline(subject: Subject) -> Check:
    """The sentence under the headline."""
    text = subject.piece.subheadline
    return _length("subheadline", "sub-headline", text, LONGEST_SUBHEADLINE)


def check_call_to_action(subject: Subject) -> Check:
    """Exactly one, short enough for a button."""
    call = subject.piece.call_to_action.strip()
    if len(call.splitlines()) > 1:
        count = len(call.splitlines())
        problem = f"There are {count} calls to action: keep the one that matters."
        return verdict("call_to_action", problem, "")
    return _length("call_to_action", "call to action", call, LONGEST_CALL)

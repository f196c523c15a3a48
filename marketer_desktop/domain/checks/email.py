"""A mail: what mailboxes show before it is opened, and the text for readers without markup."""

from marketer_desktop.domain.checks.check import Check, Subject, verdict
from marketer_desktop.domain.checks.social import markup_problem
from marketer_desktop.domain.plain import plain_text

LONGEST_SUBJECT = 60
LONGEST_PREVIEW = 110


def line_problem(name: str, text: str, longest: int) -> str:
    """One line of at most `longest` characters."""
    size = len(text.strip())
    if not size:
        return f"The {name} is missing: write one of at most {longest} characters."
    if size > longest:
        return f"The {name} has {size} characters: shorten it to {longest}, or it is cut."
    return f"The {name} has more than one line: make it one." if "\n" in text.strip() else ""


def check_subject_length(subject: Subject) -> Check:
    """The subject, which is the title of the piece."""
    title = subject.piece.title
    problem = line_problem("subject", title, LONGEST_SUBJECT)
    return verdict("subject_length", problem, f"The subject has {len(title)} characters.")


def check_preview_length(subject: Subject) -> Check:
    """The text that mailboxes show beside the subject."""
    preview = subject.piece.preview
    problem = line_problem("preview text", preview, LONGEST_PREVIEW)
    return verdict("preview_length", problem, f"The preview text has {len(preview)} characters.")


def check_plain_text(subject: Subject) -> Check:
    """The plain-text alternative says what the mail says, and shows no marks."""
    plain = plain_text(subject.piece)
    problem = markup_problem(plain)
    if not plain.strip():
        problem = "The mail is empty: write it."
    elif problem:
        problem = f"In the plain-text alternative, {problem}"
    return verdict("plain_text", problem, "The plain-text alternative has no marks.")

"""What variants are made of, without Qt: posts of a thread, subject and preview of a mail."""

import re
from dataclasses import dataclass

from marketer_desktop.domain.posts import weight

POST, LINKEDIN, SUBJECT, PREVIEW, HOOK = 280, 3000, 60, 110, 210
LIMITS = {"linkedin": LINKEDIN, "twitter": POST, "subject": SUBJECT, "preview": PREVIEW}
ORDER = ("linkedin", "twitter", "thread", "email", "subject", "preview", "plain")
_BLANK = re.compile(r"\n[ \t]*\n")
_HEAD = re.compile(
    r"\A(?:Subject: ?(?P<subject>.*)(?:\n|\Z))?(?:Preview: ?(?P<preview>.*)(?:\n|\Z))?"
)


@dataclass(frozen=True)
class Mail:
    """A mail teaser in its parts."""

    subject: str
    preview: str
    body: str

    @property
    def text(self) -> str:
        """The mail as it is stored."""
        return f"Subject: {self.subject}\nPreview: {self.preview}\n\n{self.body}"


def mail_of(text: str) -> Mail:
    """The parts of a stored mail."""
    head = _HEAD.match(text)
    assert head is not None  # every part of it may be missing
    return Mail(head["subject"] or "", head["preview"] or "", text[head.end() :].lstrip("\n"))


def posts_of(thread: str) -> list[str]:
    """The posts of a stored thread."""
    return [post.strip() for post in _BLANK.split(thread) if post.strip()]


def thread_of(posts: list[str]) -> str:
    """The thread as it is stored; emptied posts are gone."""
    return "\n\n".join(_BLANK.sub("\n", post.strip()) for post in posts if post.strip())


def length(name: str, text: str) -> int:
    """How long the platform says a text is: X weighs characters, the others count them."""
    return weight(text) if name in ("twitter", "thread") else len(text)


def place(name: str) -> int:
    """Where a variant stands among the others."""
    return ORDER.index(name) if name in ORDER else len(ORDER)

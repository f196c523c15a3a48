"""A short mail that leads to a long form, as one text with its subject and preview on top."""

import re
from typing import NamedTuple

_HEAD = re.compile(r"\ASubject:[^\S\n]*([^\n]*)\nPreview:[^\S\n]*([^\n]*)\n", re.IGNORECASE)


class Teaser(NamedTuple):
    """What the text says; the last paragraph is the call to action."""

    subject: str
    preview: str
    body: str
    call_to_action: str

    def text(self) -> str:
        """The teaser as one text."""
        head = f"Subject: {self.subject}\nPreview: {self.preview}"
        return "\n\n".join([head, self.body, self.call_to_action])


def read_teaser(text: str) -> Teaser | None:
    """The parts of a written teaser; None if it does not begin with subject and preview."""
    head = _HEAD.match(f"{text.strip()}\n")
    if head is None:
        return None
    rest = f"{text.strip()}\n"[head.end() :].strip()
    body, _, call = rest.rpartition("\n\n")
    return Teaser(head[1].strip(), head[2].strip(), body.strip(), call.strip())

"""One check's verdict, and what all checks look at."""

from dataclasses import dataclass

from pydantic import BaseModel

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.piece import Piece, Source


class Check(BaseModel):
    """A verdict: `message` says what is wrong, where, and how to mend it."""

    id: str
    hard: bool
    passed: bool
    message: str


@dataclass(frozen=True)
class Subject:
    """What is checked: the piece, the brief it answers, and the sources it may cite.

    `body` is the piece as its platform shows it, headings and hashtags included, citation
    marks and the list of sources left out.
    """

    brief: Brief
    piece: Piece
    sources: list[Source]
    body: str


def verdict(check_id: str, problem: str, praise: str) -> Check:
    """A hard check that passed if there is no `problem`."""
    return Check(id=check_id, hard=True, passed=not problem, message=problem or praise)

"""One check's verdict, and what all checks look at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, Field

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brand_voice import NO_VOICE, BrandVoice
from marketer_desktop.domain.brief import LONG_FORM, Brief, ContentType
from marketer_desktop.domain.checks.paper_of import paper_of
from marketer_desktop.domain.piece import Piece, Source
from marketer_desktop.domain.scoring.paper import Paper
from marketer_desktop.domain.scoring.remembered import remembered_score
from marketer_desktop.domain.scoring.verdict import Position, Score
from marketer_desktop.domain.titles import derived_keyphrase

Group = Literal["contract", "variants", "seo", "readability"]


class Check(BaseModel):
    """A verdict: `message` says what is wrong, where, and how to mend it.

    `score` is the scorer's, for its checks only. `positions` are characters in `Subject.body`.
    """

    id: str
    hard: bool
    passed: bool
    message: str
    group: Group = "contract"
    score: int | None = None
    positions: list[Position] = Field(default_factory=list)


@dataclass(frozen=True)
class Subject:
    """What is checked: the piece, the brief it answers, and the sources it may cite.

    `body` is the piece as its platform shows it, headings and hashtags included, citation
    marks and the list of sources left out. `prompts` are the instructions that a model was given,
    without topic and facts. `text` is a post as somebody has edited it; empty if it is as the
    piece has it. `edited` is what the scorer is to see instead of the piece: a text in an editor
    has links, images and tables that a piece has not; its offsets are then the text's.
    """

    brief: Brief
    piece: Piece
    sources: list[Source]
    body: str
    voice: BrandVoice = NO_VOICE
    prompts: Sequence[str] = ()
    text: str = ""
    edited: Paper | None = None

    @property
    def kind(self) -> ContentType:
        """The type of content."""
        return self.brief.type

    @cached_property
    def keyphrase(self) -> str:
        """What the piece is to be found by: the first keyword, else the topic's words."""
        return (self.brief.keywords or [derived_keyphrase(self.brief.topic)])[0]

    @cached_property
    def paper(self) -> Paper:
        """What the scorer sees; offsets are characters of `body`, unless it is an edited text."""
        return self.edited or paper_of(self.kind, self.piece, self.keyphrase)

    @cached_property
    def score(self) -> Score | None:
        """The scorer's verdict; None for posts, which no search engine reads."""
        if self.kind not in LONG_FORM and self.kind is not ContentType.EMAIL:
            return None
        return remembered_score(self.paper, self.brief.language)

    def with_piece(self, piece: Piece) -> "Subject":
        """The same brief with another piece."""
        body = body_text(self.kind, piece)
        return replace(self, piece=piece, body=body, text="", edited=None)


def subject_of(
    brief: Brief,
    piece: Piece,
    sources: Iterable[Source] = (),
    *,
    voice: BrandVoice = NO_VOICE,
    prompts: Sequence[str] = (),
    text: str = "",
    paper: Paper | None = None,
) -> Subject:
    """The subject with the body that the piece has on its platform."""
    body = body_text(brief.type, piece)
    return Subject(brief, piece, list(sources), body, voice, prompts, text, paper)


def verdict(
    check_id: str,
    problem: str,
    praise: str,
    *,
    hard: bool = True,
    group: Group = "contract",
    positions: Sequence[Position] = (),
) -> Check:
    """A check that passed if there is no `problem`."""
    return Check(
        id=check_id,
        hard=hard,
        passed=not problem,
        message=problem or praise,
        group=group,
        positions=list(positions) if problem else [],
    )


def places(body: str, quotes: Iterable[str]) -> list[Position]:
    """Where each of `quotes` stands first in `body`; what is not there is left out."""
    found = ((quote, body.find(quote)) for quote in quotes if quote)
    return [Position(start=at, end=at + len(q), text=q) for q, at in found if at >= 0]

"""What the scorer says about a text."""

from typing import Literal

from pydantic import BaseModel, Field


class Position(BaseModel):
    """A place in the source, in characters, and the visible text that stands there."""

    start: int
    end: int
    text: str


class ScoredCheck(BaseModel):
    """One check; `id` is stable, `score` is at most 9, `message` says how to mend it."""

    id: str
    group: Literal["seo", "readability"]
    score: int
    message: str
    positions: list[Position] = Field(default_factory=list)


class Score(BaseModel):
    """`seo` and `readability` are 0 to 100; `flesch` is the reading ease.

    `left_out` names what needs a language that the scorer does not know.
    """

    seo: int
    readability: int
    flesch: float
    reading_time_minutes: int
    checks: list[ScoredCheck]
    left_out: list[str] = Field(default_factory=list)

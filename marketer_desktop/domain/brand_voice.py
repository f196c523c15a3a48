"""The voice of a brand: what prompts say about it, and which phrases are never used."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from marketer_desktop.domain.words import contains_phrase

LINE_WORDS = 60  # what a small model keeps in mind beside its task
PARTS = 4  # that usually share the line
NOT_BLANK = r"\S"  # it is too short once it is stripped, which descriptions do not say
Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Rules = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Phrase = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=NOT_BLANK),
]
Example = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=5000, pattern=NOT_BLANK),
]


class BrandVoice(BaseModel):
    """How a project sounds; all of it may be empty. Examples are texts the brand likes."""

    model_config = ConfigDict(frozen=True)

    tone: Said = ""
    style: Said = ""
    guidelines: Rules = ""
    preferred: list[Phrase] = Field(default_factory=list, max_length=20)
    forbidden: list[Phrase] = Field(default_factory=list, max_length=20)
    examples: list[Example] = Field(default_factory=list, max_length=5)

    @field_validator("preferred", "forbidden")
    @classmethod
    def _phrases_are_distinct(cls, values: list[str]) -> list[str]:
        kept: dict[str, str] = {}
        for phrase in (" ".join(value.split()) for value in values):
            if phrase:  # what separates words can be more than what is stripped
                kept.setdefault(phrase.casefold(), phrase)
        return list(kept.values())

    def line(self) -> str:
        """The voice in at most 60 words, each part of it heard; empty if there is none."""
        given = (self.tone, self.style, self.guidelines, self.forbidden, self.preferred)
        room = LINE_WORDS // max(PARTS, sum(1 for part in given if part))
        parts = (
            _described("Voice", self.tone, room),
            _described("Style", self.style, room),
            _described("Guidelines", self.guidelines, room),
            _listed("Never say", self.forbidden, room),
            _listed("Prefer", self.preferred, room),
        )
        return " ".join(part for part in parts if part)

    def forbids(self, text: str) -> bool:
        """Whether `text` uses a forbidden phrase, whatever the case."""
        return any(contains_phrase(text, phrase) for phrase in self.forbidden)

    def allowing(self, asked: Iterable[str]) -> Self:
        """The voice without its bans on what a brief itself asks for."""
        texts = list(asked)
        kept = [p for p in self.forbidden if not any(contains_phrase(t, p) for t in texts)]
        return self.model_copy(update={"forbidden": kept})


NO_VOICE = BrandVoice()


def _described(label: str, text: str, words: int) -> str:
    kept = " ".join(text.split()[: words - 1]).rstrip(".,;")
    return f"{label}: {kept}." if kept else ""


def _listed(verb: str, phrases: list[str], words: int) -> str:
    """As many whole phrases as there is room for: half a phrase would be another one."""
    kept: list[str] = []
    room = words - len(verb.split())
    for phrase in phrases:
        if len(phrase.split()) <= room:
            room -= len(phrase.split())
            kept.append(f"“{phrase}”")
    return f"{verb} {', '.join(kept)}." if kept else ""

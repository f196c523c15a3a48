"""What a user asks for: the brief, and the lengths that make sense for each content type."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field, field_validator


class ContentType(StrEnum):
    """The five kinds of content."""

    BLOG = "blog"
    WEBPAGE = "webpage"
    LINKEDIN = "linkedin"
    TWITTER = "twitter"
    EMAIL = "email"


DEFAULT_WORDS: dict[ContentType, int] = {
    ContentType.BLOG: 600,
    ContentType.WEBPAGE: 400,
    ContentType.LINKEDIN: 150,
    ContentType.TWITTER: 120,
    ContentType.EMAIL: 150,
}
SeoPriority = Literal["low", "medium", "high"]
Topic = Annotated[str, Field(min_length=3, max_length=255)]
Keywords = Annotated[list[str], Field(max_length=10)]
Audience = Annotated[str, Field(max_length=500)]
Tone = Annotated[str, Field(max_length=50)]
Words = Annotated[int, Field(ge=30, le=5000)]
LONG_FORM = frozenset({ContentType.BLOG, ContentType.WEBPAGE})


class Brief(BaseModel):
    """One request for one piece of content. Lengths are in words.

    The first keyword is the keyphrase. The priority of search decides how much of the scorer's
    verdict a piece must have: low, none; medium, a fair score; high, a good one and the keyphrase
    in every place that counts.
    """

    type: ContentType = ContentType.BLOG
    topic: Topic
    keywords: Keywords = Field(default_factory=list)
    audience: Audience = ""
    tone: Tone = "professional"
    words: Words = DEFAULT_WORDS[ContentType.BLOG]
    language: str = "en"
    document_ids: list[int] = Field(default_factory=list)
    seo_priority: SeoPriority = "medium"
    only_documents: bool = False  # say nothing that the documents do not say
    review_outline: bool = False  # stop after the outline until somebody has seen it
    batch: str = ""  # which row of which list this is, if it comes from one

    @property
    def required_keywords(self) -> list[str]:
        """The keywords that have to occur: all, whatever the priority."""
        return self.keywords

    @property
    def heading_keyphrase(self) -> str:
        """What headings have to contain; empty if nothing."""
        return self.keywords[0] if self.type in LONG_FORM and self.keywords else ""

    @field_validator("topic", mode="before")
    @classmethod
    def _topic_is_text(cls, value: object) -> object:
        return " ".join(value.split()) if isinstance(value, str) else value

    @field_validator("keywords")
    @classmethod
    def _keywords_are_distinct(cls, values: list[str]) -> list[str]:
        cleaned = (" ".join(value.split()) for value in values)
        return list({value.casefold(): value for value in cleaned if value}.values())

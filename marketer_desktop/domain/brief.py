"""What a user asks for: the brief, and the lengths that make sense for each content type."""

from enum import StrEnum
from typing import Literal

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
LONG_FORM = frozenset({ContentType.BLOG, ContentType.WEBPAGE})


class Brief(BaseModel):
    """One request for one piece of content. Lengths are in words.

    The priority of search decides what a piece must have: low, the keyphrase (the first
    keyword); medium, every keyword; high, also the keyphrase in a heading where there are any.
    """

    type: ContentType = ContentType.BLOG
    topic: str = Field(min_length=3, max_length=255)
    keywords: list[str] = Field(default_factory=list, max_length=10)
    audience: str = Field(default="", max_length=500)
    tone: str = Field(default="professional", max_length=50)
    words: int = Field(default=DEFAULT_WORDS[ContentType.BLOG], ge=30, le=5000)
    language: str = "en"
    document_ids: list[int] = Field(default_factory=list)
    seo_priority: SeoPriority = "medium"

    @property
    def required_keywords(self) -> list[str]:
        """The keywords that have to occur."""
        return self.keywords[:1] if self.seo_priority == "low" else self.keywords

    @property
    def heading_keyphrase(self) -> str:
        """What a heading has to contain; empty if nothing."""
        wanted = self.seo_priority == "high" and self.type in LONG_FORM
        return self.keywords[0] if wanted and self.keywords else ""

    @field_validator("topic", mode="before")
    @classmethod
    def _topic_is_text(cls, value: object) -> object:
        return " ".join(value.split()) if isinstance(value, str) else value

    @field_validator("keywords")
    @classmethod
    def _keywords_are_distinct(cls, values: list[str]) -> list[str]:
        cleaned = (" ".join(value.split()) for value in values)
        return list({value.casefold(): value for value in cleaned if value}.values())

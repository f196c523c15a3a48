"""A brief as clients send it, in the specification's words (section 8.5)."""

from typing import Annotated, Any

from pydantic import Field, StrictBool, field_validator

from marketer_desktop.domain.brief import (
    Audience,
    ContentType,
    Keywords,
    SeoPriority,
    Tone,
    Topic,
    Words,
)
from marketer_desktop.domain.whole_numbers import WholeNumber
from marketer_desktop.services.storable import Storable

Language = Annotated[str, Field(max_length=35)]
# What clients call these fields, and what the services call them.
NAMES = {"content_type": "type", "target_audience": "audience", "target_word_count": "words"}


class OfABrief(Storable):
    """Fields of a brief under the names that clients know."""

    def in_our_words(self) -> dict[str, Any]:
        """The fields under the names that the services have for them."""
        return {NAMES.get(name, name): value for name, value in self.model_dump().items()}


class BriefAsked(OfABrief):
    """A brief, and where its text belongs: a campaign, or a project."""

    campaign_id: WholeNumber | None = None
    project_id: WholeNumber | None = None
    topic: Topic
    keywords: Keywords = Field(default_factory=list)
    content_type: ContentType = ContentType.BLOG
    tone: Tone = "professional"
    target_audience: Audience = ""
    target_word_count: Words | None = None
    language: Language = "en"
    document_ids: list[WholeNumber] = Field(default_factory=list)
    seo_priority: SeoPriority = "medium"
    only_documents: StrictBool = False
    review_outline: StrictBool = False

    @field_validator("keywords", mode="before")
    @classmethod
    def _are_texts(cls, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ValueError("Must be an array of strings")
        return value

"""What a new brief may begin with: the last choices, and the keywords that were used before."""

from typing import Any

from pydantic import BaseModel, Field, ValidationError

from marketer_desktop.domain.brief import ContentType, SeoPriority
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.generate_content import chosen_model
from marketer_desktop.services.parts import Parts

MOST_KEYWORDS = 6
CHOICES = "last_brief"  # the preference that holds the last choices of each organization


class BriefChoices(BaseModel):
    """What somebody chose for the last brief; `words` by content type."""

    project_id: int | None = None
    campaign_id: int | None = None
    type: ContentType = ContentType.BLOG
    audience: str = ""
    tone: str = "professional"
    words: dict[ContentType, int] = Field(default_factory=dict)
    language: str = "en"
    document_ids: list[int] = Field(default_factory=list)
    seo_priority: SeoPriority = "medium"
    only_documents: bool = False
    review_outline: bool = False


class BriefSuggestion(BaseModel):
    """The last choices, the most used keywords first, and the model that would write."""

    choices: BriefChoices
    keywords: list[str]
    model: str


class SuggestBrief(Call[BriefSuggestion]):
    """What the wizard is filled with."""


async def suggest_brief(call: SuggestBrief, parts: Parts, emit: Emit) -> BriefSuggestion:
    """From the preferences and the activities of the current organization."""
    model = await chosen_model(parts, None)
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        user = await work.people.get(place.user_id)
        keywords = await work.activities.most_used_keywords(place.organization_id, MOST_KEYWORDS)
        await work.commit()
    choices = last_choices(user.preferences, place.organization_id)
    return BriefSuggestion(choices=choices, keywords=[*keywords], model=str(model))


def last_choices(preferences: dict[str, Any], organization_id: int) -> BriefChoices:
    """The choices kept for an organization; those of a version that knew others are forgotten."""
    kept = preferences.get(CHOICES, {}).get(str(organization_id), {})
    try:
        return BriefChoices.model_validate(kept)
    except ValidationError:
        return BriefChoices()


def with_choices(
    preferences: dict[str, Any], organization_id: int, choices: BriefChoices
) -> dict[str, Any]:
    """The preference to keep, with the choices of the other organizations as they were."""
    kept = preferences.get(CHOICES, {})
    return {CHOICES: {**kept, str(organization_id): choices.model_dump(mode="json")}}

"""The texts of activities: read, saved, and their search entry."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StrictInt

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.domain.checks.size import MOST_CHARACTERS
from marketer_desktop.domain.whole_numbers import AS_IN_JSON
from marketer_desktop.services.content import OpenContent, SaveContent, Saved
from marketer_desktop.services.storable import LARGEST

router = EnvelopeRouter(prefix="/api/activities", tags=["content"])

Markdown = Annotated[str, Field(max_length=MOST_CHARACTERS)]
Revision = Annotated[StrictInt, Field(ge=0, le=LARGEST), AS_IN_JSON]
Line = Annotated[str, Field(max_length=255)]
Entry = Annotated[str, Field(max_length=2000)]
Variants = Annotated[dict[str, Markdown], Field(max_length=10)]


class Text(BaseModel):
    """A text with its search entry and variants; `revision` is the base of the next save."""

    id: int
    title: str
    markdown: str
    description: str
    slug: str
    keyphrase: str
    variants: dict[str, str]
    revision: int
    word_count: int
    saved_at: datetime


class TextAsked(BaseModel):
    """An edited text; what is null stays. `base_revision` is the one that was edited."""

    markdown: Markdown
    base_revision: Revision
    title: Line | None = None
    description: Entry | None = None
    slug: Line | None = None
    keyphrase: Line | None = None
    variants: Variants | None = None


@router.get("/{activity_id}/content")
async def read_content(activity_id: Id, who: AsMember) -> Text:
    """The text as it stands; empty before there is one."""
    found = await who.call(OpenContent(activity_id=activity_id))
    known = found.model_dump(include=set(Text.model_fields))
    return Text(id=found.activity_id, **known)


@router.put("/{activity_id}/content")
async def save_content(activity_id: Id, asked: TextAsked, who: AsMember) -> Saved:
    """Keep an edited text as a revision; 409 if another one was saved in between."""
    return await who.call(SaveContent(activity_id=activity_id, **dict(asked)))

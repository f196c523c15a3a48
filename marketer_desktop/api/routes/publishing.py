"""Publishing: where texts go, sending them there, and how they stand."""

from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.parameters import Id, IdInBody
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.domain.publishing import Kind
from marketer_desktop.services.publications import (
    CancelPublication,
    ListPublications,
    Publication,
    PublicationList,
)
from marketer_desktop.services.publish import (
    MOST_NAMES,
    SLUG,
    Preview,
    PreviewPublication,
    Publish,
)
from marketer_desktop.services.publishing_targets import (
    LONGEST_SECRET,
    AddTarget,
    CheckTarget,
    ListTargets,
    PublishingTarget,
    PublishingTargetList,
    RemoveTarget,
    TargetCheck,
)

router = EnvelopeRouter(prefix="/api", tags=["publishing"])
Word = Annotated[str, Field(max_length=255)]


class TargetAsked(BaseModel):
    """A site for a project; its secret is encrypted and never shown again."""

    model_config = ConfigDict(hide_input_in_errors=True)

    name: str = Field(min_length=1, max_length=255)
    kind: Kind
    address: str = Field(min_length=1, max_length=2000)
    account: str | None = Field(default=None, max_length=255)
    secret: str | None = Field(default=None, max_length=LONGEST_SECRET, repr=False)
    project_id: IdInBody | None = None


class PublishAsked(BaseModel):
    """Where to, and as what: public at once or `publish_at` a time, a draft, or an update."""

    target_id: IdInBody
    publish_at: AwareDatetime | None = None
    as_draft: StrictBool = False
    update: StrictBool = False
    slug: str | None = Field(default=None, max_length=200, pattern=SLUG)
    tags: list[Word] | None = Field(default=None, max_length=MOST_NAMES)
    categories: list[Word] | None = Field(default=None, max_length=MOST_NAMES)
    image: str | None = Field(default=None, max_length=500)


@router.get("/publishing/targets")
async def list_targets(
    who: AsMember, project_id: Annotated[int | None, Query(ge=1)] = None
) -> PublishingTargetList:
    """The sites and folders of a project, or of all."""
    return await who.call(ListTargets(project_id=project_id))


@router.post("/publishing/targets", status_code=201)
async def add_target(asked: TargetAsked, who: AsMember) -> PublishingTarget:
    """A site; one with this address that is there already gets the new name and secret."""
    return await who.call(AddTarget(**dict(asked)))


@router.delete("/publishing/targets/{target_id}")
async def remove_target(target_id: Id, who: AsMember) -> PublishingTargetList:
    """Nothing goes there any more; what is there stays."""
    return await who.call(RemoveTarget(target_id=target_id))


@router.post("/publishing/targets/{target_id}/test")
async def test_target(target_id: Id, who: AsMember) -> TargetCheck:
    """Whether it would take texts, and what is in the way."""
    return await who.call(CheckTarget(target_id=target_id))


@router.get("/activities/{activity_id}/publish/{target_id}")
async def preview_publication(activity_id: Id, target_id: Id, who: AsMember) -> Preview:
    """The text as a target would get it; nothing is sent."""
    return await who.call(PreviewPublication(activity_id=activity_id, target_id=target_id))


@router.post("/activities/{activity_id}/publish")
async def publish(activity_id: Id, asked: PublishAsked, who: AsMember) -> Publication:
    """Send the text; asked for again, it is there once. What came of it is in `state`."""
    return await who.call(Publish(activity_id=activity_id, **dict(asked)))


@router.get("/activities/{activity_id}/publications")
async def list_of_activity(activity_id: Id, who: AsMember) -> PublicationList:
    """Where a text is, or shall be."""
    return await who.call(ListPublications(activity_id=activity_id))


@router.get("/publications")
async def list_publications(
    who: AsMember, start: AwareDatetime | None = None, end: AwareDatetime | None = None
) -> PublicationList:
    """What went out, or shall, from `start` until before `end`."""
    return await who.call(ListPublications(start=start, end=end))


@router.delete("/publications/{publication_id}")
async def cancel_publication(publication_id: Id, who: AsMember) -> Publication:
    """Do not send what waits for its time."""
    return await who.call(CancelPublication(publication_id=publication_id))

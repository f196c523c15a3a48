"""Start an activity from a brief: everything is durable when the call returns, then it runs."""

from collections.abc import Iterable
from dataclasses import replace

from pydantic import BaseModel, Field, ValidationError

from marketer_desktop.domain.brief import DEFAULT_WORDS, Brief, ContentType, SeoPriority
from marketer_desktop.services.brief_suggestions import BriefChoices, last_choices, with_choices
from marketer_desktop.services.call import Call, Emit, WrongUse, said_plainly
from marketer_desktop.services.generate_content import chosen_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.queue_run import queue_new
from marketer_desktop.services.refusals import Conflict, NotFound
from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.repositories.workspaces import Workspace
from marketer_desktop.storage.unit_of_work import UnitOfWork

REMEMBERED = {
    "type",
    "audience",
    "tone",
    "language",
    "document_ids",
    "seo_priority",
    "only_documents",
    "review_outline",
}


class StartedActivity(BaseModel):
    """The activity that runs now, and the model that writes it."""

    activity_id: int
    model: str


class PlacedBrief(BaseModel):
    """A brief with its place: a campaign, else a project's general one, else the default one."""

    campaign_id: int | None = None
    project_id: int | None = None
    type: ContentType = ContentType.BLOG
    topic: str
    keywords: list[str] = Field(default_factory=list)
    audience: str = ""
    tone: str = "professional"
    words: int | None = None
    language: str = "en"
    document_ids: list[int] = Field(default_factory=list)
    seo_priority: SeoPriority = "medium"
    only_documents: bool = False
    review_outline: bool = False

    def brief(self) -> Brief:
        """The brief alone. Raises `WrongUse`."""
        asked = self.model_dump(include=set(Brief.model_fields))
        try:
            return Brief(**{**asked, "words": self.words or DEFAULT_WORDS[self.type]})
        except ValidationError as error:
            raise WrongUse(said_plainly(error)) from error


class StartActivity(PlacedBrief, Call[StartedActivity]):
    """Begin a new activity, written by this model or the one that is chosen."""

    model: str | None = None


async def start_activity(call: StartActivity, parts: Parts, emit: Emit) -> StartedActivity:
    """Check the brief, write activity and job in one transaction, remember the choices."""
    brief = call.brief()
    choice = await chosen_model(parts, call.model)
    async with parts.database.unit_of_work() as work:
        place = await place_of(work, call)
        await check_documents(work, place, brief.document_ids)
        await _remember(work, place, brief)
        number, _ = await queue_new(parts, work, place, brief, choice)
        await work.commit()
    parts.bus.changed("activities")
    return StartedActivity(activity_id=number, model=str(choice))


async def place_of(work: UnitOfWork, asked: PlacedBrief) -> Workspace:
    """Where the new text of a member belongs. Raises `NotFound` or `MissingRow`."""
    if asked.campaign_id is not None:
        member = await work.workspaces.member()
        gone = NotFound("This campaign is not there any more. Choose another one.")
        try:
            place = await work.workspaces.of_campaign(asked.campaign_id)
        except MissingRow:
            raise gone from None
        if place.organization_id != member.organization_id:
            raise gone
        return replace(place, user_id=member.user_id)
    if asked.project_id is not None:
        return await work.workspaces.of_project(asked.project_id)
    return await work.workspaces.local_workspace()


async def check_documents(work: UnitOfWork, place: Workspace, document_ids: list[int]) -> None:
    """See that all of these can be read in this place.

    Raises `NotFound` for what the member may not see, whoever it belongs to, and `Conflict` for
    what is there and cannot be read here.
    """
    if not document_ids:
        return
    known = {row.id: row for row in await work.documents.list(place.organization_id)}
    gone = sorted({*document_ids} - {*known})
    if gone:
        raise NotFound(f"There is no document {_listed(gone)}. Choose the documents again.")
    named = [known[each] for each in document_ids]
    away = [row.id for row in named if row.project_id not in (None, place.project_id)]
    if away:
        raise Conflict(
            f"Document {_listed(away)} belongs to another project. Choose the documents again."
        )
    unread = [row.id for row in named if row.status != "indexed"]
    if unread:
        raise Conflict(
            f"Document {_listed(unread)} is not read yet, or could not be read. Wait until it is "
            "indexed, or choose the documents again."
        )


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted({*numbers})))


async def _remember(work: UnitOfWork, place: Workspace, brief: Brief) -> None:
    member = await work.workspaces.member()
    user = await work.people.get(member.user_id)
    before = last_choices(user.preferences, place.organization_id)
    choices = BriefChoices(
        project_id=place.project_id,
        campaign_id=place.campaign_id,
        words={**before.words, brief.type: brief.words},
        **brief.model_dump(include=REMEMBERED),
    )
    kept = with_choices(user.preferences, place.organization_id, choices)
    await work.people.merge_preferences(member.user_id, kept)

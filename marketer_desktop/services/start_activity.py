"""Start an activity from a brief: everything is durable when the call returns, then it runs."""

from pydantic import BaseModel, Field, ValidationError

from marketer_desktop.domain.brief import DEFAULT_WORDS, Brief, ContentType, SeoPriority
from marketer_desktop.services.brief_suggestions import BriefChoices, last_choices, with_choices
from marketer_desktop.services.call import Call, Emit, ServiceError, WrongUse, said_plainly
from marketer_desktop.services.generate_content import chosen_model, start
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound
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


class StartActivity(Call[StartedActivity]):
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
    model: str | None = None


async def start_activity(call: StartActivity, parts: Parts, emit: Emit) -> StartedActivity:
    """Check the brief, write activity and job in one transaction, remember the choices."""
    brief = _brief(call)
    choice = await chosen_model(parts, call.model)
    async with parts.database.unit_of_work() as work:
        place = await _place(work, call)
        await _check_documents(work, place, brief.document_ids)
        await work.commit()
    activity_id = await start(parts, place, brief, choice)
    await _remember(parts, place, brief)
    parts.bus.changed("activities")
    return StartedActivity(activity_id=activity_id, model=str(choice))


def _brief(call: StartActivity) -> Brief:
    asked = call.model_dump(include=set(Brief.model_fields))
    try:
        return Brief(**{**asked, "words": call.words or DEFAULT_WORDS[call.type]})
    except ValidationError as error:
        raise WrongUse(said_plainly(error)) from error


async def _place(work: UnitOfWork, call: StartActivity) -> Workspace:
    if call.campaign_id is not None:
        member = await work.workspaces.member()
        if await work.campaigns.get(member.organization_id, call.campaign_id) is None:
            raise NotFound("This campaign is not there any more. Choose another one.")
        return await work.workspaces.of_campaign(call.campaign_id)
    if call.project_id is not None:
        return await work.workspaces.of_project(call.project_id)
    return await work.workspaces.local_workspace()


async def _check_documents(work: UnitOfWork, place: Workspace, document_ids: list[int]) -> None:
    known = await work.documents.list(place.organization_id)
    ready = {row.id for row in known if row.status == "indexed"}
    ready &= {row.id for row in known if row.project_id in (None, place.project_id)}
    if set(document_ids) - ready:
        raise ServiceError(
            "A document of this brief is gone, not read yet, or belongs to another project. "
            "Choose the documents again."
        )


async def _remember(parts: Parts, place: Workspace, brief: Brief) -> None:
    async with parts.database.unit_of_work() as work:
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
        await work.commit()

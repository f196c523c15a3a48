"""How texts stand at their targets: what is told of a publication, and the lists of them."""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel

from marketer_desktop.domain.publishing import Cause, Kind, State
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import revision_of
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.publication_post import title_of
from marketer_desktop.services.refusals import Conflict, NotFound
from marketer_desktop.services.storable import RowNumber
from marketer_desktop.storage.repositories.publications import ListedPublication
from marketer_desktop.storage.unit_of_work import UnitOfWork


class Publication(BaseModel):
    """A text at a target.

    It is `waiting` to be sent (the next attempt is at `due_at`), `scheduled` at the site, a `draft`
    there, `published`, or `failed` for the reason in `problem`; `cause` is its kind.
    `sent_revision` is the text's that is there, `revision` the one of now. `notes` say what the
    site did not take.
    """

    id: int
    activity_id: int
    title: str
    type: str
    target_id: int
    target: str
    kind: Kind
    project_id: int
    project: str
    state: State
    as_draft: bool
    publish_at: datetime | None
    due_at: datetime | None
    published_at: datetime | None
    slug: str
    tags: list[str]
    categories: list[str]
    image: str | None
    url: str | None
    revision: int
    sent_revision: int | None
    cause: Cause | None
    problem: str
    notes: list[str]


class PublicationList(BaseModel):
    """By the time that they went out, or shall."""

    publications: list[Publication]


class ListPublications(Call[PublicationList]):
    """Those of a text; else all that went out, or shall, from `start` until before `end`."""

    activity_id: RowNumber | None = None
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None


class CancelPublication(Call[Publication]):
    """Do not send what waits for its time; what a site has already is not taken from it."""

    publication_id: RowNumber


async def list_publications(call: ListPublications, parts: Parts, emit: Emit) -> PublicationList:
    """Nothing is asked of the sites."""
    async with parts.database.unit_of_work() as work:
        if call.activity_id is not None:
            await existing(work, call.activity_id)
            found = await work.publications.of_activity(call.activity_id)
        else:
            member = await work.workspaces.member()
            found = await work.publications.between(member.organization_id, call.start, call.end)
        await work.commit()
    return PublicationList(publications=[publication_entry(each) for each in found])


async def cancel_publication(call: CancelPublication, parts: Parts, emit: Emit) -> Publication:
    """Raises `Conflict` for one that does not wait."""
    async with parts.database.unit_of_work() as work:
        listed = await listed_publication(work, call.publication_id)
        row = await work.publications.of(listed.activity.id, listed.target.id)
        if row is None or row.state != "waiting":
            raise Conflict("This text does not wait to be sent any more.")
        stands = "published" if row.published_at else "cancelled"
        values = {"state": stands, "due_at": None, "orders": row.orders + 1}
        await work.publications.change(row.id, values)
        told = publication_entry(await listed_publication(work, row.id))
        await work.commit()
    parts.bus.changed("publishing")
    return told


async def listed_publication(work: UnitOfWork, publication_id: int) -> ListedPublication:
    """The publication as it is now. Raises `NotFound`."""
    found = await work.publications.get(publication_id)
    if found is None:
        raise NotFound(f"There is no publication {publication_id}.")
    return found


def publication_entry(listed: ListedPublication) -> Publication:
    """What is told of it."""
    row = listed.row
    own = {name: getattr(row, name, None) for name in Publication.model_fields}
    return Publication.model_validate(
        {
            **own,
            "title": title_of(listed.activity),
            "type": listed.activity.type,
            "target": listed.target.name,
            "kind": listed.target.kind,
            "project_id": listed.target.project_id,
            "project": listed.project,
            "revision": revision_of(listed.activity),
            "sent_revision": row.revision,
            "problem": row.problem or "",
        }
    )

"""The revisions of texts: listed, shown, restored."""

from pydantic import BaseModel

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.api.routes.content import Revision
from marketer_desktop.services.content import Saved
from marketer_desktop.services.revisions import (
    ListRevisions,
    RestoreRevision,
    RevisionList,
    RevisionText,
    ShowRevision,
)

router = EnvelopeRouter(prefix="/api/activities/{activity_id}/revisions", tags=["revisions"])


class Restoring(BaseModel):
    """The revision that is replaced; if it is named, a newer one is not."""

    base_revision: Revision | None = None


@router.get("")
async def list_revisions(activity_id: Id, who: AsMember) -> RevisionList:
    """All revisions, the newest first."""
    return await who.call(ListRevisions(activity_id=activity_id))


@router.get("/{number}")
async def show_revision(activity_id: Id, number: Id, who: AsMember) -> RevisionText:
    """One revision with its text."""
    return await who.call(ShowRevision(activity_id=activity_id, number=number))


@router.post("/{number}/restore")
async def restore_revision(
    activity_id: Id, number: Id, who: AsMember, asked: Restoring | None = None
) -> Saved:
    """Make an old revision the text again, as a new one."""
    base = asked.base_revision if asked else None
    call = RestoreRevision(activity_id=activity_id, number=number, base_revision=base)
    return await who.call(call)

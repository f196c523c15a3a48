"""Which projects a member sees; what lies in a project is seen with it."""

from functools import lru_cache

from sqlalchemy import ColumnElement, and_, or_, true

from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import DocumentRow, ProjectRow


@lru_cache(maxsize=1024)  # every unit of work asks, most of them for the same few members
def visible_to(member: Member | None) -> ColumnElement[bool]:
    """True of the `ProjectRow`s that the member may see; the person at this computer sees all.

    A private project is its owner's alone, one of the team is not seen by viewers.
    """
    if member is None:
        return true()
    shared = ["organization"] if member.role == "viewer" else ["organization", "team"]
    return and_(
        ProjectRow.organization_id == member.organization_id,
        or_(ProjectRow.visibility.in_(shared), ProjectRow.owner_id == member.user_id),
    )


def documents_visible_to(member: Member | None) -> ColumnElement[bool]:
    """True of the `DocumentRow`s that the member may see, outer joined to their `ProjectRow`s."""
    if member is None:
        return true()
    of_all = and_(
        DocumentRow.project_id.is_(None), DocumentRow.organization_id == member.organization_id
    )
    return or_(of_all, visible_to(member))

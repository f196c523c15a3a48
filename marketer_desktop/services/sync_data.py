"""Rows as they are told to who syncs them."""

from typing import Any

from pydantic import BaseModel

from marketer_desktop.domain.sync import CHANGES, Change, Entity
from marketer_desktop.domain.synced_rows import (
    ActivityData,
    CampaignData,
    InvoiceData,
    MemberData,
    NotificationData,
    OrganizationData,
    Person,
    ProjectData,
    RevisionData,
    SubscriptionData,
)
from marketer_desktop.storage.repositories.sync_rows import Known, SyncedRow
from marketer_desktop.storage.tables import ActivityRow, UserRow

DATA: dict[Entity, type[BaseModel]] = {
    Entity.ORGANIZATION: OrganizationData,
    Entity.MEMBER: MemberData,
    Entity.SUBSCRIPTION: SubscriptionData,
    Entity.INVOICE: InvoiceData,
    Entity.NOTIFICATION: NotificationData,
    Entity.PROJECT: ProjectData,
    Entity.CAMPAIGN: CampaignData,
    Entity.ACTIVITY: ActivityData,
    Entity.REVISION: RevisionData,
}


def change_of(synced: SyncedRow) -> Change:
    """A row as it stands."""
    told = DATA[synced.entity]
    own = {name: getattr(synced.row, name, None) for name in told.model_fields}
    return _change(synced.entity, synced.row, False, told.model_validate(own | _more(synced)))


def burial_of(known: Known) -> Change:
    """A row that is gone."""
    return _change(known.entity, known, True, None)


def _change(entity: Entity, row: Any, deleted: bool, data: BaseModel | None) -> Change:
    change: Change = CHANGES[entity](
        sync_id=row.sync_id, version=row.version, deleted=deleted, data=data
    )
    return change


def _more(synced: SyncedRow) -> dict[str, Any]:
    """What is no column of the row, or is told otherwise."""
    row, person = synced.row, _person(synced.person)
    home = synced.above[-1].sync_id if synced.above else None
    match synced.entity:
        case Entity.ORGANIZATION:
            return {}
        case Entity.MEMBER:
            status = "active" if row.joined_at else "invited"
            return {"organization": synced.organization, "user": person, "status": status}
        case Entity.INVOICE:
            urls = {"hosted_url": row.stripe_hosted_url, "pdf_url": row.stripe_pdf_url}
            return {"organization": synced.organization, **urls}
        case Entity.PROJECT:
            return {"organization": synced.organization, "owner": person}
        case Entity.CAMPAIGN:
            return {"project": home, "owner": person}
        case Entity.ACTIVITY:
            return {"campaign": home, "owner": person, **_without_places(row)}
        case Entity.REVISION:
            return {"activity": home, "by": person}
    return {"organization": synced.organization}


def _person(user: UserRow | None) -> Person | None:
    return None if user is None else Person(email=user.email, name=user.name)


def _without_places(row: ActivityRow) -> dict[str, Any]:
    """Brief and content without what is only good on this machine: numbers, paths, counts."""
    brief = {name: value for name, value in (row.brief or {}).items() if name != "document_ids"}
    if row.content is None:
        return {"brief": brief}
    metadata = row.content.get("metadata", {})
    told = {name: value for name, value in metadata.items() if name not in ("path", "revision")}
    sources = without_documents(row.content.get("research_sources", []))
    content = {**row.content, "metadata": told, "research_sources": sources}
    return {"brief": brief, "content": content}


def without_documents(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Passages without the numbers that their documents have on one machine."""
    return [{k: v for k, v in each.items() if k != "document_id"} for each in sources]

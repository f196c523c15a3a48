"""The columns that rows of a server get here; what only this machine knows stays as it was."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from marketer_desktop.domain.sync import Entity
from marketer_desktop.domain.sync_fields import TEXT, fields_of
from marketer_desktop.domain.sync_merge import differing
from marketer_desktop.services.sync_data import without_documents
from marketer_desktop.storage.tables import ActivityRow

Columns = dict[str, Any]

# What a row hangs on, by its name in what is told, with the kind of that row.
HOMES: Mapping[Entity, tuple[str, Entity]] = {
    Entity.MEMBER: ("organization", Entity.ORGANIZATION),
    Entity.SUBSCRIPTION: ("organization", Entity.ORGANIZATION),
    Entity.INVOICE: ("organization", Entity.ORGANIZATION),
    Entity.NOTIFICATION: ("organization", Entity.ORGANIZATION),
    Entity.PROJECT: ("organization", Entity.ORGANIZATION),
    Entity.CAMPAIGN: ("project", Entity.PROJECT),
    Entity.ACTIVITY: ("campaign", Entity.CAMPAIGN),
    Entity.REVISION: ("activity", Entity.ACTIVITY),
}
# Whose a row is, by the name in what is told and by the column.
PERSONS: Mapping[Entity, tuple[str, str]] = {
    Entity.MEMBER: ("user", "user_id"),
    Entity.NOTIFICATION: ("", "user_id"),
    Entity.PROJECT: ("owner", "owner_id"),
    Entity.CAMPAIGN: ("owner", "owner_id"),
    Entity.ACTIVITY: ("owner", "owner_id"),
    Entity.REVISION: ("by", "created_by"),
}
NO_COLUMNS = {Entity.MEMBER: ("status",), Entity.INVOICE: ("hosted_url", "pdf_url")}
SOURCES = "content.research_sources"


class Place(NamedTuple):
    """The numbers that a row's home and its person have here, and a name that no other row has."""

    home: int | None
    person: int | None
    mark: str


def columns_of(entity: Entity, data: Any, place: Place, row: Any = None) -> Columns:
    """The columns for `data`; `row` is the one that is here."""
    home, _ = HOMES.get(entity, ("", None))
    person, column = PERSONS.get(entity, ("", ""))
    left_out = (home, person, *NO_COLUMNS.get(entity, ()))
    columns = {name: value for name, value in dict(data).items() if name not in left_out}
    if home:
        columns[f"{home}_id"] = place.home
    if column:
        columns[column] = place.person
    if entity in MORE:
        columns |= MORE[entity](data, place, row)
    return columns


def _of_member(data: Any, place: Place, row: Any) -> Columns:
    return {"is_active": True}


def _of_subscription(data: Any, place: Place, row: Any) -> Columns:
    """What Stripe calls it is the server's."""
    names = ("stripe_customer_id", "stripe_price_id")
    return {"stripe_subscription_id": place.mark, **dict.fromkeys(names, "")}


def _of_invoice(data: Any, place: Place, row: Any) -> Columns:
    urls = {"stripe_hosted_url": data.hosted_url, "stripe_pdf_url": data.pdf_url}
    return {"stripe_invoice_id": place.mark, **urls}


def _of_notification(data: Any, place: Place, row: Any) -> Columns:
    """A link to something by its number there would lead to something else here."""
    columns = {"details": data.details}
    if data.link_url is None or "://" in data.link_url:
        return columns
    return columns | {"link_url": None, "link_text": None}


def _of_project(data: Any, place: Place, row: Any) -> Columns:
    return {"share_with_team": getattr(data, "share_with_team", True)}


def _of_activity(data: Any, place: Place, row: ActivityRow | None) -> Columns:
    documents = row.document_ids if row is not None else []
    brief = {**data.brief, "document_ids": documents}
    return {
        "brief": brief,
        "document_ids": documents,
        "keywords": brief.get("keywords"),
        "tone": brief.get("tone") or "professional",
        "target_audience": brief.get("audience") or None,
        "target_word_count": brief.get("words"),
        "content": _content(data.content, (row.content if row is not None else None) or {}),
    }


def _content(told: Columns | None, here: Columns) -> Columns | None:
    """The text as told; how often it was stored counts on, so that an open editor notices."""
    if told is None:
        return None
    before, sources = here.get("metadata", {}), here.get("research_sources", [])
    as_told = {**here, "research_sources": without_documents(sources)}
    changed = differing(_fields(as_told), _fields(told))
    revision = before.get("revision", 0) + bool(changed)
    metadata = {**told.get("metadata", {}), "revision": revision}
    if "path" in before and TEXT not in changed:
        metadata["path"] = before["path"]
    if SOURCES in changed:
        sources = told.get("research_sources", [])
    return {**told, "metadata": metadata, "research_sources": sources}


def _fields(content: Columns) -> Columns:
    return fields_of(Entity.ACTIVITY, {"content": content})


MORE: Mapping[Entity, Callable[[Any, Place, Any], Columns]] = {
    Entity.MEMBER: _of_member,
    Entity.SUBSCRIPTION: _of_subscription,
    Entity.INVOICE: _of_invoice,
    Entity.NOTIFICATION: _of_notification,
    Entity.PROJECT: _of_project,
    Entity.ACTIVITY: _of_activity,
}

"""What of a row that syncs may be changed on a desktop: each by a name, with one value.

Rows come as their JSON (`domain.synced_rows`). Of an activity `brief` and `content` are taken
apart, so that two people may work on different parts of it.
"""

from collections.abc import Mapping
from typing import Any

from marketer_desktop.domain.sync import Entity

Row = Mapping[str, Any]

NAMES: Mapping[Entity, tuple[str, ...]] = {
    Entity.ORGANIZATION: ("name", "llm_mode", "compliance_mode", "data_residency"),
    Entity.MEMBER: ("role",),
    Entity.NOTIFICATION: ("is_read",),
    Entity.PROJECT: (
        "name",
        "description",
        "brand_voice",
        "default_tone",
        "default_target_audience",
        "default_keywords",
        "visibility",
        "is_archived",
        "share_with_team",
    ),
    Entity.CAMPAIGN: (
        "name",
        "goal",
        "target_audience",
        "start_date",
        "end_date",
        "budget_amount",
        "budget_currency",
        "status",
        "is_archived",
    ),
    Entity.ACTIVITY: ("status",),
}
BRIEF = (
    "topic",
    "keywords",
    "audience",
    "tone",
    "words",
    "language",
    "seo_priority",
    "only_documents",
    "review_outline",
)
# By what they are called here: where they stand in a content.
CONTENT: Mapping[str, tuple[str, ...]] = {
    "markdown": ("final_content",),
    "title": ("metadata", "title"),
    "meta_description": ("seo_data", "meta_description"),
    "slug": ("seo_data", "slug"),
    "keyphrase": ("seo_data", "keyphrase"),
    "social_variants": ("social_variants",),
    "research_sources": ("research_sources",),
    "headlines": ("headlines",),
}
TEXT = "content.markdown"
# What the services of a server take for “nothing”, where null would leave a field alone.
EMPTY: Mapping[str, Any] = {
    "description": "",
    "default_target_audience": "",
    "default_keywords": [],
    "brand_voice": {},
    "data_residency": "any",
    "brief.keywords": [],
    "brief.audience": "",
}


def fields_of(entity: Entity, row: Row) -> dict[str, Any]:
    """The fields of a row; those that it does not have are None."""
    fields = {name: row.get(name) for name in NAMES.get(entity, ())}
    if entity is Entity.ACTIVITY:
        brief, content = row.get("brief") or {}, row.get("content") or {}
        fields |= {f"brief.{name}": brief.get(name) for name in BRIEF}
        fields |= {f"content.{name}": _at(content, way) for name, way in CONTENT.items()}
    return fields


def with_fields(entity: Entity, row: Row, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The row with these fields in place of its own."""
    changed = dict(row)
    for name, value in fields.items():
        kind, _, part = name.partition(".")
        if not part:
            changed[name] = value
        elif kind == "brief":
            changed["brief"] = {**(changed.get("brief") or {}), part: value}
        elif value is not None or _at(changed.get("content") or {}, CONTENT[part]) is not None:
            changed["content"] = _placed(changed.get("content") or {}, CONTENT[part], value)
    if fields.get("brief.topic"):
        changed["topic"] = fields["brief.topic"]  # what an activity is listed under
    return changed


def told(entity: Entity, row: Row, changed: Mapping[str, Any]) -> dict[str, Any]:
    """What a server is told of the fields that have changed; a text always as a whole."""
    named = {name: _or_empty(name, value) for name, value in changed.items()}
    if entity is not Entity.ACTIVITY:
        return named
    parts: dict[str, Any] = {}
    brief = {name.removeprefix("brief."): v for name, v in named.items() if name[:6] == "brief."}
    if brief:
        parts["brief"] = brief
    if any(name.startswith("content.") for name in named):
        parts |= _text(row)
    if "status" in named:
        parts["status"] = named["status"]
    return parts


def told_anew(entity: Entity, row: Row, above: str) -> dict[str, Any]:
    """What a server is told of a new row in the one that is called `above`."""
    home = {Entity.PROJECT: "organization", Entity.CAMPAIGN: "project"}.get(entity, "campaign")
    fields = {name: row.get(name) for name in NAMES[entity] if name != "share_with_team"}
    if entity is Entity.ACTIVITY:
        brief = row.get("brief") or {}
        known = {name: brief.get(name) for name in BRIEF if brief.get(name) is not None}
        fields["brief"] = {**known, "type": row["type"], "topic": row["topic"]}
        fields |= _text(row)
        if fields["status"] == "draft":
            del fields["status"]
    return {home: above} | {name: value for name, value in fields.items() if value is not None}


def _text(row: Row) -> dict[str, Any]:
    """The text with what was found in it; nothing before there is one."""
    content = row.get("content")
    if not content:
        return {}
    sent = {way[0]: content[way[0]] for way in CONTENT.values() if content.get(way[0]) is not None}
    sent["final_content"] = content.get("final_content") or ""
    return {"content": sent} | ({"report": row["report"]} if row.get("report") else {})


def _or_empty(name: str, value: Any) -> Any:
    return EMPTY.get(name, value) if value is None else value


def _at(content: Row, way: tuple[str, ...]) -> Any:
    found: Any = content
    for name in way:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _placed(content: Row, way: tuple[str, ...], value: Any) -> dict[str, Any]:
    name, *rest = way
    inner = _placed(content.get(name) or {}, tuple(rest), value) if rest else value
    return {**content, name: inner}

"""What the publish sheet decides without Qt: what would be ordered, and whether it can be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from marketer_desktop.services.publish import Preview, Publish
from marketer_desktop.ui.pages.editor.wording import said

MENDED_BY_CHANGE = frozenset({"address", "certificate", "header", "password", "permission"})
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Choices:
    """What was chosen; `at` is None for now."""

    target_id: int
    slug: str
    tags: Sequence[str]
    categories: Sequence[str]
    image: str
    at: datetime | None = None


def order(activity_id: int, chosen: Choices, preview: Preview, *, as_draft: bool) -> Publish:
    """What the engine is asked for."""
    return Publish(
        activity_id=activity_id,
        target_id=chosen.target_id,
        publish_at=None if as_draft else chosen.at,
        as_draft=as_draft,
        update=is_public(preview),
        slug=chosen.slug,
        tags=list(chosen.tags),
        categories=list(chosen.categories),
        image=chosen.image,
    )


def is_public(preview: Preview) -> bool:
    """Whether the text is at the target already, so that it can only be updated there."""
    known = preview.publication
    return known is not None and known.published_at is not None and known.cause != "gone"


def verb(preview: Preview, later: bool) -> str:
    """What the primary button does."""
    if is_public(preview):
        return said("Update the post")
    return said("Schedule") if later else said("Publish")


def moment_of(day: date | None, clock: str, now: datetime) -> datetime:
    """The time that was chosen, in this computer's zone. Raises `ValueError`, for people."""
    found = _CLOCK.fullmatch(clock.strip())
    if day is None or found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(said("Choose a day and a time, such as 09:00."))
    at = datetime.combine(day, time(int(found[1]), int(found[2]))).astimezone()
    if at <= now:
        raise ValueError(said("This time is past."))
    return at


def slug_problem(slug: str) -> str:
    """What is wrong with the last part of an address; empty if nothing is."""
    if _SLUG.fullmatch(slug):
        return ""
    return said("Small letters, digits and hyphens, such as fresh-coffee.")


def news(preview: Preview) -> str:
    """What is to be said of a text that is there already."""
    known = preview.publication
    if known is None or not is_public(preview):
        return ""
    if known.sent_revision == known.revision:
        return said("The post has the text as it stands.")
    return said("The text was changed since it was sent.")

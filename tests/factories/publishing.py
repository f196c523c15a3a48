"""Texts and targets for tests of publishing."""

import datetime as dt
from pathlib import Path
from typing import Any

from marketer_desktop.services.parts import Parts
from marketer_desktop.services.publications import (
    ListPublications,
    Publication,
    list_publications,
)
from marketer_desktop.services.publish import Publish, publish
from marketer_desktop.services.publishing_targets import (
    AddTarget,
    PublishingTarget,
    add_target,
)
from tests.factories.engines import Ear

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
ARTICLE = """# Coffee for the office

Coffee brings **people** together.

![A cup on a desk](assets/cup.png)

## What it costs

A cup costs 40 cents.
"""


async def add_site(parts: Parts, kind: str, address: str, **more: Any) -> PublishingTarget:
    """A target named after its kind."""
    usual = {"name": kind, "kind": kind, "address": address}
    call = AddTarget.model_validate({**usual, **more})
    return await add_target(call, parts, Ear())


async def sent(parts: Parts, activity_id: int, target_id: int, **more: Any) -> Publication:
    """What comes of publishing."""
    call = Publish.model_validate({"activity_id": activity_id, "target_id": target_id, **more})
    return await publish(call, parts, Ear())


async def standing(parts: Parts, activity_id: int) -> Publication:
    """How the only publication of a text stands."""
    call = ListPublications(activity_id=activity_id)
    (found,) = (await list_publications(call, parts, Ear())).publications
    return found


async def make_due(parts: Parts, publication_id: int) -> None:
    """Let its time come."""
    past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    async with parts.database.unit_of_work() as work:
        row = await work.publications.get(publication_id)
        assert row is not None
        times = {"due_at": past, "publish_at": past if row.row.publish_at else None}
        await work.publications.change(publication_id, times)
        await work.commit()


def put_image(parts: Parts, activity_id: int) -> None:
    """The image that `ARTICLE` shows."""
    folder: Path = parts.data_dir / "content" / str(activity_id) / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cup.png").write_bytes(PNG)

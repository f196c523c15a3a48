"""Of two who have changed a text, one may have nothing there: that, too, can be kept."""

from collections.abc import Callable
from typing import Any

import pytest

from marketer_desktop.domain.sync import Entity
from marketer_desktop.services.content import SaveContent
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.sync_conflicts import DecideConflict
from tests.factories.mirrors import Copy, do, identity_of, text_of, told_by
from tests.factories.serving import Teammate


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("content.markdown", lambda content: content["final_content"]),
        ("content.slug", lambda content: content.get("seo_data", {}).get("slug", "")),
        ("content.social_variants", lambda content: content.get("social_variants", {})),
    ],
)
async def test_nothing_is_kept_instead_of_what_the_other_wrote(
    copy: Copy, parts: Parts, owner: Teammate, field: str, told: Callable[[dict[str, Any]], Any]
) -> None:
    _, activity = await copy.shared_piece()
    await copy.do(
        SaveContent(
            activity_id=activity,
            base_revision=(await text_of(copy.parts, activity))[1],
            markdown="# Theirs",
            slug="theirs",
            variants={"linkedin": "Theirs"},
        )
    )
    await copy.synced()
    sync_id = await identity_of(copy.parts, Entity.ACTIVITY, activity)
    async with copy.parts.database.unit_of_work() as work:
        await work.sync_conflicts.add(copy.account_id, Entity.ACTIVITY, sync_id, field, None)
        await work.commit()
    (conflict,) = await copy.conflicts()

    await do(copy.parts, DecideConflict(conflict_id=conflict.id, keep="mine"))
    await copy.synced()

    content = (await told_by(parts, owner))[("activity", str(sync_id))]["content"]
    assert not told(content)
    assert await copy.conflicts() == []

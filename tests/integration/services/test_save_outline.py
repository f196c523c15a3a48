"""An outline that waits: told of, and kept as it is changed, wrong or not, until it is written."""

import pytest

from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.services.activities import CancelActivity, cancel_activity
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.notifications import ListNotifications, list_notifications
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.review_outline import (
    ApproveOutline,
    Outline,
    ShowOutline,
    approve_outline,
    show_outline,
)
from marketer_desktop.services.save_outline import SaveOutline, save_outline
from tests.factories.engines import Ear

MINE = [
    OutlineSection(heading="Who drinks coffee", points=["What do teams like?"], words=40),
    OutlineSection(heading="", points=[], words=80),
    OutlineSection(heading="Where to begin", points=[], words=40),
]


@pytest.fixture
async def activity_id(parts: Parts) -> int:
    call = GenerateContent(
        topic="fresh coffee", words=200, keywords=["coffee"], review_outline=True
    )
    return (await generate_content(call, parts, Ear())).activity_id


async def outline_of(parts: Parts, activity_id: int) -> Outline:
    return await show_outline(ShowOutline(activity_id=activity_id), parts, Ear())


async def test_the_owner_is_told_that_it_waits(parts: Parts, activity_id: int) -> None:
    listed = await list_notifications(ListNotifications(), parts, Ear())
    (told,) = listed.items
    assert (told.type, told.title) == ("outline_review", "Your blog post waits for your outline")
    assert (told.message, told.link_url) == ("fresh coffee", f"activity/{activity_id}")


async def test_it_is_shown_as_it_was_left(parts: Parts, activity_id: int) -> None:
    call = SaveOutline(activity_id=activity_id, sections=MINE)
    assert (await save_outline(call, parts, Ear())).kept
    outline = await outline_of(parts, activity_id)
    assert (outline.waiting, outline.sections) == (True, MINE)


async def test_it_is_still_checked_before_it_is_written(parts: Parts, activity_id: int) -> None:
    await save_outline(SaveOutline(activity_id=activity_id, sections=MINE), parts, Ear())
    with pytest.raises(ServiceError, match="no heading"):
        await approve_outline(ApproveOutline(activity_id=activity_id), parts, Ear())
    whole = [*MINE[:1], MINE[1].model_copy(update={"heading": "What it costs"}), *MINE[2:]]
    await save_outline(SaveOutline(activity_id=activity_id, sections=whole), parts, Ear())
    call = ApproveOutline(activity_id=activity_id, follow=True)
    told = await approve_outline(call, parts, Ear())
    assert told.path is not None
    assert (await outline_of(parts, activity_id)).sections == whole


async def test_a_run_that_waits_no_longer_keeps_none(parts: Parts, activity_id: int) -> None:
    await cancel_activity(CancelActivity(activity_id=activity_id), parts, Ear())
    call = SaveOutline(activity_id=activity_id, sections=MINE)
    assert not (await save_outline(call, parts, Ear())).kept
    assert (await outline_of(parts, activity_id)).sections != MINE

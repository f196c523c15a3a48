"""What is not sent: what was called off, put away, or is not ready."""

import datetime as dt
from pathlib import Path

import pytest

from marketer_desktop.services.call import WrongUse
from marketer_desktop.services.change_status import ArchiveActivity, archive_activity
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.publication_rounds import PublicationRounds
from marketer_desktop.services.publications import CancelPublication, cancel_publication
from marketer_desktop.services.refusals import Conflict
from tests.factories.contents import add_content
from tests.factories.engines import Ear
from tests.factories.publishing import (
    ARTICLE,
    add_site,
    make_due,
    put_image,
    sent,
    standing,
)

LATER = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=2)


@pytest.fixture
async def text(parts: Parts) -> int:
    number = await add_content(parts, ARTICLE)
    put_image(parts, number)
    return number


async def test_what_waits_can_be_cancelled(parts: Parts, tmp_path: Path, text: int) -> None:
    site = await add_site(parts, "folder", str(tmp_path))
    told = await sent(parts, text, site.id, publish_at=LATER)
    call = CancelPublication(publication_id=told.id)
    assert (await cancel_publication(call, parts, Ear())).state == "cancelled"
    with pytest.raises(Conflict):
        await cancel_publication(call, parts, Ear())


async def test_a_text_put_away_meanwhile_is_not_sent(
    parts: Parts, tmp_path: Path, text: int
) -> None:
    site = await add_site(parts, "folder", str(tmp_path))
    told = await sent(parts, text, site.id, publish_at=LATER)
    await archive_activity(ArchiveActivity(activity_id=text), parts, Ear())
    await make_due(parts, told.id)
    await PublicationRounds(parts).send_due()
    after = await standing(parts, text)
    assert (after.state, after.cause) == ("failed", "text")
    assert not (tmp_path / "coffee").exists()


async def test_only_approved_texts_become_public(parts: Parts, tmp_path: Path) -> None:
    site = await add_site(parts, "folder", str(tmp_path))
    draft = await add_content(parts, ARTICLE, status="needs_attention")
    with pytest.raises(Conflict, match="Approve the text first"):
        await sent(parts, draft, site.id)
    assert (await sent(parts, draft, site.id, as_draft=True)).state == "draft"


async def test_times_that_make_no_sense(parts: Parts, tmp_path: Path, text: int) -> None:
    site = await add_site(parts, "folder", str(tmp_path))
    with pytest.raises(WrongUse, match="past"):
        await sent(parts, text, site.id, publish_at=LATER - dt.timedelta(days=9))
    with pytest.raises(WrongUse, match="draft has no time"):
        await sent(parts, text, site.id, publish_at=LATER, as_draft=True)

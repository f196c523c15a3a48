"""What is not sent: what was called off, put away, or is not ready."""

import datetime as dt
from pathlib import Path

import pytest

from marketer_desktop.services import publication_rounds
from marketer_desktop.services.call import WrongUse
from marketer_desktop.services.change_status import ArchiveActivity, archive_activity
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.publication_rounds import PublicationRounds
from marketer_desktop.services.publications import CancelPublication, cancel_publication
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.repositories.publications import Publications
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
from tests.guards import Problems
from tests.patience import becomes_true

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


async def test_a_database_that_is_away_between_two_rounds_does_not_end_them(
    parts: Parts, tmp_path: Path, text: int, monkeypatch: pytest.MonkeyPatch, log_problems: Problems
) -> None:
    site = await add_site(parts, "folder", str(tmp_path))
    next_due, asked = Publications.next_due, 0

    async def at_first_away(self: Publications) -> dt.datetime | None:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise DatabaseOutage
        return await next_due(self)

    async def asked_again() -> bool:
        return asked > 1

    async def has_come() -> bool:
        return (tmp_path / "coffee" / "index.md").is_file()

    monkeypatch.setattr(Publications, "next_due", at_first_away)
    monkeypatch.setattr(publication_rounds, "SHORTEST_WAIT", 0.01)
    rounds = PublicationRounds(parts)
    await rounds.start()
    await becomes_true(asked_again)
    told = await sent(parts, text, site.id, publish_at=LATER)
    await make_due(parts, told.id)
    parts.publisher.wake()
    await becomes_true(has_come)
    await rounds.stop()
    (problem,) = log_problems.records
    assert "nothing is published: The database does not answer" in problem.getMessage()
    log_problems.records.clear()


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

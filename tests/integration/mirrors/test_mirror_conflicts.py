"""What two people change at once, what is gone, and what is refused: nothing is lost silently."""

from typing import Any, Literal
from uuid import UUID

import pytest
from sqlalchemy import cast, delete, select, text, update
from sqlalchemy.dialects.postgresql import JSONB

from marketer_desktop.domain.sync import Entity
from marketer_desktop.services.content import SaveContent
from marketer_desktop.services.create_activity import CreateActivity
from marketer_desktop.services.leave_mirror import remove_mirror
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import CreateProject, UpdateProject
from marketer_desktop.services.show_sync import ShowSync
from marketer_desktop.services.sync_conflicts import DecideConflict, ListConflicts, SyncConflict
from marketer_desktop.services.sync_quarantine import (
    DiscardQuarantined,
    ListQuarantine,
    RetryQuarantined,
)
from marketer_desktop.storage.tables import (
    ActivityRow,
    OrganizationMemberRow,
    OrganizationRow,
    ProjectRow,
    ServerAccountRow,
)
from tests.factories.mirrors import Copy, do, identity_of, number_of, text_of, told_by
from tests.factories.serving import Teammate


class Piece:
    """An activity that a desktop shares with its team, and both know its text."""

    def __init__(self, copy: Copy, server: Parts, owner: Teammate) -> None:
        self.copy, self.owner = copy, owner
        self.server = server.acting_as(owner.member)
        self.project = self.activity = 0
        self.identity = UUID(int=0)

    async def begin(self, name: str = "Tea") -> None:
        """Share it."""
        self.project, self.activity = await self.copy.shared_piece(name)
        await self.save("One.")
        await self.copy.synced()
        self.identity = await identity_of(self.copy.parts, Entity.ACTIVITY, self.activity)

    async def save(self, markdown: str, description: str | None = None) -> None:
        """Type it on the desktop."""
        await self._save(self.copy.parts, self.activity, markdown, description)

    async def save_there(self, markdown: str, description: str | None = None) -> None:
        """Type it on the server."""
        number = await number_of(self.server, Entity.ACTIVITY, self.identity)
        await self._save(self.server, number, markdown, description)

    async def text(self) -> str:
        """As it is on the desktop."""
        return (await text_of(self.copy.parts, self.activity))[0]

    async def text_there(self) -> str:
        """As the server tells it."""
        rows = await told_by(self.server, self.owner)
        return str(rows[("activity", str(self.identity))]["content"]["final_content"])

    async def only_conflict(self) -> SyncConflict:
        """What is to be decided."""
        (found,) = (await do(self.copy.parts, ListConflicts())).conflicts
        return SyncConflict.model_validate(found)

    async def decide(self, conflict: SyncConflict, keep: Literal["mine", "theirs"]) -> None:
        """Decide it, and sync."""
        call = DecideConflict(conflict_id=conflict.conflict_id, keep=keep)
        assert (await do(self.copy.parts, call)).conflicts == []
        await self.copy.synced()

    async def _save(self, parts: Parts, number: int, markdown: str, about: str | None) -> None:
        _, base = await text_of(parts, number)
        call = SaveContent(
            activity_id=number, markdown=markdown, base_revision=base, description=about
        )
        await do(parts, call)


@pytest.fixture
async def piece(copy: Copy, parts: Parts, owner: Teammate) -> Piece:
    """Shared and synced."""
    piece = Piece(copy, parts, owner)
    await piece.begin()
    return piece


async def on(parts: Parts, statement: Any) -> None:
    """What somebody does in a database."""
    async with parts.database.unit_of_work() as work:
        await work.session.execute(statement)
        await work.commit()


async def gone_there(piece: Piece) -> None:
    """The activity is deleted on the server."""
    await on(piece.server, delete(ActivityRow).where(ActivityRow.sync_id == piece.identity))


async def test_what_two_people_change_at_once_is_put_together_or_decided(piece: Piece) -> None:
    await piece.save_there("One.", "Described there.")
    await piece.save("Two.")
    await on(piece.copy.parts, update(ActivityRow).values(report={"checks": ["two"]}))
    await piece.copy.synced()
    assert await piece.copy.conflicts() == []
    assert await piece.copy.rows() == await told_by(piece.server, piece.owner)
    row = (await piece.copy.rows())[("activity", str(piece.identity))]
    told = row["content"]
    assert row["report"] == {"checks": ["two"]}
    assert told["final_content"] == "Two."
    assert told["seo_data"]["meta_description"] == "Described there."

    decisions: list[Literal["theirs", "mine"]] = ["theirs", "mine"]
    for keep in decisions:
        await piece.save(f"Mine, not {keep}.")
        await piece.save_there(f"Theirs, not {keep}.")
        await piece.copy.synced()
        theirs = f"Theirs, not {keep}."
        assert await piece.text() == await piece.text_there() == theirs
        found = await piece.only_conflict()
        assert (found.field, found.theirs) == ("content.markdown", theirs)
        assert (found.activity_id, found.organization) == (piece.activity, "My Company")
        (account,) = (await do(piece.copy.parts, ShowSync())).accounts
        assert (account.state, account.conflicts, account.waiting) == ("needs_attention", 1, 0)
        await piece.decide(found, keep)
        kept = found.mine if keep == "mine" else found.theirs
        assert await piece.text() == await piece.text_there() == kept

    await on(piece.server, _about(piece, "Tea, theirs"))
    await on(piece.copy.parts, _about(piece, "Tea, mine"))
    await piece.copy.synced()
    found = await piece.only_conflict()
    assert (found.field, found.mine, found.theirs) == ("brief.topic", "Tea, mine", "Tea, theirs")
    await piece.decide(found, "mine")
    rows = await told_by(piece.server, piece.owner)
    assert rows == await piece.copy.rows()
    assert rows[("activity", str(piece.identity))]["topic"] == "Tea, mine"


def _about(piece: Piece, topic: str) -> Any:
    """That the piece is about something else."""
    brief = ActivityRow.brief.op("||")(cast({"topic": topic}, JSONB))
    row = update(ActivityRow).where(ActivityRow.sync_id == piece.identity)
    return row.values(topic=topic, brief=brief).execution_options(synchronize_session=False)


async def test_what_is_deleted_there_goes_here_unless_it_was_changed(piece: Piece) -> None:
    await gone_there(piece)
    await piece.copy.synced()
    assert await piece.copy.rows() == await told_by(piece.server, piece.owner)
    assert await piece.copy.conflicts() == []
    async with piece.copy.parts.database.unit_of_work() as work:
        assert await work.session.scalar(select(ActivityRow.id)) is None

    decisions: list[Literal["theirs", "mine"]] = ["theirs", "mine"]
    for keep in decisions:
        await piece.begin(f"Keep {keep}")
        await piece.save("Mine.")
        await gone_there(piece)
        await piece.copy.synced()
        assert await piece.text() == "Mine."
        found = await piece.only_conflict()
        assert (found.field, found.theirs) == ("", None)
        assert found.mine["content"]["final_content"] == "Mine."
        await piece.copy.synced()
        await piece.only_conflict()  # nobody has decided yet, nothing is sent
        await piece.decide(found, keep)
        rows, here = await told_by(piece.server, piece.owner), await piece.copy.rows()
        assert (("activity", str(piece.identity)) in rows) == (keep == "mine")
        for (kind, _), row in [*rows.items(), *here.items()]:
            if kind == "revision":
                del row["number"]  # the older ones are only here now
        assert rows == here


async def test_a_project_that_others_no_longer_share_stays_with_what_was_not_sent(
    piece: Piece,
) -> None:
    await piece.save("Mine.")
    identity = await identity_of(piece.copy.parts, Entity.PROJECT, piece.project)
    number = await number_of(piece.server, Entity.PROJECT, identity)
    await do(piece.server, UpdateProject(project_id=number, share_with_team=False))
    await piece.copy.synced()
    assert await piece.text() == "Mine."
    (found,) = (await do(piece.copy.parts, ListConflicts())).conflicts
    assert (found.entity, found.field) == (Entity.PROJECT, "")
    async with piece.copy.parts.database.unit_of_work() as work:
        project = await work.session.get_one(ProjectRow, piece.project)
    assert not project.share_with_team
    assert await piece.copy.unsent() == 0


async def test_what_i_no_longer_share_stays_here_and_comes_back_when_i_share_it_again(
    piece: Piece,
) -> None:
    await piece.copy.do(UpdateProject(project_id=piece.project, share_with_team=False))
    await piece.copy.synced()
    assert "project" not in {kind for kind, _ in await told_by(piece.server, piece.owner)}
    await piece.save("Meanwhile.")
    await piece.copy.synced()
    assert await piece.text() == "Meanwhile."
    await piece.copy.do(UpdateProject(project_id=piece.project, share_with_team=True))
    await piece.copy.synced()
    assert await piece.text_there() == "Meanwhile."
    assert await piece.copy.rows() == await told_by(piece.server, piece.owner)
    assert await piece.copy.conflicts() == []
    assert await piece.copy.refused() == []


async def test_a_refused_change_is_shown_until_it_is_changed_or_given_up(
    piece: Piece, owner: Teammate
) -> None:
    for name in ("Taken", "Taken, too"):
        await do(piece.server, CreateProject(name=name, share_with_team=False))
    await piece.copy.do(UpdateProject(project_id=piece.project, name="Taken"))
    await piece.copy.synced()
    (found,) = (await do(piece.copy.parts, ListQuarantine())).refused
    assert (found.code, found.what, found.fields) == ("CONFLICT", "Taken", {"name": "Taken"})
    assert "Choose another name" in found.message
    await do(piece.copy.parts, RetryQuarantined(refused_id=found.refused_id))
    await piece.copy.synced()
    assert len(await piece.copy.refused()) == 1
    await piece.copy.do(UpdateProject(project_id=piece.project, name="Free"))
    await piece.copy.synced()
    assert await piece.copy.refused() == []
    assert await piece.copy.rows() == await told_by(piece.server, owner)

    await piece.copy.do(UpdateProject(project_id=piece.project, name="Taken"))
    made = await piece.copy.do(CreateProject(name="Taken, too", share_with_team=True))
    call = CreateActivity(topic="In vain", project_id=made.project_id)
    in_vain = (await piece.copy.do(call)).activity_id
    await piece.copy.synced()
    refused = (await do(piece.copy.parts, ListQuarantine())).refused
    assert {each.entity for each in refused} == {Entity.PROJECT}  # what is in it waits for it
    for each in refused:
        await do(piece.copy.parts, DiscardQuarantined(refused_id=each.refused_id))
    await piece.copy.synced()
    assert await piece.copy.refused() == []
    assert await piece.copy.unsent() == 0
    assert await piece.copy.rows() == await told_by(piece.server, owner)
    async with piece.copy.parts.database.unit_of_work() as work:
        assert await work.activities.get(in_vain) is not None  # it stays here
        mine = await work.session.get_one(ProjectRow, made.project_id)
    assert not mine.share_with_team


async def test_a_text_that_is_being_written_here_is_not_touched(piece: Piece) -> None:
    await on(piece.copy.parts, update(ActivityRow).values(status="generating"))
    await piece.save_there("Theirs.")
    await piece.copy.synced()
    assert await piece.text() == "One."
    assert await piece.copy.unsent() == 1  # its status, once it is written
    await on(piece.copy.parts, update(ActivityRow).values(status="completed"))
    await piece.copy.synced()
    assert await piece.text() == await piece.text_there() == "Theirs."
    assert await piece.copy.rows() == await told_by(piece.server, piece.owner)


async def test_an_organization_that_is_left_leaves_only_what_was_never_shared(
    piece: Piece, owner: Teammate
) -> None:
    own = await piece.copy.do(CreateProject(name="My own"))
    member = OrganizationMemberRow.user_id == owner.user_id
    await on(piece.server, update(OrganizationMemberRow).where(member).values(is_active=False))
    await piece.copy.synced()
    async with piece.copy.parts.database.unit_of_work() as work:
        query = select(OrganizationRow).where(OrganizationRow.name == "My Company")
        organization = (await work.session.scalars(query)).one()
        projects = await work.mirror_rows.projects(organization.id)
        user = (await work.workspaces.member()).user_id
        role = await work.organizations.role(user, organization.id)
    assert [each.id for each in projects] == [own.project_id]
    assert (organization.plan, organization.deleted_at, role) == ("local", None, "owner")
    await on(piece.server, update(OrganizationMemberRow).where(member).values(is_active=True))
    await piece.copy.synced()
    assert await piece.copy.rows() == await told_by(piece.server, owner)
    async with piece.copy.parts.database.unit_of_work() as work:
        organization = await work.session.get_one(OrganizationRow, organization.id)
    assert organization.plan == "pro"


async def test_without_its_mirror_a_machine_has_its_own_and_can_be_joined_again(
    piece: Piece, owner: Teammate
) -> None:
    await piece.copy.do(CreateProject(name="My own"))
    await piece.save("Not sent.")
    async with piece.copy.parts.database.unit_of_work() as work:
        await remove_mirror(work, piece.copy.account_id)
        await work.commit()
        names = await work.session.scalars(select(ProjectRow.name))
        assert list(names) == ["My own"]
    assert await piece.copy.rows() == {}

    async def signed_out_meanwhile(send: Any) -> Any:
        answer = await send()
        await on(piece.copy.parts, update(ServerAccountRow).values(state="signed_out"))
        return answer

    piece.copy.line.faults = [signed_out_meanwhile]
    assert (await piece.copy.sync()).kind == "signed_out"
    assert await piece.copy.rows() == {}
    await on(piece.copy.parts, update(ServerAccountRow).values(state="signed_in"))
    await piece.copy.synced()
    assert await piece.copy.rows() == await told_by(piece.server, owner)
    await piece.copy.shared_piece("Mint")
    await piece.copy.synced()
    assert await piece.copy.rows() == await told_by(piece.server, owner)


async def test_a_change_during_the_freezing_is_sent_after_it(piece: Piece) -> None:
    """Whoever sends holds what waits: a writer that comes between waits, and is noted anew."""
    await piece.save("Two.")
    async with piece.copy.parts.database.unit_of_work() as freezing:
        (waiting,) = await freezing.outbox.waiting(piece.copy.account_id)
        async with piece.copy.parts.database.unit_of_work() as writer:
            await writer.session.execute(text("SET LOCAL lock_timeout = '50ms'"))
            with pytest.raises(Exception, match="lock timeout"):
                await writer.session.execute(update(ActivityRow).values(status="archived"))
        await freezing.outbox.change(waiting.id, state="sent", seq=99)
        await freezing.commit()
    await on(piece.copy.parts, update(ActivityRow).values(status="archived"))
    assert await piece.copy.unsent() == 2


async def test_an_account_that_is_removed_during_a_round_ends_it_calmly(copy: Copy) -> None:
    async def gone_meanwhile(send: Any) -> Any:
        answer = await send()
        await on(copy.parts, delete(ServerAccountRow))
        return answer

    copy.line.faults = [gone_meanwhile]
    assert (await copy.sync()).kind == "signed_out"
    assert (await copy.sync()).kind == "signed_out"

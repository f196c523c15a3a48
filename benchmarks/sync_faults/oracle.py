"""Looks once, when all is quiet: equal everywhere, nothing lost, nothing done twice."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import select

from benchmarks.sync_faults.desk import Desk
from benchmarks.sync_faults.edits import People, Written, texts
from marketer_desktop.domain.sync import Entity
from marketer_desktop.services.mirror_burial import WHOLE_ROW
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.sync_data import change_of
from marketer_desktop.storage.repositories.sync_rows import Window
from marketer_desktop.storage.repositories.sync_streams import Stream
from marketer_desktop.storage.repositories.workspaces import NOWHERE, Member
from marketer_desktop.storage.tables import (
    ActivityRow,
    CampaignRow,
    ProjectRow,
    SyncOutboxRow,
    UserRow,
)
from marketer_desktop.storage.unit_of_work import UnitOfWork
from tests.factories.serving import client_of
from tests.factories.syncing import Desktop

OF_PERSON = (Entity.NOTIFICATION,)
OF_ORGANIZATION = tuple(set(Entity) - {Entity.NOTIFICATION, Entity.USAGE_EVENT})
ALL, MANY = Window(-1, 0), 10_000
HISTORY = "SELECT line, sync_id, field, value FROM history ORDER BY place"
HOME = {ProjectRow: Entity.PROJECT, CampaignRow: Entity.CAMPAIGN, ActivityRow: Entity.ACTIVITY}


@dataclass(frozen=True)
class Step:
    """What has become of a field on the server.

    A row gets its identity after its first values; its `line` in the server's tables it keeps.
    """

    line: str
    sync_id: UUID
    field: str
    value: str | None


async def history(server: Parts) -> list[Step]:
    """All steps, in their order."""
    async with await psycopg.AsyncConnection.connect(server.database_url) as connection:
        found = await connection.execute(HISTORY)
        return [Step(*row) for row in await found.fetchall()]


@dataclass
class Kept:
    """What a desktop keeps for a person to decide: values as JSON by row, and whole rows."""

    values: dict[UUID, list[str]]
    rows: set[UUID]
    unsent: list[str]
    texts: set[str]  # all that is on this machine


async def kept(desk: Desk) -> Kept:
    """Conflicts and quarantine; and what should have been sent."""
    values: dict[UUID, list[str]] = defaultdict(list)
    rows: set[UUID] = set()
    async with desk.parts.database.unit_of_work() as work:
        for conflict in await work.sync_conflicts.all():
            values[conflict.sync_id].append(json.dumps(conflict.mine))
            if conflict.field == WHOLE_ROW:
                rows.add(conflict.sync_id)
        for refused in await work.outbox.refused(desk.account_id):
            values[refused.sync_id].append(json.dumps(refused.fields))
            rows.add(refused.sync_id)
        unsent = []
        waiting = await work.outbox.waiting(desk.account_id)
        for row in (*waiting, *await work.outbox.sent(desk.account_id)):
            if await _hangs_on(work, row, rows):
                rows.add(row.sync_id)
            else:
                unsent.append(f"{row.entity} {row.sync_id}")
    return Kept(values, rows, unsent, await texts(desk.parts))


async def _hangs_on(work: UnitOfWork, row: SyncOutboxRow, refused: set[UUID]) -> bool:
    """Whether it is new in a row that somebody has to decide on first."""
    entity = Entity(row.entity)
    placed = await work.sync_rows.placed(entity, row.sync_id)
    if placed is None or row.base_version:
        return False
    above = (await work.sync_rows.here(entity, placed)).above
    return any(each.sync_id in refused for each in above)


async def complaints(
    server: Parts, desks: Sequence[Desk], people: People, lost: Sequence[Step]
) -> list[str]:
    """What is wrong; `lost` is the history that went with a restored backup."""
    told, steps = [], await history(server)
    mine = [await kept(desk) for desk in desks]
    for number, desk in enumerate(desks):
        told += [f"desktop {number} has not sent {each}" for each in mine[number].unsent]
        told += await _differences(server, desk, number, mine[number])
    told += _losses(people, steps, mine, lost)
    told += _doubles(people, steps)
    told += await _twins(server)
    return told


async def doubled(server: Parts, people: People) -> list[str]:
    """What was lost or done twice by desktops that have no copies to compare."""
    steps = await history(server)
    there = {(step.field, step.value) for step in steps}
    lost = [f"lost: {each}" for each in people.written if (each.field, each.value) not in there]
    return [*lost, *_doubles(people, steps), *await _twins(server)]


async def _differences(server: Parts, desk: Desk, number: int, kept: Kept) -> list[str]:
    """Where a desktop's copy is not, byte for byte, what the server tells its person."""
    async with client_of(server, replace(desk.person, slug="")) as client:
        truth = Desktop(client)
        await truth.pull()
    told = []
    async with desk.parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        # The account's person is the one at the desktop, who has another address there.
        own = (await work.session.get_one(UserRow, member.user_id)).email
        here = await _here(work, desk, member.user_id)
        for (entity, sync_id), row in truth.rows.items():
            if UUID(sync_id) in kept.rows:
                continue
            if (entity, sync_id) not in here:
                told.append(f"desktop {number} lacks {entity} {sync_id}")
                continue
            ours = _canonical(here[entity, sync_id]).replace(own, desk.person.email)
            theirs = _canonical(row)
            if ours != theirs:
                told.append(f"desktop {number} has {entity}\n  {ours}\nbut\n  {theirs}")
        told += [
            f"desktop {number} still has {entity} {sync_id}"
            for entity, sync_id in await _shared(work, desk)
            if (entity, str(sync_id)) not in truth.rows and sync_id not in kept.rows
        ]
    return told


async def _here(work: UnitOfWork, desk: Desk, user_id: int) -> dict[tuple[str, str], Any]:
    """A desktop's rows as a server would tell its person of them, by kind and identity."""
    streams = [Stream(Member(user_id, NOWHERE), None, 0, 0)]
    for row in await work.sync_states.organizations(desk.account_id):
        role = await work.organizations.role(user_id, row.id)
        streams.append(Stream(Member(user_id, row.id, role or "none"), row.sync_id, 0, 0))
    found = {}
    for stream in streams:
        for entity in OF_PERSON if stream.sync_id is None else OF_ORGANIZATION:
            for row in await work.sync_rows.changed(entity, stream, ALL, None, MANY):
                change = change_of(row).model_dump(mode="json")
                found[change["entity"], change["sync_id"]] = change
    return found


def _canonical(row: dict[str, Any]) -> str:
    """A machine counts its own texts of an activity, sent or not: that number is its own."""
    if row["entity"] == Entity.REVISION:
        row = {**row, "data": {**row["data"], "number": None}}
    return json.dumps(row, sort_keys=True)


async def _shared(work: Any, desk: Desk) -> list[tuple[str, UUID]]:
    """What of a desktop's content the team should have."""
    found = []
    homes = [row.id for row in await work.sync_states.organizations(desk.account_id)]
    projects = select(ProjectRow.id).where(
        ProjectRow.organization_id.in_(homes), ProjectRow.share_with_team
    )
    campaigns = select(CampaignRow.id).where(CampaignRow.project_id.in_(projects))
    for kind, of in (
        (ProjectRow, ProjectRow.id.in_(projects)),
        (CampaignRow, CampaignRow.project_id.in_(projects)),
        (ActivityRow, ActivityRow.campaign_id.in_(campaigns)),
    ):
        rows = await work.session.scalars(select(kind.sync_id).where(of))
        found += [(HOME[kind].value, each) for each in rows.all()]
    return found


def _losses(
    people: People, steps: Sequence[Step], mine: Sequence[Kept], lost: Sequence[Step]
) -> list[str]:
    """What somebody wrote, and is neither on the server nor before anybody's eyes."""
    there = {(step.field, step.value) for step in steps}
    last: dict[tuple[int | None, UUID, str], Written] = {}
    for each in people.written:
        last[each.by, each.sync_id, each.field] = each
    overwritten = _overwritten(lost)
    told = []
    for each in last.values():
        key = (each.field, each.value)
        if key in there or key in overwritten or _is_given_up(people, each):
            continue
        if each.by is None:
            if not any(step.value == each.value for step in lost):
                told.append(f"lost on the server itself: {each}")
        elif not _is_kept(mine[each.by], each):
            told.append(f"lost: {each}")
    return told


def _overwritten(lost: Sequence[Step]) -> set[tuple[str, str | None]]:
    """What had been replaced by something newer before the backup took both away."""
    newest = {(step.line, step.field): step.value for step in lost}
    return {
        (step.field, step.value) for step in lost if newest[step.line, step.field] != step.value
    }


def _is_kept(kept: Kept, written: Written) -> bool:
    if json.dumps(written.value) in kept.texts:
        return True  # it is on this machine, and not told as the team's: see `_differences`
    value = json.dumps(written.value)[1:-1]
    return any(value in each for each in kept.values[written.sync_id])


def _is_given_up(people: People, written: Written) -> bool:
    value = json.dumps(written.value)[1:-1]
    return any(value in each for each in people.given_up)


def _doubles(people: People, steps: Sequence[Step]) -> list[str]:
    """What has come about on the server more often than somebody wanted it."""
    values = {each.value for each in people.written}
    times = Counter((step.field, step.value) for step in steps if step.value in values)
    return [f"{n} times: {key}" for key, n in times.items() if n > 1 + _chosen(people, key[1])]


def _chosen(people: People, value: str | None) -> int:
    """How often somebody has kept it in place of what the server had by then."""
    return sum(json.dumps(value)[1:-1] in each for each in people.chosen)


async def _twins(server: Parts) -> list[str]:
    """Rows that were made twice."""
    told = []
    async with await psycopg.AsyncConnection.connect(server.database_url) as connection:
        for query in (
            "SELECT name FROM projects GROUP BY name HAVING count(*) > 1",
            "SELECT name FROM campaigns GROUP BY project_id, name HAVING count(*) > 1",
            "SELECT topic FROM activities GROUP BY topic HAVING count(*) > 1",
            "SELECT event_type FROM usage_events GROUP BY event_type HAVING count(*) > 1",
        ):
            found = await connection.execute(query.encode())
            told += [f"twice on the server: {row[0]}" for row in await found.fetchall()]
    return told

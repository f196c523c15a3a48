"""One row that a server tells of: taken into this machine's copy, merged with what was changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from marketer_desktop.domain.sync import Change, Entity
from marketer_desktop.domain.sync_fields import NAMES, TEXT, fields_of, with_fields
from marketer_desktop.domain.sync_merge import Dispute, Merged, alike, differing, merge
from marketer_desktop.services.mirror_burial import Burials
from marketer_desktop.services.mirror_columns import HOMES, PERSONS, Place, columns_of
from marketer_desktop.services.sync_data import DATA, change_of
from marketer_desktop.storage.repositories.sync_rows import Placed, SyncedRow
from marketer_desktop.storage.repositories.workspaces import LOCAL_EMAIL
from marketer_desktop.storage.tables import ServerAccountRow, SyncBaseRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

Row = dict[str, Any]
RUNS_HERE = "generating"
APART = ("slug",)  # it may have a number here


class OutOfOrder(ValueError):
    """A row came before what it hangs on: something was missed."""

    def __init__(self) -> None:
        super().__init__("The server told of a row before what it belongs to. It is read anew.")


class Mirror:
    """The copy of an account's rows, inside one transaction that is applied quietly."""

    def __init__(
        self, work: UnitOfWork, account: ServerAccountRow, history: int, *, is_alone: bool
    ) -> None:
        self._work, self._account, self._is_alone = work, account, is_alone
        self._history = history
        self._ours: dict[int, bool] = {}
        self._homes: dict[UUID, Placed] = {}  # of this page: many rows hang on the same few
        self._persons: dict[str, int] = {}
        self.burials = Burials(work, account)

    async def apply(self, change: Change) -> None:
        """Take the row as it stands there. Raises `OutOfOrder`, `UnfitRow`.

        What belongs to organizations of other accounts, or to none of a server, is left alone.
        """
        placed = await self._work.sync_rows.placed(change.entity, change.sync_id)
        if placed is not None and not await self._is_ours(change, placed):
            return
        if change.data is None:
            self._homes.clear()
            await self.burials.bury(change.entity, change.sync_id, placed)
        elif change.entity is Entity.ORGANIZATION:
            await self._organization(change, placed)
        elif (home := await self._home(change)) != NOT_OURS:
            await self._row(change, placed, home)

    async def _is_ours(self, change: Change, placed: Placed) -> bool:
        if change.entity is Entity.NOTIFICATION:
            base = await self._work.sync_bases.get(self._account.id, change.sync_id)
            return base is not None
        if change.entity is Entity.ORGANIZATION:
            is_mirror, account_id = await self._work.sync_states.mirrored_by(placed.number)
            return is_mirror and account_id in (None, self._account.id)
        return await self._comes_from_us(placed.organization_id)

    async def _comes_from_us(self, organization_id: int | None) -> bool:
        number = organization_id or 0
        if number not in self._ours:
            found = await self._work.sync_states.mirrored_by(number)
            self._ours[number] = found == (True, self._account.id)
        return self._ours[number]

    async def _organization(self, change: Change, placed: Placed | None) -> None:
        number = None if placed is None else placed.number
        slug = await self._work.mirror_rows.free_slug(str(getattr(change.data, "slug", "")), number)
        await self._row(change, placed, None, {"slug": slug, "deleted_at": None})
        row = await self._work.sync_states.organization(change.sync_id)
        assert row is not None
        await self._work.sync_states.let_mirror(self._account.id, row.id)
        self._ours[row.id] = True

    async def _home(self, change: Change) -> int | None:
        """The number of what it hangs on; `NOT_OURS` if that is not from this account."""
        name, kind = HOMES[change.entity]
        sync_id = getattr(change.data, name)
        placed = sync_id and await self._home_placed(kind, sync_id)
        if placed:
            ours = await self._comes_from_us(placed.organization_id)
            return placed.number if ours else NOT_OURS
        if change.entity is Entity.NOTIFICATION:
            return None
        if not self._is_alone:  # another account of this machine may have the organization
            return NOT_OURS
        raise OutOfOrder

    async def _home_placed(self, kind: Entity, sync_id: UUID) -> Placed | None:
        placed = self._homes.get(sync_id) or await self._work.sync_rows.placed(kind, sync_id)
        if placed is not None:
            self._homes[sync_id] = placed
        return placed

    async def _row(
        self, change: Change, placed: Placed | None, home: int | None, more: Row | None = None
    ) -> None:
        entity, theirs = change.entity, _json(change.data)
        if entity is Entity.PROJECT:
            theirs["share_with_team"] = True
        base = await self._work.sync_bases.get(self._account.id, change.sync_id)
        if theirs.get("status") == RUNS_HERE and entity is Entity.ACTIVITY:
            # It is written there; nothing is here.
            theirs["status"] = ((base and base.data) or {}).get("status", "draft")
        here, final = None, theirs
        if placed is not None:
            await self._work.sync_rows.hold(entity, placed)
            here = await self._work.sync_rows.here(entity, placed)
            if base is not None and entity is Entity.ACTIVITY and here.row.status == RUNS_HERE:
                late = change.model_dump(mode="json")
                await self._work.sync_bases.keep_late(self._account.id, change.sync_id, late)
                return
            if entity in NAMES:
                final = await self._merged(change, base, row_json(here), theirs)
        await self._write(change, here, final, home, more or {})
        kept = theirs if entity in NAMES else {"number": theirs.get("number")}
        await self._work.sync_bases.keep(
            self._account.id, change.sync_id, entity, change.version, kept
        )
        if differing(fields_of(entity, theirs), fields_of(entity, final)):
            await self._work.outbox.wait(self._account.id, entity, change.sync_id)
        else:
            await self._work.outbox.drop_waiting(self._account.id, change.sync_id)
        if entity is Entity.PROJECT and here is not None and final["share_with_team"]:
            await self._share_again(here)
        if entity is Entity.CAMPAIGN and here is not None and base is None:
            await self.send_inside(here.row.id)

    async def _share_again(self, project: SyncedRow) -> None:
        """What was made in a project while it did not sync is sent, now that it does."""
        if project.row.share_with_team:
            return
        inside = await self._work.mirror_rows.inside(Entity.PROJECT, project.row.id)
        for entity, sync_id in inside:
            if entity in (Entity.CAMPAIGN, Entity.ACTIVITY):
                await self._work.outbox.wait(self._account.id, entity, sync_id)

    async def send_inside(self, campaign: int) -> None:
        """What was made in a campaign while it was of this machine alone is sent from now on."""
        bases, outbox = self._work.sync_bases, self._work.outbox
        for entity, sync_id in await self._work.mirror_rows.inside(Entity.CAMPAIGN, campaign):
            is_known = await bases.get(self._account.id, sync_id) is not None
            is_coming = await outbox.is_unsettled(self._account.id, [sync_id])
            if entity is Entity.ACTIVITY and not (is_known or is_coming):
                await outbox.wait(self._account.id, entity, sync_id)

    async def restore(self, entity: Entity, sync_id: UUID) -> None:
        """Let a row be as the server has it; one that is not there stays on this machine alone."""
        base = await self._work.sync_bases.get(self._account.id, sync_id)
        placed = await self._work.sync_rows.placed(entity, sync_id)
        await self._work.outbox.drop_waiting(self._account.id, sync_id)
        if placed is None:
            return
        await self._work.sync_rows.hold(entity, placed)
        here = await self._work.sync_rows.here(entity, placed)
        if base is not None and base.data is not None:
            columns = own_columns(entity, base.data, here)
            await self._work.mirror_rows.change(entity, placed.number, columns)
        elif entity is Entity.PROJECT:
            values = {"share_with_team": False}
            await self._work.mirror_rows.change(entity, placed.number, values)

    async def _merged(
        self, change: Change, base: SyncBaseRow | None, mine: Row, theirs: Row
    ) -> Row:
        """The row as it shall be here; what is disputed is noted."""
        entity = change.entity
        ancestor = _ancestor(entity, change.version, base, theirs, self._history)
        merged = merge(ancestor, fields_of(entity, mine), fields_of(entity, theirs))
        if entity is Entity.NOTIFICATION:  # what somebody has read is read
            merged = Merged({**merged.fields, **{d.field: d.mine for d in merged.disputes}}, [])
        disputes = [each for each in merged.disputes if each.field != "share_with_team"]
        await self._note(change, merged.fields, disputes)
        final = with_fields(entity, theirs, merged.fields)
        if entity is Entity.ACTIVITY and not alike(
            merged.fields[TEXT], fields_of(entity, theirs)[TEXT]
        ):
            final["report"] = mine.get("report")  # it is one on this text
        return final

    async def _note(self, change: Change, fields: Row, disputes: list[Dispute]) -> None:
        conflicts = self._work.sync_conflicts
        for old in await conflicts.of_row(self._account.id, change.sync_id):
            if not old.field or alike(old.mine, fields.get(old.field)):
                await conflicts.drop(old.id)
        for each in disputes:
            await conflicts.add(
                self._account.id, change.entity, change.sync_id, each.field, each.mine
            )

    async def _write(
        self, change: Change, here: SyncedRow | None, final: Row, home: int | None, more: Row
    ) -> None:
        entity, rows = change.entity, self._work.mirror_rows
        data = DATA[entity].model_validate(final)
        place = Place(home, await self._person(entity, data), f"mirror-{change.sync_id}")
        columns = columns_of(entity, data, place, here.row if here else None) | more
        if entity is Entity.PROJECT:
            columns["share_with_team"] = final["share_with_team"]
        if entity is Entity.MEMBER and here and here.row.user_id == self._account.user_id:
            columns["user_id"] = self._account.user_id  # whatever the address is there now
        if entity is Entity.MEMBER:
            await rows.make_room(columns["organization_id"], columns["user_id"], change.sync_id)
        columns |= {"sync_id": change.sync_id, "version": change.version}
        if entity is Entity.REVISION:
            await rows.drop_copies(
                columns["activity_id"], change.sync_id, columns["markdown"], columns["title"]
            )
            if here is not None:
                columns["number"] = here.row.number
            else:
                columns["number"] = await rows.revision_place(
                    self._account.id, columns["activity_id"], columns["number"]
                )
        if here is None:
            await rows.add(entity, columns)
        else:
            await rows.change(entity, here.row.id, columns)

    async def _person(self, entity: Entity, data: Any) -> int | None:
        if entity is Entity.NOTIFICATION:
            return self._account.user_id
        name, _ = PERSONS.get(entity, ("", ""))
        person = getattr(data, name, None)
        if person is None:
            return None
        if person.email.lower() == self._account.email.lower():
            return self._account.user_id
        # The person at the server's own computer is not the one at this.
        known_as = f"{person.email}.{self._account.id}" if person.email == LOCAL_EMAIL else None
        email = known_as or person.email
        if email not in self._persons:
            self._persons[email] = await self._work.mirror_rows.person(email, person.name)
        return self._persons[email]


NOT_OURS = -1


def row_json(synced: SyncedRow) -> Row:
    """A row of this machine as a server would be told of it."""
    row = _json(change_of(synced).data)
    if synced.entity is Entity.PROJECT:
        row["share_with_team"] = synced.row.share_with_team
    return row


def _json(data: Any) -> Row:
    return dict(data.model_dump(mode="json"))


def _ancestor(
    entity: Entity, version: int, base: SyncBaseRow | None, theirs: Row, history: int
) -> dict[str, Any] | None:
    """What both sides began with; None if that is not known.

    A server that was restored tells of older rows than it did before: ours are newer then, unless
    the row was changed since.
    """
    if base is None or base.data is None:
        return None
    before, there = fields_of(entity, base.data), fields_of(entity, theirs)
    if version > base.version and base.generation >= history:
        return before
    if not differing(before, there):
        return there
    is_older = "updated_at" in theirs and _stamp(theirs) <= _stamp(base.data)
    return there if is_older else None


def _stamp(row: Row) -> datetime:
    told = row.get("updated_at")
    return datetime.fromisoformat(told) if told else datetime.max


def own_columns(entity: Entity, row: Row, here: SyncedRow) -> Row:
    """The columns of a row that is here, where it belongs to what and whom it does."""
    home, person = HOMES.get(entity, ("", None))[0], PERSONS.get(entity, ("", ""))[1]
    data = DATA[entity].model_validate(row)
    columns = columns_of(entity, data, Place(None, None, ""), here.row)
    if entity is Entity.PROJECT:
        columns["share_with_team"] = row["share_with_team"]
    apart = {f"{home}_id", person, *APART}
    return {name: value for name, value in columns.items() if name not in apart}


def changed_here(base: SyncBaseRow | None, synced: SyncedRow) -> dict[str, Any]:
    """The fields of a row that its server does not have so."""
    before = None if base is None or base.data is None else fields_of(synced.entity, base.data)
    return differing(before, fields_of(synced.entity, row_json(synced)))

"""What has changed for a person since they last asked, for the copy that their desktop keeps."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Annotated, NamedTuple
from uuid import UUID

from pydantic import Field

from marketer_desktop.domain.sync import MOST_CHANGES, Change, ChangePage, Entity
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import CursorExpired
from marketer_desktop.services.sync_cursor import LONGEST, Cursor, Key, Place, cursor_of, written
from marketer_desktop.services.sync_data import burial_of, change_of
from marketer_desktop.storage.repositories.sync_rows import (
    HIDEABLE,
    Known,
    SyncedRow,
    Window,
)
from marketer_desktop.storage.repositories.sync_streams import Stream
from marketer_desktop.storage.unit_of_work import UnitOfWork

MOST_TEXTS = 20  # in one page: they may be long
TEXTS = (Entity.ACTIVITY, Entity.REVISION)


class PullChanges(Call[ChangePage]):
    """The next page after a cursor; without one, everything from the beginning."""

    cursor: Annotated[str, Field(max_length=LONGEST)] | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_CHANGES)] = 100


class Read(NamedTuple):
    """The changes of one step, and after which row it goes on; None at its end."""

    changes: list[Change]
    after: UUID | None


Step = Callable[[UnitOfWork, Stream, Window, UUID | None, int], Awaitable[Read]]


async def pull_changes(call: PullChanges, parts: Parts, emit: Emit) -> ChangePage:
    """Raises `CursorExpired` if the client has to begin anew."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        cursor = cursor_of(call.cursor, await work.sync_epochs.current(), member.user_id)
        streams = {each.key: each for each in await work.sync_streams.of_user(member.user_id)}
        _check(cursor, streams)
        page = _left(cursor, streams)
        has_more = False
        for stream in _in_turn(cursor, streams):
            has_more = not await _fill(work, page, cursor, stream, call.limit)
            if has_more:
                break
        await work.commit()
    return ChangePage(changes=page, cursor=written(cursor), has_more=has_more)


def _check(cursor: Cursor, streams: dict[Key, Stream]) -> None:
    """Nobody has read what is not written yet, but in another history than this one."""
    read = {**cursor.read, **({cursor.place.stream: cursor.place.to} if cursor.place else {})}
    if any(streams[key].version < to for key, to in read.items() if key in streams):
        raise CursorExpired


def _left(cursor: Cursor, streams: dict[Key, Stream]) -> list[Change]:
    """The tombstones of organizations that the person no longer belongs to."""
    if cursor.place is not None and cursor.place.stream not in streams:
        cursor.read.setdefault(cursor.place.stream, cursor.place.to)
        cursor.place = None
    left = {key: to for key, to in cursor.read.items() if key not in streams}
    cursor.read = {key: to for key, to in cursor.read.items() if key in streams}
    return [
        burial_of(Known(Entity.ORGANIZATION, key, to)) for key, to in left.items() if key != "own"
    ]


def _in_turn(cursor: Cursor, streams: dict[Key, Stream]) -> list[Stream]:
    """The streams that there is something to read of, that which is being read first."""
    place = cursor.place.stream if cursor.place else None
    waiting = [s for s in streams.values() if place == s.key or cursor.since(s.key) != s.version]
    return sorted(waiting, key=lambda each: each.key != place)


async def _fill(
    work: UnitOfWork, page: list[Change], cursor: Cursor, stream: Stream, limit: int
) -> bool:
    """Read on in a stream; whether it was read to its end."""
    place = cursor.place or Place(stream=stream.key, to=stream.version)
    window = Window(cursor.since(stream.key), place.to)
    steps = OF_A_PERSON if stream.sync_id is None else OF_AN_ORGANIZATION
    while place.step < len(steps):
        room = limit - len(page)
        if room <= 0:
            cursor.place = place
            return False
        read = await steps[place.step](work, stream, window, place.after, room)
        page += read.changes
        if read.after is None:
            place = Place(stream=place.stream, to=place.to, step=place.step + 1)
        else:
            place = place.model_copy(update={"after": read.after})
    cursor.read[stream.key] = place.to
    cursor.place = None
    return True


async def _buried(
    work: UnitOfWork, stream: Stream, window: Window, after: UUID | None, room: int
) -> Read:
    found = await work.sync_rows.buried(stream, window, after, room)
    there = await work.sync_rows.there(stream, found)
    gone = [burial_of(each) for each in found if each.sync_id not in there]
    return Read(gone, _last(found, room))


async def _hidden(
    entity: Entity,
    work: UnitOfWork,
    stream: Stream,
    window: Window,
    after: UUID | None,
    room: int,
) -> Read:
    found = await work.sync_rows.hidden(entity, stream, window, after, room)
    return Read([burial_of(each) for each in found], _last(found, room))


async def _changed(
    entity: Entity,
    work: UnitOfWork,
    stream: Stream,
    window: Window,
    after: UUID | None,
    room: int,
) -> Read:
    most = min(room, MOST_TEXTS) if entity in TEXTS else room
    found = await work.sync_rows.changed(entity, stream, window, after, most)
    above = await _above(work, stream, window, found)
    return Read([change_of(each) for each in (*above, *found)], _last(found, most))


async def _above(
    work: UnitOfWork, stream: Stream, window: Window, found: Sequence[SyncedRow]
) -> list[SyncedRow]:
    """What these rows hang on, where it has changed so late that it may have been left out."""
    late = {
        known.sync_id: known.entity
        for each in found
        for known in each.above
        if known.version > window.to
    }
    rows = [await work.sync_rows.one(entity, stream, each) for each, entity in late.items()]
    there = [row for row in rows if row is not None]
    return sorted(there, key=lambda each: ORDER.index(each.entity))


def _last(found: Sequence[Known] | Sequence[SyncedRow], asked: int) -> UUID | None:
    if len(found) < asked:
        return None
    last = found[-1]
    return last.sync_id if isinstance(last, Known) else last.row.sync_id


ORDER = list(Entity)
OF_A_PERSON: Sequence[Step] = (_buried, partial(_changed, Entity.NOTIFICATION))
OF_AN_ORGANIZATION: Sequence[Step] = (
    _buried,
    *(partial(_hidden, entity) for entity in HIDEABLE),
    *(
        partial(_changed, entity)
        for entity in ORDER
        if entity not in (Entity.NOTIFICATION, Entity.USAGE_EVENT)
    ),
)

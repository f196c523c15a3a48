"""The lease of a run: one holder at a time, gone with its connection."""

from marketer_desktop.storage.checkpoints import open_checkpointer
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.lease import leased, take_lease
from tests.patience import becomes_true


async def held(database: Database) -> set[int]:
    async with database.unit_of_work() as work:
        return await leased(work.session)


async def becomes(database: Database, expected: set[int]) -> None:
    """The server notices the end of a connection a moment later."""

    async def as_expected() -> bool:
        return await held(database) == expected

    await becomes_true(as_expected)


async def test_a_second_taker_is_refused_until_the_first_is_gone(
    database: Database, migrated_url: str
) -> None:
    async with open_checkpointer(migrated_url) as second:
        async with open_checkpointer(migrated_url) as first:
            assert await take_lease(first.conn, 7)  # type: ignore[arg-type]
            assert not await take_lease(second.conn, 7)  # type: ignore[arg-type]
            assert await take_lease(second.conn, 8)  # type: ignore[arg-type]
            assert await held(database) == {7, 8}
        await becomes(database, {8})
        assert await take_lease(second.conn, 7)  # type: ignore[arg-type]
    await becomes(database, set())


async def test_other_locks_are_no_leases(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.workspaces.local_workspace()  # holds an advisory lock of its own
        assert await leased(work.session) == set()

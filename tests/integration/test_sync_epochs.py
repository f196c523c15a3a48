"""The history of a database: it goes on after a restart, and ends where a backup is restored."""

from pathlib import Path
from uuid import UUID

from marketer_desktop.storage.backup import back_up
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.restore import restore


async def epoch(url: str) -> UUID:
    database = Database(url, pool_size=1)
    async with database.unit_of_work() as work:
        found = await work.sync_epochs.current()
        await work.commit()
    await database.close()
    return found


async def test_a_restored_backup_begins_another_history(migrated_url: str, tmp_path: Path) -> None:
    before = await epoch(migrated_url)
    assert await epoch(migrated_url) == before
    file = tmp_path / "backup.dump"
    back_up(migrated_url, file)
    restore(migrated_url, file, lambda: None)
    after = await epoch(migrated_url)
    assert after != before
    assert await epoch(migrated_url) == after

"""Puts a backup in place of the database, for `marketer db restore`."""

from functools import partial
from pathlib import Path

from pydantic import BaseModel

from marketer_desktop.bootstrap.database_alone import database_alone
from marketer_desktop.bootstrap.discard_index import discard_index
from marketer_desktop.services.back_up import back_up_before
from marketer_desktop.services.call import Say
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.backup import read_backup
from marketer_desktop.storage.migration import current_and_head, refuse_newer
from marketer_desktop.storage.restore import restore


class Restored(BaseModel):
    """The backup, the revision it had, the one it has now, and the backup of what was there."""

    path: Path
    backup_revision: str
    revision: str
    replaced: Path | None


def restore_backup(settings: Settings, file: Path, say: Say) -> Restored:
    """Replace the database by the backup in `file`; blocks.

    If anything goes wrong the database stays as it was. Raises BackupError, MigrationError,
    ServiceError while another process owns the folder, or DiskIsFull.
    """
    say("Checking the backup")
    backup_revision = read_backup(file)
    refuse_newer(backup_revision)
    with database_alone(settings, say) as url:
        present, head = current_and_head(url)
        replaced = None
        if present is not None:
            say("Backing up the present database")
            replaced = back_up_before(url, settings.data_dir, "restore")
        say("Restoring the database")
        restore(url, file, partial(discard_index, settings.data_dir / "chroma"))
    return Restored(path=file, backup_revision=backup_revision, revision=head, replaced=replaced)

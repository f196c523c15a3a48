"""Takes the search index away when the database it was made from is replaced."""

import shutil
from pathlib import Path


def discard_index(folder: Path) -> None:
    """Remove the search index: its numbers may stand for other documents in the backup.

    The next search or run builds it anew from the database.
    """
    discarded = folder.with_name(f"{folder.name}.discarded")
    shutil.rmtree(discarded, ignore_errors=True)
    if folder.exists():
        folder.rename(discarded)
        shutil.rmtree(discarded, ignore_errors=True)

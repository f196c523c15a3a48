"""Why an archive is not read or written, in sentences for people."""

from pathlib import Path

from marketer_desktop.storage.backup import BackupError


class ArchiveError(BackupError):
    """An archive could not be made, read or restored; the text says what happened, what to do."""


def damaged(file: Path, why: str) -> ArchiveError:
    """For what was whole once."""
    return ArchiveError(
        f"{file} is damaged or was cut off ({why}). Nothing was changed. Use another copy of it, "
        "or another archive."
    )


def unfit(file: Path, why: str) -> ArchiveError:
    """For what is whole, and not as our archives are."""
    return ArchiveError(
        f"{file} is not as Marketer Desktop makes its archives: {why}. Nothing was changed. Use "
        "an archive that you have made yourself."
    )


def newer(file: Path, version: str) -> ArchiveError:
    """For what a later version has written."""
    return ArchiveError(
        f"{file} was made by a newer version of Marketer Desktop ({version}). Nothing was "
        "changed. Update the application, then try again."
    )

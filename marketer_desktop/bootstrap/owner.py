"""The process that owns a data folder: reached, or said to be silent. Loads no service."""

from pathlib import Path

from marketer_desktop.services.call import ServiceError
from marketer_desktop.system.attach import AttachClient, NoOwner

HANDOVER_SECONDS = 60.0  # an owner on its way out, or one that is still starting


def silent_owner(data_dir: Path, process: int | None) -> ServiceError:
    """What to say when the owner of `data_dir` did not answer in time."""
    return ServiceError(
        f"Another process ({process}) owns {data_dir} but does not answer. End it, or choose "
        "another folder with --data-dir."
    )


async def attached(data_dir: Path) -> AttachClient | None:
    """A connection to the owner of `data_dir`; None if nobody answers there."""
    try:
        return await AttachClient.connect(data_dir)
    except NoOwner:
        return None

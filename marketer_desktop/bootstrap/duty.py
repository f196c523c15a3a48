"""What the engine of a process is there for."""

from dataclasses import dataclass
from pathlib import Path

from marketer_desktop.jobs.queue import CONCURRENCY


@dataclass(frozen=True)
class Duty:
    """One person at this computer, or many behind an API.

    `concurrency` is how many runs it writes at once. An engine that `serves` hands its runs to
    others when it ends, and takes up those of the dead. With a `folder` for its own files it is
    one of many; without one it owns the data folder, and nobody else works there.
    """

    concurrency: int = CONCURRENCY
    serves: bool = False
    folder: Path | None = None


DESKTOP = Duty()

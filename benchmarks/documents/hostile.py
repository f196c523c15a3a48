"""The hostile documents of the tests, and whether what became of each is as expected."""

from dataclasses import dataclass
from pathlib import Path

from marketer_desktop.services.ingest_document import IngestResult
from tests.factories import hostile

LONGEST_READABLE = 50_000  # bytes


@dataclass(frozen=True)
class Hostile:
    """A hostile file; what the error says, or the text holds where it can be read."""

    path: Path
    expected: str
    readable: bool

    def problem(self, result: IngestResult, chunks: list[str]) -> str | None:
        """What is wrong with the outcome, if anything."""
        if self.readable:
            found = any(self.expected in chunk for chunk in chunks)
            return None if found else f"its text is not in the index ({result.error})"
        if result.status != "error" or not result.error:
            return "it was taken in"
        if self.expected not in result.error:
            return f"the error is “{result.error}”, without “{self.expected}”"
        return None


def hostile_files(folder: Path) -> list[Hostile]:
    """Those that belong in a batch, made in `folder`.

    Left out are a folder, which stands for its files, what takes a minute to fail, and long texts
    that can be read: `benchmarks.fuzz` and the tests of the loaders have them.
    """
    folder.mkdir()
    made = hostile.hostile_files(folder)
    return [Hostile(each.path, each.expected, each.readable) for each in made if _fits(each)]


def _fits(made: hostile.Hostile) -> bool:
    if made.slow or made.path.is_dir():
        return False
    return not made.readable or made.path.stat().st_size <= LONGEST_READABLE

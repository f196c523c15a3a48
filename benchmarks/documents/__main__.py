"""`python -m benchmarks.documents`: 200 real documents and 40 hostile ones, in one batch.

All real ones must be indexed with the words that another reader finds in them, each hostile one
must end as expected while the batch goes on, and the engine's memory stays bounded. The documents
are gathered once into `build/documents`, from Debian's packages and the programs that make them.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.documents.corpus import Corpus
from benchmarks.documents.hostile import hostile_files
from benchmarks.documents.proof import shuffled, take_in
from benchmarks.documents.table import Report

FOLDER = Path("build/documents")


def main() -> None:
    """Gather, take in, compare, print; exit 1 if a limit is not met."""
    real = Corpus(FOLDER).gathered()
    with tempfile.TemporaryDirectory(prefix="marketer-documents-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        hostile = hostile_files(folder / "hostile")
        files = shuffled([*(each.path for each in real), *(each.path for each in hostile)])
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            outcome = runner.run(take_in(files, folder / "data", say))
    report = Report(real, hostile, outcome)
    print(report)
    sys.exit(1 if report.failures() else 0)


def say(message: str) -> None:
    """Progress, on standard error."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

"""`make proof-api`: invented requests to every operation; 1 for anything undocumented or broken.

`python -m benchmarks.api_proof [EXAMPLES]`: at most so many of each operation and phase.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import marketer_desktop.__main__  # noqa: F401 - sets the environment before the libraries load
from benchmarks.api_proof.asking import Proof, prove
from benchmarks.api_proof.table import table
from benchmarks.api_proof.team import team
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.storage.migration import upgrade
from marketer_desktop.system.places import runtime_dir
from tests.factories.engines import running_parts
from tests.fakes.scripted_chat_model import ScriptedChatModel

EXAMPLES = 25
LEAST = 5000
ROUNDS, LEAST_STEPS = 12, 100  # of sequences, and of requests that follow from another


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def database() -> Iterator[tuple[str, Path]]:
    """A real server of its own, and a folder for the rest."""
    with tempfile.TemporaryDirectory(prefix="mkt-api-") as place:
        folder = Path(place)
        postgres = EmbeddedPostgres(folder, runtime_dir(folder, "pg"))
        url = postgres.start()
        try:
            upgrade(url)
            yield url, folder
        finally:
            postgres.stop()


async def _proved(url: str, folder: Path, examples: int) -> Proof:
    embeddings, model = MiniLmEmbeddings(), ScriptedChatModel(about="coffee")
    try:
        async with (
            running_parts(url, folder / "data", model, embeddings) as parts,
            team(parts) as asked,
        ):
            return await asyncio.to_thread(prove, asked, examples, _tell, phases={}, rounds=ROUNDS)
    finally:
        embeddings.close()


def main() -> int:
    """Print the table; 1 for a finding, or if there were too few examples."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    with database() as (url, folder):
        proof = asyncio.run(_proved(url, folder, examples))
    print(table(proof))
    few = [
        f"only {found} {what}: at least {least} are asked for"
        for found, least, what in (
            (proof.examples, LEAST, "examples"),
            (proof.steps.total(), LEAST_STEPS, "steps behind another"),
        )
        if found < least
    ]
    print(*few, sep="\n", file=sys.stderr)
    return int(bool(proof.findings or few))


if __name__ == "__main__":
    raise SystemExit(main())

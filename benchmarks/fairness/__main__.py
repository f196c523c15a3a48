"""`python -m benchmarks.fairness`: fifty runs at once on one worker, beside unlocked savers."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

import marketer_desktop.__main__  # noqa: F401 - sets the environment before the libraries load
from benchmarks.fairness.crowd import Crowd
from benchmarks.fairness.model_server import model_server
from benchmarks.fairness.verdict import Figures, figures, table
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.storage.migration import upgrade
from marketer_desktop.system.places import runtime_dir

RUNS = 50
SLOTS, SECONDS = 5, 0.1  # of the model server: answers at once, and how long each takes
WARM_UP = 3
ORDER = (False, True, True, False)  # control or not: what drifts, drifts for both


async def measured(folder: Path, url: str, runs: int) -> Figures:
    """All crowds of the order, after a small one that warms everything up."""
    embeddings = MiniLmEmbeddings()
    with model_server(SLOTS, SECONDS) as address:
        await Crowd(url, folder / "warm", embeddings, address, WARM_UP).run()
        crowds = []
        for number, control in enumerate(ORDER):
            crowd = Crowd(url, folder / str(number), embeddings, address, runs)
            crowds.append((control, await crowd.run(control=control)))
            ended = sorted(run.ended for run in crowds[-1][1])
            sys.stderr.write(
                f"{runs} runs, {'control' if control else 'ours'}: the first ended after "
                f"{ended[0]:.1f} s, the last after {ended[-1]:.1f} s\n"
            )
    embeddings.close()
    return figures(crowds)


def main() -> int:
    """Print the figures; 1 if a limit is not met."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        postgres = EmbeddedPostgres(folder, runtime_dir(folder, "pg"))
        url = postgres.start()
        try:
            upgrade(url)
            found = asyncio.run(measured(folder, url, runs))
        finally:
            postgres.stop()
    sys.stdout.write(table(found) + json.dumps(found.model_dump()) + "\n")
    return 0 if found.met else 1


if __name__ == "__main__":
    raise SystemExit(main())

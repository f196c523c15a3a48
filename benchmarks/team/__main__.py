"""`python -m benchmarks.team`: 50 runs on two servers and two workers that are killed in turn."""

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.team.processes import Kind, Team
from benchmarks.team.proof import Outcome, prove
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from tests.factories.chroma import chroma_server
from tests.fakes.ollama_server import OllamaServer

TOKEN_SECONDS = 0.02


def main() -> None:
    """Exit with 1 if a run did not end once, or a stream has a gap."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between two kills")
    parser.add_argument("--patience", type=float, default=600.0, help="seconds after the last")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    outcome = proved(asked.runs, asked.kills, asked.pause, asked.patience, asked.seed)
    for complaint in outcome.complaints:
        print(complaint)
    killed = ", ".join(f"{count} × {kind}" for kind, count in outcome.kills.items())
    print(f"runs: {outcome.runs}; killed: {killed}; streams reconnected: {outcome.reconnects}")
    print(f"complaints: {len(outcome.complaints)}")
    sys.exit(1 if outcome.complaints else 0)


def proved(runs: int, kills: int, pause: float, patience: float, seed: int) -> Outcome:
    """On a PostgreSQL, a Chroma and an Ollama of its own."""
    with TemporaryDirectory(prefix="mkt-team-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        postgres = EmbeddedPostgres(folder / "postgres", folder / "run")
        url = postgres.start()
        try:
            with (
                chroma_server(folder / "chroma") as chroma,
                OllamaServer(token_seconds=TOKEN_SECONDS) as ollama,
                Team(folder, url, chroma, ollama.address) as team,
            ):
                for kind in ("api", "worker", "api", "worker"):
                    print(f"starting {kind}", file=sys.stderr)
                    team.start(kind)
                order: list[Kind] = [("worker", "api")[n % 2] for n in range(kills)]
                return asyncio.run(prove(team, url, runs, order, seed, pause, patience))
        finally:
            postgres.stop()


if __name__ == "__main__":
    main()

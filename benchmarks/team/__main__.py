"""`python -m benchmarks.team`: a team whose members are killed while they read and write.

First an upload at two servers, one of which is killed while it reads; then 50 runs on two servers
and two workers that are killed in turn.
"""

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.team.processes import Kind, Team
from benchmarks.team.proof import Outcome, prove
from benchmarks.team.uploads import long_text, prove_upload
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from tests.factories.chroma import chroma_server
from tests.fakes.ollama_server import OllamaServer

TOKEN_SECONDS = 0.02
PARAGRAPHS = 3000


def main() -> None:
    """Exit with 1 if an upload was not read once, a run did not end once, or a stream has a gap."""
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
                _start(team, "api", "api")
                upload = prove_upload(team, chroma, long_text(PARAGRAPHS), patience)
                complaints = asyncio.run(upload)
                _start(team, "worker", "api", "worker")
                order: list[Kind] = [("worker", "api")[n % 2] for n in range(kills)]
                outcome = asyncio.run(prove(team, url, runs, order, seed, pause, patience))
                outcome.complaints[:0] = complaints
                return outcome
        finally:
            postgres.stop()


def _start(team: Team, *kinds: Kind) -> None:
    for kind in kinds:
        print(f"starting {kind}", file=sys.stderr)
        team.start(kind)


if __name__ == "__main__":
    main()

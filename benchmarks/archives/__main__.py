"""`python -m benchmarks.archives`: backups under load, restored elsewhere; killed restores."""

import argparse
import asyncio
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

import marketer_desktop.__main__  # noqa: F401 - sets the environment before the libraries load
from benchmarks.archives.kills import Kills, killed
from benchmarks.archives.proof import Outcome, proven
from benchmarks.publishing.parts import a_database, some_parts
from marketer_desktop.settings.settings import Settings

ARCHIVES, KILLS = 10, 20


def new_database(url: str) -> str:
    """The address of an empty database of the same server."""
    name = f"archive_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return urlsplit(url)._replace(path=f"/{name}").geturl()


async def _under_load(folder: Path, url: str, count: int, seed: int) -> Outcome:
    async with some_parts(folder / "source", url) as parts:
        return await proven(parts, folder, count, seed, lambda: new_database(url))


def report(outcome: Outcome, kills: Kills) -> str:
    """What was done, in a few lines."""
    load = outcome.load
    lines = [
        f"meanwhile: {load.pieces} pieces written, {load.documents} documents read, "
        f"{load.deleted} of them deleted",
        f"{outcome.archives} archives of {min(outcome.rows)} to {max(outcome.rows)} rows in "
        f"{outcome.tables} tables, restored elsewhere",
        f"{outcome.originals} originals, {outcome.without_original} documents without theirs; "
        f"{outcome.questions} questions asked of both",
        f"{kills.dealt} restores killed: the old was there {kills.old} times, the new {kills.new}",
        *outcome.complaints,
        *kills.complaints,
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print what was compared; 1 if anything differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archives", type=int, default=ARCHIVES)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with a_database() as (folder, url):
        outcome = asyncio.run(_under_load(folder, url, asked.archives, asked.seed))
        target = Settings(data_dir=folder / "t", database_url=new_database(url), model=None)
        both = [folder / "0.marketer", folder / "rest.marketer"]
        kills = killed(target, both, asked.kills, asked.seed)
    sys.stdout.write(report(outcome, kills))
    return 1 if outcome.complaints or kills.complaints else 0


if __name__ == "__main__":
    sys.exit(main())

"""A few real and hostile documents through the engine of a window, then all read again."""

import asyncio
import itertools
from pathlib import Path

from benchmarks.documents.hostile import Hostile, hostile_files
from benchmarks.documents.peers import share_kept
from benchmarks.documents.proof import shuffled, take_in
from benchmarks.documents.table import MOST_MEGABYTES
from tests.end_to_end.conftest import SAMPLES, Marketer

STORIES = SAMPLES / "customer-stories.md"
SAID = {"is empty", "holds no text", "is a device or a pipe, not a file", "There is no file"}


def some_hostile(folder: Path) -> list[Hostile]:
    """One for each of some errors, and some whose text can be read for all their names."""
    made = hostile_files(folder)
    bad = [next(each for each in made if said in each.expected) for said in sorted(SAID)]
    return [*bad, *itertools.islice((each for each in made if each.readable), 3)]


def test_real_and_hostile_ones_in_one_batch_and_again(marketer: Marketer, tmp_path: Path) -> None:
    real = [path for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".docx", ".md"}]
    hostile = some_hostile(tmp_path / "hostile")
    files = shuffled([*real, *(each.path for each in hostile)])
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        outcome = runner.run(take_in(files, marketer.data_dir, lambda message: None))
    assert {outcome.results[path].status for path in real} == {"indexed"}
    problems = [
        each.problem(outcome.results[each.path], outcome.chunks[each.path]) for each in hostile
    ]
    assert problems == [None] * len(hostile)
    assert share_kept(outcome.chunks[STORIES], STORIES.read_text("utf-8")) > 0.97
    assert 100 < outcome.peak < MOST_MEGABYTES

    printed = marketer.run("reindex", "--index-only", "--json").stdout
    indexed = {r.document_id for r in outcome.results.values() if r.status == "indexed"}
    assert len(printed.splitlines()) == len(indexed)
    assert '"status":"error"' not in printed

"""Workers take the longest files first, and few at once that start processes."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from xdist.remote import Producer

from tests.turns import AT_ONCE, LONGEST, PROCESSES, InTurns

WORKERS = 4
TESTS = [
    *(f"tests/unit/test_{n}.py::test_{m}" for n in range(20) for m in range(3)),
    *(f"{PROCESSES}test_{n}.py::test_it" for n in range(6)),
    *(f"{file}::test_{m}" for file in LONGEST for m in range(2)),
]


class Worker:
    """Has what it was given to run, and runs nothing."""

    def __init__(self, name: int) -> None:
        self.gateway = SimpleNamespace(id=f"gw{name}")
        self.given: list[int] = []
        self.shutting_down = False

    def send_runtest_some(self, numbers: list[int]) -> None:
        self.given += numbers

    def shutdown(self) -> None:
        self.shutting_down = True


@pytest.fixture
def workers() -> list[Worker]:
    return [Worker(n) for n in range(WORKERS)]


@pytest.fixture
def turns(workers: list[Worker]) -> InTurns:
    config = SimpleNamespace(
        getvalue=lambda name: [f"{WORKERS}*popen"], option=SimpleNamespace(loadscopereorder=True)
    )
    turns = InTurns(cast(Any, config), Producer("turns", enabled=False))
    for worker in workers:
        turns.add_node(worker)
        turns.add_node_collection(worker, TESTS)
    turns.schedule()
    return turns


def file_of(number: int) -> str:
    return TESTS[number].split("::")[0]


def test_each_is_run_once_and_few_with_processes_at_a_time(
    turns: InTurns, workers: list[Worker]
) -> None:
    ran: list[int] = []
    while busy := [worker for worker in workers if worker.given]:
        given = {file_of(number) for worker in busy for number in worker.given}
        with_processes = {file for file in given if file.startswith(PROCESSES)}
        others_wait = any(not file.startswith(PROCESSES) for file in turns.workqueue)
        assert len(with_processes) <= AT_ONCE or not others_wait
        worker = busy[len(ran) % len(busy)]
        ran.append(worker.given.pop(0))
        turns.mark_test_complete(worker, ran[-1])
    assert sorted(ran) == list(range(len(TESTS)))
    assert all(worker.shutting_down for worker in workers)


def test_the_longest_begin(workers: list[Worker], turns: InTurns) -> None:
    begun = {file_of(worker.given[0]) for worker in workers}
    first = [file for file in LONGEST if file.startswith(PROCESSES)][:AT_ONCE]
    other = [file for file in LONGEST if not file.startswith(PROCESSES)]
    assert begun == {*first, *other[: WORKERS - AT_ONCE]}


@pytest.mark.parametrize("file", LONGEST)
def test_what_is_long_is_there(file: str) -> None:
    assert (Path(__file__).parents[2] / file).is_file()

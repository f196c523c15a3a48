"""Processes forked on demand: each alone with its pipes, and none outlives who asked for it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from marketer_desktop.system.forked import ForkedProcess, Forker
from marketer_desktop.system.processes import is_alive, kill
from tests.patience import becomes_true

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")

ROOT = Path(__file__).parents[2]
# Answers its input with the files it has open, and what was prepared when it was forked.
PROGRAM = """
import os, sys
from select import select
from marketer_desktop.system.forking import serve

prepared = []

def work():
    line = sys.stdin.readline().strip()
    if line == "loop":
        sys.stdout.write("looping\\n")
        sys.stdout.flush()
        while True: pass
    if line == "fail":
        raise ValueError
    files = sorted(map(int, os.listdir("/proc/self/fd")))
    print(line, files[:3], len(files), prepared)

select([0], [], [])  # the first request is there before anything is prepared
serve(work, [lambda: prepared.append("a"), lambda: prepared.append("b")], float(sys.argv[1]))
"""
# What `work` prints; the fourth file is the listing itself.
ANSWER = "{} [0, 1, 2] 4 {}\n"
ALL = ["a", "b"]

NewForker = Callable[[float], Forker]


def start(requests: int, patience: float) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", PROGRAM.replace("\\\\n", "\\n"), str(patience)]
    return subprocess.Popen(command, stdin=requests, stdout=subprocess.DEVNULL, cwd=ROOT)


@pytest.fixture
def new_forker() -> Iterator[NewForker]:
    made: list[Forker] = []

    def make(patience: float = 60.0) -> Forker:
        made.append(Forker(lambda requests: start(requests, patience)))
        return made[-1]

    yield make
    for forker in made:
        forker.close()


def told(process: ForkedProcess, line: str) -> str:
    process.stdin.write(f"{line}\n".encode())
    process.stdin.flush()
    return process.stdout.readline().decode()


def ended(process: ForkedProcess) -> int | None:
    code = process.wait()
    process.stdin.close()
    process.stdout.close()
    return code


def the_forker() -> psutil.Process:
    alive = [c for c in psutil.Process().children() if c.status() != psutil.STATUS_ZOMBIE]
    (found,) = [c for c in alive if PROGRAM[:40] in " ".join(c.cmdline())]
    return found


async def test_each_process_has_its_own_pipes_and_nothing_else(new_forker: NewForker) -> None:
    forker = new_forker(60.0)
    first, second, third = (forker.fork() for _ in range(3))
    answers = [told(each, word) for each, word in ((third, "c"), (first, "a"), (second, "b"))]
    assert [answer.split(" ")[0] for answer in answers] == ["c", "a", "b"]
    assert all("[0, 1, 2] 4 " in answer for answer in answers)
    assert [ended(each) for each in (first, second, third)] == [0, 0, 0]


async def test_the_first_does_not_wait_for_what_is_prepared(new_forker: NewForker) -> None:
    forker = new_forker(60.0)
    first = forker.fork()
    assert told(first, "x") == ANSWER.format("x", [])
    ended(first)

    async def all_prepared() -> bool:
        later = forker.fork()
        answer = told(later, "y")
        ended(later)
        return answer == ANSWER.format("y", ALL)

    await becomes_true(all_prepared)


async def test_exit_codes_are_those_of_the_process(new_forker: NewForker) -> None:
    forker = new_forker(60.0)
    failing, crashing, looping = (forker.fork() for _ in range(3))
    assert told(failing, "fail") == ""
    os.kill(crashing.pid, signal.SIGSEGV)
    assert told(looping, "loop") == "looping\n"
    looping.kill()
    assert [ended(each) for each in (failing, crashing, looping)] == [1, -11, -9]
    looping.kill()  # of what has ended: nothing happens


async def test_one_that_ends_before_it_is_known_has_done_its_work(
    new_forker: NewForker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(pid: int) -> psutil.Process:
        raise psutil.NoSuchProcess(pid)

    forker = new_forker(60.0)
    with monkeypatch.context() as changed:
        changed.setattr(psutil, "Process", gone)
        process = forker.fork()
    process.kill()  # nobody
    assert told(process, "x").startswith("x [0, 1, 2]")
    assert ended(process) == 0


async def test_a_new_forker_comes_after_a_dead_one(new_forker: NewForker) -> None:
    forker = new_forker(60.0)
    running = forker.fork()
    dead = the_forker()
    kill(dead)
    next_one = forker.fork()
    assert told(next_one, "x").startswith("x [0, 1, 2]")
    assert ended(next_one) == 0
    assert told(running, "y").startswith("y [0, 1, 2]")
    # Only its parent knew.
    assert ended(running) is None


async def test_a_forker_without_work_ends_and_another_comes(new_forker: NewForker) -> None:
    forker = new_forker(0.0)
    looping = forker.fork()
    assert told(looping, "loop") == "looping\n"
    first = the_forker()
    assert is_alive(first)
    looping.kill()
    assert ended(looping) == -9

    async def over() -> bool:
        return not is_alive(first)

    await becomes_true(over)
    second = forker.fork()
    assert told(second, "x").startswith("x [0, 1, 2]")
    assert ended(second) == 0


OWNER = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.integration.test_forked import Forker, start, the_forker, told
forker = Forker(lambda requests: start(requests, 60.0))
process = forker.fork()
told(process, "loop")
print(the_forker().pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def owner() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        yield process


async def test_a_forker_ends_with_its_owner_however_that_ends(
    owner: "subprocess.Popen[bytes]",
) -> None:
    assert owner.stdout
    forker = psutil.Process(int(owner.stdout.readline()))
    (looping,) = forker.children()
    assert is_alive(forker)
    owner.kill()

    async def over() -> bool:
        return not is_alive(forker)

    await becomes_true(over)
    kill(looping)


async def test_a_forker_that_never_comes_up_is_an_error(new_forker: NewForker) -> None:
    def fail(requests: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-c", ""], stdin=requests)

    forker = Forker(fail)
    with pytest.raises(ChildProcessError, match="No process could be started"):
        forker.fork()
    forker.close()

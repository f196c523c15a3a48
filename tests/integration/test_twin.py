"""Work is done from both its ends, whatever becomes of the process that begins with the last."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from marketer_desktop.knowledge.loaders.pdf import MANY_PAGES, load_pdf
from marketer_desktop.system.limits import Limits
from marketer_desktop.system.processes import is_alive
from marketer_desktop.system.twin import LONGEST, Twin
from tests.factories.documents import make_pdf
from tests.patience import becomes_true

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks parsers")

ROOT = Path(__file__).parents[2]
AMPLE = Limits(memory=1 << 44, cpu=20)  # a test's process is large already
COUNT = 6  # results that wait on their way without holding up who sends them


@pytest.fixture
def gate() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


@pytest.fixture(autouse=True)
def twins() -> Iterator[Callable[[], list[psutil.Process]]]:
    """The processes that a test has forked; none is left when it ends."""
    others = psutil.Process().children()

    def forked() -> list[psutil.Process]:
        return [child for child in psutil.Process().children() if child not in others]

    yield forked
    assert forked() == []


def who_did(twin: Twin, work: Callable[[int], int], count: int = COUNT) -> dict[int, int]:
    """The process that did each piece; each comes once."""
    with closing(twin):
        done = [*twin.pieces(count, work, int)]
    assert sorted(number for number, _ in done) == [*range(count)]
    return dict(done)


def test_both_do_their_part(gate: tuple[int, int]) -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if number == 0 and os.getpid() == here:
            os.read(gate[0], 1)  # until the other is at the next piece
        if number == 1 and os.getpid() != here:
            os.write(gate[1], b"x")
        return os.getpid()

    by = who_did(Twin(AMPLE, lambda: None), work)
    assert by[0] == here
    assert {by[number] for number in range(2, COUNT)}.isdisjoint({here})


@pytest.mark.parametrize("fault", ["crash", "error", "too long a result", "bad start"])
def test_what_the_twin_does_not_deliver_is_done_here(fault: str) -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here and fault == "crash":
            os.abort()
        if os.getpid() != here and fault == "error":
            raise ValueError
        # No integer of so many digits is read again.
        return "9" * LONGEST if os.getpid() != here else here  # type: ignore[return-value]

    begin = os.abort if fault == "bad start" else (lambda: None)
    assert set(who_did(Twin(AMPLE, begin), work).values()) == {here}


def test_an_error_here_and_a_reader_that_has_enough_end_the_twin(
    twins: Callable[[], list[psutil.Process]],
) -> None:
    def work(number: int) -> int:
        return 1 // (number - 1)

    with pytest.raises(ZeroDivisionError):
        who_did(Twin(AMPLE, lambda: None), work, 10**6)
    twin = Twin(AMPLE, lambda: None)
    with closing(twin), closing(twin.pieces(10**6, abs, int)) as pieces:
        next(pieces)
        assert len(twins()) == 1
    assert twins() == []


def test_a_long_document_reads_the_same_with_a_twin(tmp_path: Path) -> None:
    pages = [
        [f"{subject} {number} has a “word” of its own." for subject in "ABCDEFG"]
        for number in range(MANY_PAGES)
    ]
    data = make_pdf(tmp_path / "a.pdf", pages).read_bytes()
    alone = load_pdf(data)
    with closing(Twin(AMPLE, lambda: None)) as twin:
        assert load_pdf(data, twin.pieces) == alone
    assert f"D {MANY_PAGES - 1} has a “word”" in alone.pages[-1].text


# What is printed: the seconds of CPU time it may take before, while and after it has a twin.
SHARING = """
import resource
from marketer_desktop.system.limits import Limits, take_on
from marketer_desktop.system.twin import Twin
def soft(number=0): return resource.getrlimit(resource.RLIMIT_CPU)[0]
take_on(Limits(memory=1 << 44, cpu=60))
print(soft())
seconds = dict(Twin(Limits(1 << 44, 20), lambda: None).pieces(9, soft, int))
print(seconds[0], max(seconds.values()), soft())
"""


def test_the_time_of_the_twin_is_taken_from_the_whole() -> None:
    told = subprocess.check_output([sys.executable, "-c", SHARING], cwd=ROOT, text=True)
    before, *during, after = map(int, told.split())
    assert (before, during) == (60, [40, 40])
    assert after in {59, 60}  # its own use, begun seconds counted as whole ones


# What is printed: the seconds of this process once its twin has crashed.
LEFT_ALONE = """
import os, resource
from marketer_desktop.system.limits import Limits, take_on
from marketer_desktop.system.twin import Twin
def work(number):
    if number == 0: os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    return resource.getrlimit(resource.RLIMIT_CPU)[0]
take_on(Limits(memory=1 << 44, cpu=60))
print(dict(Twin(Limits(1 << 44, 20), os.abort).pieces(3, work, int))[2])
"""


def test_the_time_of_a_twin_that_crashed_is_there_at_once() -> None:
    told = subprocess.check_output([sys.executable, "-c", LEFT_ALONE], cwd=ROOT, text=True)
    assert int(told) in {59, 60}


LASTING = """
import os, time
from marketer_desktop.knowledge.parser_child import TWIN_LIMITS, _be_the_twin
from marketer_desktop.system.limits import Limits
from marketer_desktop.system.twin import Twin
def work(number):
    if number == 8: print(os.getpid(), flush=True)
    time.sleep(3600)
def begin():
    global written
    written = os.dup(1)
    _be_the_twin()
    os.dup2(written, 1)
[*Twin(Limits(1 << 44, 20), begin).pieces(9, work, int)]
"""


@pytest.fixture
def lasting() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        [sys.executable, "-c", LASTING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        yield process


async def test_a_twin_ends_with_who_asked_for_it_though_its_other_was_killed(
    lasting: "subprocess.Popen[bytes]",
) -> None:
    assert lasting.stdin
    assert lasting.stdout
    twin = psutil.Process(int(lasting.stdout.readline()))
    assert twin.ppid() == lasting.pid
    lasting.kill()
    lasting.stdin.close()

    async def over() -> bool:
        return not is_alive(twin)

    await becomes_true(over)

"""Hostile files end in the right text or the right sentence, whatever they do to their parser."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
import pytest

from marketer_desktop.knowledge import parse
from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.cleaning import LONGEST_PARAGRAPH
from marketer_desktop.knowledge.parse import LONGEST_REPLY, check_file, parse_document
from marketer_desktop.knowledge.parser_child import ParserReply
from marketer_desktop.knowledge.ready_parser import ReadyParser
from marketer_desktop.system.children import start_child
from marketer_desktop.system.excess import excess_of
from marketer_desktop.system.limits import Limits
from tests.factories.hostile import CANARY, Hostile, cases, made
from tests.factories.hostile_case import FACT, SLOW, Case
from tests.factories.hostile_word import body, entity, outside
from tests.fakes.forking_reader import read_forked
from tests.patience import becomes_true

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits are set by Linux")

# The whole of them go through the real parser in the proof; these stand for their kinds here.
THROUGH_THE_PARSER = ("entity-of-a-file.docx", "empty-caf", "pipe.txt", "many-paragraphs.docx")
ROOT = Path(__file__).parents[2]


def complaint(hostile: Hostile, text: str | None, error: str | None) -> str | None:
    """What is wrong with what came of a file."""
    came = text if hostile.readable else error
    right = came is not None and hostile.expected in came
    return None if right else f"{hostile.name!r}: {(text or error or 'nothing')[:200]!r}"


def made_cases(folder: Path, chosen: Callable[[Case], bool]) -> list[Hostile]:
    return [
        made(case, folder / f"{number:03}")
        for number, case in enumerate(cases(folder))
        if chosen(case)
    ]


def test_each_hostile_file_comes_to_what_it_should(tmp_path: Path) -> None:
    files = made_cases(tmp_path, lambda case: case.file not in SLOW)
    complaints = []
    readable: list[Hostile] = []
    for hostile in files:
        try:
            check_file(hostile.path)
            readable.append(hostile)
        except DocumentError as sentence:
            complaints.append(complaint(hostile, None, str(sentence)))
    for hostile, reply in zip(readable, read_forked([f.path for f in readable]), strict=True):
        known = ParserReply.model_validate(reply)
        text = known.document.full_text if known.document else None
        complaints.append(complaint(hostile, text, known.error))
        assert CANARY not in f"{text}{known.error}"
    assert [each for each in complaints if each] == []
    assert len(complaints) > 130


async def test_some_of_them_go_through_the_real_parser(tmp_path: Path) -> None:
    chosen = made_cases(tmp_path, lambda case: case.file.startswith(THROUGH_THE_PARSER))
    assert len(chosen) == len(THROUGH_THE_PARSER)
    for hostile in chosen:
        text, error = None, None
        try:
            text = (await parse_document(hostile.path)).full_text
        except DocumentError as sentence:
            error = str(sentence)
        assert complaint(hostile, text, error) is None


def test_a_parser_with_its_doors_open_would_show_the_canary(tmp_path: Path) -> None:
    """The document does name the file: a parser that resolves entities is taken in."""
    from lxml import etree

    canary = tmp_path / "canary.txt"
    canary.write_text(CANARY)
    document = body(entity("x"), outside(canary.as_uri()))
    trusting = etree.XMLParser(resolve_entities=True, load_dtd=False)
    assert CANARY in "".join(etree.fromstring(document.encode(), trusting).itertext())


PROGRAM = "import os, sys, time\nfrom marketer_desktop.system import limits\n"


@pytest.mark.parametrize(
    "attempt",
    ["open('/etc/hostname')", "socket.socket()", "os.pipe()", "tempfile.TemporaryFile()",
     "subprocess.run(['true'])"],
)  # fmt: skip
def test_nothing_can_be_opened_once_the_doors_are_closed(attempt: str) -> None:
    program = f"{PROGRAM}import socket, subprocess, tempfile\nlimits.close_the_doors()\n{attempt}"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert "Too many open files" in ended.stderr or "No usable temporary" in ended.stderr


def test_no_file_can_be_written(tmp_path: Path) -> None:
    place = tmp_path / "written"
    limited = f"{PROGRAM}limits.take_on(limits.Limits(2**29, 9))"
    program = f"{limited}\nopen({str(place)!r}, 'wb', 0).write(b'x')"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert "File too large" in ended.stderr
    assert place.read_bytes() == b""


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Lets a program of one's own take the place of the parser; returns a file to read."""

    def install(program: str) -> Path:
        def start(name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-c", program, *arguments]
            return subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )

        monkeypatch.setattr(parse, "parsers", ReadyParser(parse.start_parser))
        monkeypatch.setattr(parse, "start_child", start)
        path = tmp_path / "a.txt"
        path.write_text(FACT)
        return path

    return install


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (f"os.kill(os.getpid(), {signal.SIGXCPU})", "took too long to read"),
        (f"os.kill(os.getpid(), {signal.SIGKILL})", "the machine ran out of memory"),
        (f"os.kill(os.getpid(), {signal.SIGSEGV})", "made its reader crash"),
        ("os.abort()", "made its reader crash"),
        ("sys.exit(3)", "made its reader crash"),
        ("print('no JSON')", "made its reader crash"),
        ("sys.stdout.buffer.write(b'\\xff' * 99)", "made its reader crash"),
        ("print('[' * 100000)", "made its reader crash"),
    ],
)
async def test_a_parser_that_dies_is_explained(
    instead: Callable[[str], Path], program: str, sentence: str
) -> None:
    with pytest.raises(DocumentError, match=rf"“a\.txt”.*{sentence}"):
        await parse_document(instead(f"import os, sys\n{program}"))


async def test_a_parser_that_goes_on_after_its_reply_is_ended(
    instead: Callable[[str], Path],
) -> None:
    before = psutil.Process().children()
    lasting = """
import os, time
os.write(1, b'{"error": "No."}')
os.close(1)
time.sleep(3600)
"""
    with pytest.raises(DocumentError, match=r"No\."):
        await parse_document(instead(lasting))

    async def ended() -> bool:
        return all(child in before for child in psutil.Process().children())

    await becomes_true(ended)


async def test_what_the_system_does_not_limit_is_watched(
    instead: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parse, "LIMITS", Limits(memory=100 * 1024**2, cpu=60))
    with pytest.raises(DocumentError, match="too much memory"):
        await parse_document(instead("x = b'x' * 200 * 1024**2\nimport time; time.sleep(60)"))
    monkeypatch.setattr(parse, "LIMITS", Limits(memory=10**9, cpu=0))
    with pytest.raises(DocumentError, match="took too long"):
        await parse_document(instead("while True: pass"))


async def test_a_parser_that_prints_without_end_does_not_fill_the_parent(
    instead: Callable[[str], Path],
) -> None:
    endless = "import sys\nwhile True: sys.stdout.write('x' * 10**6)"
    before = psutil.Process().memory_info().rss
    with pytest.raises(DocumentError, match="million characters"):
        await parse_document(instead(endless))
    assert psutil.Process().memory_info().rss - before < 2 * LONGEST_REPLY


async def test_a_file_that_is_gone_when_its_parser_looks_is_said_to_be_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FACT)

    def start_late(name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        path.unlink()
        return start_child(name, arguments)

    monkeypatch.setattr(parse, "parsers", ReadyParser(parse.start_parser))
    monkeypatch.setattr(parse, "start_child", start_late)
    with pytest.raises(DocumentError, match=r"“a\.txt” is gone"):
        await parse_document(path)


async def test_a_pipe_in_the_place_of_a_file_does_not_hold_its_parser(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    os.mkfifo(path)
    (reply,) = await asyncio.to_thread(read_forked, [path])
    assert "is empty" in str(reply["error"])


async def test_excess_is_none_for_a_process_that_has_ended() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await process.wait()
    assert await excess_of(process.pid, Limits(1, 1)) is None


def test_no_paragraph_is_endless(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{FACT} " + "x" * 50_000 + " word" * 20_000)
    (reply,) = read_forked([path])
    document = ParserReply.model_validate(reply).document
    assert document
    lines = document.full_text.split("\n")
    assert max(map(len, lines)) <= LONGEST_PARAGRAPH
    assert document.full_text.count("x") == 50_000
    assert document.full_text.count("word") == 20_000


def test_patterns_take_their_time_once(tmp_path: Path) -> None:
    """Twice as much of what makes careless patterns try again and again takes twice as long."""
    from marketer_desktop.knowledge.loaders.recognise import HTML_START, markdown_score

    def seconds(text: str) -> float:
        started = time.perf_counter()
        HTML_START.match(text)
        markdown_score(text)
        return time.perf_counter() - started

    for piece in ("<!-- -->", "<!--", "[a](", "[", "**a ", "__a", "- ", "|-", "---"):
        assert seconds(piece * (100_000 // len(piece))) < 2, piece

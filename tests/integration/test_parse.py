"""Documents are read in a real child process; bad ones end in a sentence, not in a crash."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import psutil
import pytest

from benchmarks.fuzz.judge import parsers
from marketer_desktop.knowledge import parse
from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.document import FileType
from marketer_desktop.knowledge.loaders.load import LARGEST
from marketer_desktop.knowledge.parse import parse_document
from marketer_desktop.knowledge.parser_child import FORKER, LIMITS
from marketer_desktop.knowledge.ready_parser import Parser, ReadyParser, end
from marketer_desktop.system.children import start_child
from marketer_desktop.system.processes import kill
from tests.factories.documents import PNG, SAMPLES, make_pdf, make_scan, protect
from tests.patience import becomes_true


def forkers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if FORKER in child.cmdline()]


async def left(count: int) -> list[psutil.Process]:
    """The parsers once there are so many: one that has replied ends in the moment after it."""

    async def so_many() -> bool:
        return len(parsers()) == count

    await becomes_true(so_many)
    return parsers()


def wait_for_parser() -> None:
    while not parsers():
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("sample", "file_type", "pages", "fact"),
    [
        ("brand-guidelines.pdf", FileType.PDF, 6, "roasted 312 tonnes of coffee"),
        ("product-facts.docx", FileType.DOCX, 1, "6,420 active subscriptions"),
        ("customer-stories.md", FileType.MARKDOWN, 1, "rose by 34 percent"),
    ],
)
async def test_samples_are_read(sample: str, file_type: FileType, pages: int, fact: str) -> None:
    loaded = await parse_document(SAMPLES / sample)
    assert (loaded.file_type, len(loaded.pages)) == (file_type, pages)
    assert fact in loaded.full_text
    await left(0)


async def test_a_word_document_under_a_wrong_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "facts.txt"
    path.write_bytes((SAMPLES / "product-facts.docx").read_bytes())
    assert (await parse_document(path)).file_type is FileType.DOCX


async def test_unusable_documents_say_why(tmp_path: Path) -> None:
    source = make_pdf(tmp_path / "a.pdf", [["Some words."]])
    cut, picture, empty = (tmp_path / name for name in ("cut.pdf", "logo.pdf", "empty.md"))
    cut.write_bytes(source.read_bytes()[:400])
    picture.write_bytes(PNG)
    empty.touch()
    damaged = tmp_path / "damaged.docx"
    damaged.write_bytes((SAMPLES / "product-facts.docx").read_bytes().replace(b"word/", b"wurd/"))
    expected = {
        protect(source, tmp_path / "locked.pdf", "pass"): "password",
        make_scan(tmp_path / "scan.pdf"): "only pictures",
        cut: "ends early",
        picture: "its content is a PNG image",
        empty: "is empty",
        damaged: "ZIP archive",
    }
    for path, sentence in expected.items():
        with pytest.raises(DocumentError, match=sentence):
            await parse_document(path)


async def test_nonsense_inside_a_pdf_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj <</Type /Catalog>>\nstartxref\n0\n%%EOF\n")
    with pytest.raises(DocumentError, match="damaged"):
        await parse_document(path)


async def test_missing_files_folders_and_huge_files_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(LARGEST + 1)
    expected = {tmp_path / "none.pdf": "no file", tmp_path: "folder", huge: "larger than 100 MB"}
    for path, sentence in expected.items():
        with pytest.raises(DocumentError, match=sentence):
            await parse_document(path)


@pytest.fixture
def long_text(tmp_path: Path) -> Path:
    path = tmp_path / "long.txt"
    path.write_text("word " * 1_000_000)
    return path


async def test_a_child_that_takes_too_long_is_stopped(long_text: Path) -> None:
    with pytest.raises(DocumentError, match="took too long"):
        await parse_document(long_text, timeout=0.001)
    assert parsers() == []


async def test_a_cancelled_call_leaves_no_child(long_text: Path) -> None:
    task = asyncio.create_task(parse_document(long_text))
    await asyncio.to_thread(wait_for_parser)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert parsers() == []


async def test_a_call_cancelled_while_its_child_starts_leaves_no_child(
    long_text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[psutil.Process] = []

    def start_slowly(name: str, arguments: list[str]) -> subprocess.Popen[bytes]:
        process = start_child(name, arguments)
        started.append(psutil.Process(process.pid))
        time.sleep(0.2)
        return process

    monkeypatch.setattr(parse, "start_child", start_slowly)
    monkeypatch.setattr(parse, "parsers", ReadyParser(parse.start_parser))
    task = asyncio.create_task(parse_document(long_text))
    await asyncio.to_thread(wait_for_parser)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [process.is_running() for process in started] == [False]


async def test_the_event_loop_stays_free(long_text: Path) -> None:
    task = asyncio.create_task(parse_document(long_text))

    async def under_way() -> bool:
        return parsers() != []

    await becomes_true(under_way)  # a loop that waits for the parser would not see it
    (parser,) = parsers()
    parser.suspend()
    for _ in range(20):
        await asyncio.sleep(0.001)
    assert not task.done()
    parser.resume()
    assert (await task).full_text.startswith("word word")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no limits on a process's memory")
async def test_a_document_that_unpacks_to_gigabytes_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    make_bomb(path)
    with pytest.raises(DocumentError, match="far more than a document needs"):
        await parse_document(path)


def make_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        source = zipfile.ZipFile(SAMPLES / "product-facts.docx")
        for name in source.namelist():
            if name != "word/document.xml":
                archive.writestr(name, source.read(name))
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(1200):
                member.write(b" " * 1024 * 1024)


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of the systems that do not fork."""
    monkeypatch.setattr(parse, "parsers", ReadyParser(parse.start_parser))


async def test_a_parser_waits_for_each_announced_document_but_the_first(
    tmp_path: Path, ready: None
) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_text(f"The shop opens at {number}.")
    waiting = []
    with parse.announced(len(paths)):
        for number, path in enumerate(paths):
            assert f"opens at {number}" in (await parse_document(path)).full_text
            waiting += [process.pid for process in await left(int(number < 2))]
    assert len({*waiting}) == 2
    assert parsers() == []


async def test_a_waiting_parser_that_died_is_replaced(tmp_path: Path, ready: None) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The shop opens at nine.")
    with parse.announced(2):
        await parse_document(path)
        (waiting,) = await left(1)
        waiting.kill()
        await asyncio.to_thread(waiting.wait)
        assert "nine" in (await parse_document(path)).full_text
    await left(0)


async def test_documents_that_were_announced_and_did_not_come_leave_no_parser(
    tmp_path: Path, ready: None
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The shop opens at nine.")
    with parse.announced(9):
        await parse_document(path)
        await left(1)
    assert parsers() == []


FORKS = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks parsers")


@FORKS
@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (signal.SIGXCPU, "took too long to read"),
        (signal.SIGKILL, "the machine ran out of memory"),
        (signal.SIGSEGV, "made its reader crash"),
    ],
)
async def test_a_forked_parser_that_dies_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: signal.Signals, sentence: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The shop opens at nine.")

    def struck(path: Path) -> Parser:
        parser = parse.forker.fork()  # waits for a name
        os.kill(parser.pid, fault)
        return parser

    with monkeypatch.context() as changed:
        changed.setattr(parse.parsers, "take", struck)
        with pytest.raises(DocumentError, match=rf"“a\.txt”.*{sentence}"):
            await parse_document(path)
    assert "nine" in (await parse_document(path)).full_text


@FORKS
async def test_each_document_has_a_forked_parser_of_its_own_under_all_limits() -> None:
    forked = [parse.forker.fork() for _ in range(2)]
    (forker,) = forkers()
    expected = [LIMITS.memory, LIMITS.cpu, 0, 0]

    async def limited() -> bool:
        bounds = (psutil.RLIMIT_AS, psutil.RLIMIT_CPU, psutil.RLIMIT_FSIZE, psutil.RLIMIT_CORE)
        processes = [psutil.Process(each.pid) for each in forked]
        return all([p.rlimit(bound)[0] for bound in bounds] == expected for p in processes)

    try:
        assert len({each.pid for each in forked}) == 2
        assert sorted(each.pid for each in parsers()) == sorted(each.pid for each in forked)
        await becomes_true(limited)
        # With a second thread a fork could copy a lock that nobody ever opens.
        assert forker.num_threads() == 1
    finally:
        for each in forked:
            end(each)
    assert parsers() == []


@FORKS
async def test_a_forker_that_was_killed_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The shop opens at nine.")
    await parse_document(path)
    (forker,) = forkers()
    kill(forker)
    assert "nine" in (await parse_document(path)).full_text
    assert forkers() != [forker]

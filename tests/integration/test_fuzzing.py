"""The fuzzer's short form: mutated documents keep the promises, and what breaks them is found."""

import io
import random
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

import pytest

from benchmarks.fuzz import judge as judging
from benchmarks.fuzz import with_memory
from benchmarks.fuzz.judge import Judge
from benchmarks.fuzz.lane import Lane, Turn
from benchmarks.fuzz.mutations import mutated
from benchmarks.fuzz.promises import broken_promise
from benchmarks.fuzz.with_memory import only_wants_memory
from marketer_desktop.knowledge import parse
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument, PageText
from marketer_desktop.knowledge.parser_child import ParserReply
from marketer_desktop.knowledge.ready_parser import ReadyParser
from marketer_desktop.system.limits import Limits
from tests.factories.documents import SAMPLES
from tests.factories.hostile_pdf import laughing_forms, packed, pdf
from tests.factories.hostile_word import word
from tests.fakes.forking_reader import read_forked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the fuzzer needs Linux")

SEED = 20261123
SEEDS = (pdf(), word(), laughing_forms(3, 3), (SAMPLES / "customer-stories.md").read_bytes())


def scrambled(data: bytes, most: int) -> bytes:
    chance = random.Random(len(data))
    changed = bytearray(data[:most])
    for _ in range(8):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def test_mutated_documents_keep_the_promises(tmp_path: Path) -> None:
    paths = []
    for number in range(60):
        paths.append(tmp_path / str(number))
        data = SEEDS[number % len(SEEDS)]
        for turn in range(3):
            data = mutated(data, 60_000, SEED + 10 * number + turn, scrambled)
        paths[-1].write_bytes(data)
    replies = [ParserReply.model_validate(reply) for reply in read_forked(paths)]
    assert [broken_promise(reply) for reply in replies] == [None] * len(paths)
    # Mutations that only ever broke the file, or never did, would try nothing.
    assert 5 < sum(reply.document is not None for reply in replies) < len(paths)


def test_an_archive_without_members_is_mutated_as_a_whole() -> None:
    with zipfile.ZipFile(nothing := io.BytesIO(), "w"):
        pass
    data = nothing.getvalue()
    assert len({mutated(data, 4_000, SEED + number, scrambled) for number in range(20)}) > 1


@pytest.mark.parametrize(
    ("end", "failed"),
    [
        ("IndexError: empty", True),
        ("artifact_prefix='/f/'; Test unit written to /f/crash-1", False),
        ("artifact_prefix='/f/'; Test unit written to /f/slow-unit-1\nIndexError: empty", True),
    ],
)
def test_a_fuzzer_that_fails_is_told_from_an_input_that_ends_it(
    tmp_path: Path, end: str, failed: bool
) -> None:
    lane = Lane([Turn("docx", 9, 1)], tmp_path, 2, 0)
    (tmp_path / "docx.log").write_text(f"#1\tINITED cov: 2 ft: 3 corp: 4/5b\n{end}\n")
    lane._count(1)
    assert lane.failures == ["the fuzzer of docx failed: IndexError: empty"] * failed
    assert lane.figures()["docx"]["executions"] == 1


@pytest.mark.parametrize(
    ("text", "whole"),
    [("Words.", True), (" ", False), ("a\u202eb", False), ("x" * 10_001, False), ("\0", False)],
)
def test_a_broken_promise_is_seen(text: str, whole: bool) -> None:
    pages = [PageText(page=None, text=text)]
    document = LoadedDocument.model_construct(file_type=FileType.TXT, pages=pages, title=None)
    reply = ParserReply.model_construct(document=document, error=None)
    assert (broken_promise(reply) is None) == whole


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("os.abort()", judging.CRASHED), ("while True: pass", judging.TIMED_OUT)],
)
def test_a_parser_that_crashes_or_hangs_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, outcome: str
) -> None:
    def start(name: str, arguments: Sequence[str]) -> Popen[bytes]:
        command = [sys.executable, "-c", f"import os\n{fault}"]
        return Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)

    monkeypatch.setattr(parse, "parsers", ReadyParser(parse.start_parser))
    monkeypatch.setattr(parse, "start_child", start)
    monkeypatch.setattr(parse, "LIMITS", Limits(memory=10**9, cpu=0))
    judge = Judge()
    path = tmp_path / "a.txt"
    path.write_text("Words.")
    assert judge.judge(path) == outcome
    assert judge.verdict() == [f"a.txt: {outcome}"]


def test_a_crash_for_want_of_memory_is_told_from_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "large.pdf"
    operators = b"BT /F 9 Tf " + b"(a) Tj 0 0 Td " * 500_000 + b"ET"
    large.write_bytes(pdf({4: packed(operators)}))
    little = 150 * 1024**2
    assert only_wants_memory(large, little)
    small = tmp_path / "small.pdf"
    small.write_bytes(pdf())
    assert not only_wants_memory(small, little)
    monkeypatch.setattr(with_memory, "MUCH", little)  # as if no memory helped
    assert not only_wants_memory(large, little)


def test_a_parent_that_grows_or_lets_an_error_through_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bytes] = []
    answers = iter(range(4))

    async def leaking(path: Path) -> LoadedDocument:
        if next(answers) == 3:
            raise KeyError("escaped")
        kept.append(b"x" * judging.GROWTH)
        pages = [PageText(page=None, text="Words.")]
        return LoadedDocument(file_type=FileType.TXT, pages=pages)

    monkeypatch.setattr(parse, "parse_document", leaking)
    monkeypatch.setattr(judging, "WARM_UP", 0)
    judge = Judge()
    outcomes = [judge.judge(tmp_path / "a.txt") for _ in range(4)]
    assert outcomes == ["text", "text", "text", "escaped"]
    escaped, grown = judge.verdict()
    assert "KeyError('escaped') instead of a sentence" in escaped
    assert "the parent has grown by" in grown

"""The proof over documents misses its limits where a document, a word or the memory is lost."""

from pathlib import Path

import pytest

from benchmarks.documents import peers
from benchmarks.documents.corpus import Real
from benchmarks.documents.hostile import Hostile
from benchmarks.documents.peers import read_by_other, share_kept, without_running_lines
from benchmarks.documents.proof import Outcome
from benchmarks.documents.table import Report
from marketer_desktop.services.ingest_document import IngestResult

TEXT = "The harbour roast is sold in bags of eleven euros, and the ﬁnest of them in tins."


@pytest.fixture
def real(tmp_path: Path) -> Real:
    path = tmp_path / "roast.txt"
    path.write_text(TEXT, "utf-8")
    return Real(path, "text in utf-8")


@pytest.fixture
def hostile(tmp_path: Path) -> Hostile:
    return Hostile(tmp_path / "empty.txt", "is empty", readable=False)


@pytest.fixture
def outcome(real: Real, hostile: Hostile) -> Outcome:
    """All as it should be."""
    results = {
        real.path: IngestResult(file="roast.txt", status="indexed", document_id=1),
        hostile.path: IngestResult(file="empty.txt", status="error", error="It is empty."),
    }
    return Outcome(results, {real.path: [TEXT], hostile.path: []}, peak=400.0, growth=3.0)


def missed(real: Real, hostile: Hostile, outcome: Outcome) -> list[str]:
    found = Report([real], [hostile], outcome).failures()
    return [each for each in found if not each.startswith("only")]  # one file is no corpus


def test_what_is_whole_meets_the_limits(real: Real, hostile: Hostile, outcome: Outcome) -> None:
    assert missed(real, hostile, outcome) == []


def test_lost_words_are_told(real: Real, hostile: Hostile, outcome: Outcome) -> None:
    outcome.chunks[real.path] = [TEXT[:40]]
    told = missed(real, hostile, outcome)
    assert len(told) == 2
    assert "roast.txt kept only 0.47" in told[0]


def test_a_document_that_is_not_indexed_is_told(
    real: Real, hostile: Hostile, outcome: Outcome
) -> None:
    wrong = IngestResult(file="roast.txt", status="error", error="It is damaged.")
    other = Real(real.path.with_name("other.txt"), "text in utf-8")
    outcome.results[other.path] = wrong
    found = Report([real, other], [hostile], outcome).failures()
    assert "other.txt was not indexed: It is damaged." in found


def test_a_hostile_one_that_is_taken_in_is_told(
    real: Real, hostile: Hostile, outcome: Outcome
) -> None:
    outcome.results[hostile.path] = IngestResult(file="empty.txt", status="indexed", document_id=2)
    assert missed(real, hostile, outcome) == ["empty.txt: it was taken in"]
    outcome.results[hostile.path] = IngestResult(file="empty.txt", status="error", error="No.")
    assert missed(real, hostile, outcome) == ["empty.txt: the error is “No.”, without “is empty”"]


def test_memory_is_told(real: Real, hostile: Hostile, outcome: Outcome) -> None:
    outcome.peak, outcome.growth = 501.0, 21.0
    assert missed(real, hostile, outcome) == [
        "the engine took 501 MB",
        "the last 100 files added 21 MB",
    ]


def test_words_are_the_same_in_whatever_shape_they_come() -> None:
    other = "The ﬁnest har-\nbour roast costs 11 euros. 焙煎の豆"
    assert share_kept(["The finest harbour roast", "costs 11 euros.", "焙煎の豆"], other) == 1.0
    assert share_kept(["the the the the"], "the roast the harbour") == 0.5


def test_only_what_most_pages_share_is_no_text() -> None:
    pages = ["Roast 1\nOne.\nPlans", "Roast 2\nTwo.", "Roast 3\nPlans\nThree.", "Four.\nRoast 4"]
    text = without_running_lines("".join(f"{page}\f" for page in pages))
    assert text == "One.\nPlans\fTwo.\fPlans\nThree.\fFour."
    assert without_running_lines("Roast 1\nOne.\fRoast 2\nTwo.") == "Roast 1\nOne.\fRoast 2\nTwo."


@pytest.mark.parametrize(("told", "taken"), [("Roast.", "Roast."), ("URDVW\x11\x03", "Seen.")])
def test_a_reader_that_does_not_know_the_letters_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, told: str, taken: str
) -> None:
    monkeypatch.setattr(peers, "run", lambda *command: told.encode())
    monkeypatch.setattr(peers, "read_by_sight", lambda path: "Seen.")
    assert read_by_other(Real(Path("a.pdf"), "somebody")) == taken

"""`generate --batch`, `repurpose` and `sitemap`: what they ask of the engine, print and return."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner, Result

from marketer_desktop.cli import batch, repurpose, sitemap
from marketer_desktop.cli.main import app
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.services.batch import BatchOutcome, BatchResult, GenerateBatch
from marketer_desktop.services.import_activity import TextFile
from marketer_desktop.services.repurpose import Repurposed, Variant
from marketer_desktop.services.site_pages import ImportSitemap, SiteImport

asked: list[Any] = []


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    asked.clear()


def answering(monkeypatch: pytest.MonkeyPatch, *answers: BaseModel) -> None:
    """Let the commands hear these answers in place of an engine's."""
    waiting = list(answers)

    def run_call(settings: object, call: object) -> BaseModel:
        asked.append(call)
        return waiting.pop(0)

    for module in (batch, repurpose, sitemap):
        monkeypatch.setattr(module, "run_call", run_call)


def marketer(*words: str) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def outcome(row: int, status: str, **values: Any) -> BatchOutcome:
    about = {"row": row, "topic": f"Topic {row}", "type": ContentType.EMAIL, "status": status}
    return BatchOutcome.model_validate({**about, **values})


def results(*rows: BatchOutcome) -> BatchResult:
    count = [row.status for row in rows].count
    return BatchResult(
        rows=list(rows),
        completed=count("completed"),
        needs_attention=count("needs_attention"),
        failed=count("failed"),
        invalid=count("invalid"),
        problems=["Column “note” is not known and was left out."],
    )


def test_a_batch_is_one_line_a_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    good = outcome(2, "completed", words=100, word_count=98, earlier=True)
    odd = outcome(3, "needs_attention", words=100, word_count=50, failed_checks=["word_count"])
    answering(monkeypatch, results(good, odd))
    table, out = tmp_path / "briefs.csv", tmp_path / "out"
    result = marketer("generate", "--batch", str(table), "--project", "Spring", "--out", str(out))
    assert (result.exit_code, asked) == (
        0,
        [GenerateBatch(path=table, project="Spring", out=out)],
    )
    note, first, second, check, summary = result.output.splitlines()
    assert note == "Column “note” is not known and was left out."
    assert first.split() == [*"2 completed (written before) email 98 of 100 words Topic 2".split()]
    assert second.split()[:3] == ["3", "needs", "attention"]
    assert check.strip() == "word_count"
    assert summary == "1 completed, 1 need attention"


@pytest.mark.parametrize("status", ["invalid", "failed", "cancelled"])
def test_a_row_that_was_not_written_is_told_by_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    answering(monkeypatch, results(outcome(2, status, errors=["Row 2: no keyword."])))
    result = marketer("generate", "--batch", "briefs.csv")
    assert result.exit_code == 1
    assert "Row 2: no keyword." in result.output


def test_a_topic_or_a_batch_is_needed_and_not_both() -> None:
    for words in ((), ("--topic", "Tea", "--batch", "briefs.csv")):
        result = marketer("generate", *words)
        assert result.exit_code == 2
        assert "--batch" in result.output
    assert asked == []


def test_an_article_is_repurposed_by_number_or_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    good = Check(id="variant_linkedin", hard=True, passed=True, message="LinkedIn post: in order.")
    bad = good.model_copy(update={"passed": False, "message": "X post: it is missing: write it."})
    post = Variant(kind="linkedin", text="A post.", check=good)
    none = Variant(kind="twitter", text="", check=bad)
    answering(monkeypatch, Repurposed(title="T", opening="", variants=[post]))
    result = marketer("repurpose", "7", "--into", "linkedin")
    assert (result.exit_code, result.output) == (0, "✓ LinkedIn post: in order.\n\nA post.\n\n")
    assert (asked[0].activity_id, asked[0].into) == (7, ["linkedin"])

    asked.clear()
    file = TextFile(kind="text", text="# Tea\n\nTea is good.")
    answering(monkeypatch, file, Repurposed(title="T", opening="", variants=[post, none]))
    result = marketer("repurpose", str(tmp_path / "a.md"), "--keyword", "tea")
    assert result.exit_code == 1
    assert "✗ X post: it is missing" in result.output
    assert asked[0].path == tmp_path / "a.md"
    assert (asked[1].text, asked[1].keywords) == (file.text, ["tea"])
    assert asked[1].into == ["linkedin", "twitter", "thread", "email"]


def test_an_unknown_platform_is_refused() -> None:
    result = marketer("repurpose", "7", "--into", "fax")
    assert result.exit_code == 2
    assert asked == []


def test_a_sitemap_is_imported_and_what_is_missing_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = SiteImport(count=1200, skipped=2, missing=["https://a.example/b.xml"], truncated=True)
    answering(monkeypatch, told)
    path = tmp_path / "sitemap.xml"
    result = marketer("sitemap", str(path), "--project", "Spring")
    assert asked == [ImportSitemap(path=path, project="Spring")]
    assert result.output.splitlines() == [
        "1,200 pages",
        "The file lists more; these are the first.",
        "2 entries were no addresses of pages and were left out.",
        "Not found beside the file: https://a.example/b.xml",
    ]

"""`marketer outline`: what it prints, reads and refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from marketer_desktop.cli import generate as generate_command
from marketer_desktop.cli import outline as outline_command
from marketer_desktop.cli.main import app
from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.services.activity_report import ActivityReport
from marketer_desktop.services.generate_content import GenerateContent
from marketer_desktop.services.review_outline import ApproveOutline, Outline, ShowOutline

SECTIONS = [
    OutlineSection(heading="Prices", points=["What does it cost?"], words=80),
    OutlineSection(heading="Delivery", points=[], words=60),
]


class Engine:
    """Answers calls without an engine, and notes them."""

    def __init__(self) -> None:
        self.calls: list[Any] = []

    def __call__(self, settings: object, call: Any) -> Any:
        self.calls.append(call)
        if isinstance(call, ShowOutline):
            return Outline(
                activity_id=7,
                type="blog",
                title="Tea at Work",
                keyphrase="tea",
                words=300,
                waiting=True,
                sections=SECTIONS,
            )
        if isinstance(call, GenerateContent):
            return ActivityReport(activity_id=7, status="outline_review", outline=SECTIONS)
        return ActivityReport(activity_id=7, status="completed", path="/there/article.md")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine()
    for module in (outline_command, generate_command):
        monkeypatch.setattr(module, "run_call", engine)
    return engine


def run(tmp_path: Path, *words: str, code: int = 0) -> str:
    found = CliRunner().invoke(app, ["--data-dir", str(tmp_path), *words])
    assert found.exit_code == code, found.output
    return found.output


def test_generate_prints_the_outline_that_waits(tmp_path: Path, engine: Engine) -> None:
    said = run(tmp_path, "generate", "--topic", "tea at work", "--review-outline")
    assert engine.calls[0].review_outline
    assert "Activity 7: outline review" in said
    assert "## Prices (80 words)\n- What does it cost?" in said
    assert "marketer outline 7" in said
    told = json.loads(run(tmp_path, "generate", "--topic", "tea", "--review-outline", "--json"))
    assert told["status"] == "outline_review"
    assert told["outline"] == [section.model_dump() for section in SECTIONS]


def test_it_is_shown_edited_and_approved(tmp_path: Path, engine: Engine) -> None:
    shown = run(tmp_path, "outline", "7", "--show")
    file = tmp_path / "outline.md"
    file.write_text(shown.replace("80", "120"), "utf-8")
    assert "/there/article.md" in run(tmp_path, "outline", "7", "--file", str(file))
    (edited, other) = SECTIONS
    wanted = [edited.model_copy(update={"words": 120}), other]
    call = engine.calls[-1]
    assert isinstance(call, ApproveOutline)
    assert (call.activity_id, call.sections, call.follow) == (7, wanted, True)
    run(tmp_path, "outline", "7")
    assert engine.calls[-1].sections is None


def test_what_json_prints_can_be_given_back(tmp_path: Path, engine: Engine) -> None:
    file = tmp_path / "outline.json"
    file.write_text(run(tmp_path, "outline", "7", "--show", "--json"), "utf-8")
    run(tmp_path, "outline", "7", "--file", str(file))
    assert engine.calls[-1].sections == SECTIONS


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("empty.md", "nothing here", "has no sections"),
        ("broken.json", "{", "is no outline"),
        ("short.md", "## Prices (3 words)", "greater than or equal to 10"),
    ],
)
def test_a_file_that_is_no_outline_is_refused(
    tmp_path: Path, engine: Engine, name: str, text: str, message: str
) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    assert message in run(tmp_path, "outline", "7", "--file", str(file), code=2)
    assert "cannot be read" in run(tmp_path, "outline", "7", "--file", "/nowhere.md", code=2)
    assert engine.calls == []

"""`marketer export`: what it asks of the engine, what it prints, and its exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel
from typer.testing import CliRunner, Result

from marketer_desktop.cli import export
from marketer_desktop.cli.main import app
from marketer_desktop.publishing.formats import Format
from marketer_desktop.services.export_campaign import CampaignExported, ExportCampaign
from marketer_desktop.services.export_content import ExportContent, Exported

asked: list[Any] = []


def answering(monkeypatch: pytest.MonkeyPatch, answer: BaseModel | Exception) -> None:
    """Let the command hear this in place of an engine's answer."""
    asked.clear()

    def run_call(settings: object, call: object) -> BaseModel:
        asked.append(call)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(export, "run_call", run_call)


def marketer(*words: object) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, words)])


def test_a_text_is_written_and_its_place_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answering(monkeypatch, Exported(path=str(tmp_path / "a.pdf"), images=0))
    result = marketer(7, "--format", "pdf", "--output", tmp_path / "a.pdf")
    assert (result.exit_code, result.output) == (0, f"{tmp_path / 'a.pdf'}\n")
    wanted = ExportContent(activity_id=7, format=Format.PDF, path=tmp_path / "a.pdf", replace=False)
    assert asked == [wanted]
    marketer(7, "--force")
    assert (asked[1].format, asked[1].replace) == (Format.MARKDOWN, True)
    assert asked[1].path.is_absolute()


def test_a_campaign_is_one_zip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answering(monkeypatch, CampaignExported(path="/x/all.zip", texts=2, without_text=1))
    result = marketer("--campaign", 3, "--output", tmp_path)
    assert asked == [ExportCampaign(campaign_id=3, path=tmp_path, replace=False)]
    assert result.output == "/x/all.zip  (2 texts; 1 without a text yet)\n"
    told = json.loads(marketer("--campaign", 3, "--json").output)
    assert told == {"path": "/x/all.zip", "texts": 2, "without_text": 1}


def test_one_of_the_two_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, Exported(path="x", images=0))
    assert marketer().exit_code == marketer(7, "--campaign", 3).exit_code == 2
    assert marketer(7, "--format", "odt").exit_code == 2
    assert not asked


def test_a_refusal_is_an_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, typer.Exit(1))
    assert marketer(7).exit_code == 1

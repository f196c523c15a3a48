"""`marketer models`: what it asks of the engine, prints, and never prints."""

from typing import Any

import pytest
import typer
from pydantic import BaseModel
from typer.testing import CliRunner, Result

from marketer_desktop.cli import models
from marketer_desktop.cli.main import app
from marketer_desktop.cli.progress import ProgressView
from marketer_desktop.services.models import ModelEntry, ModelList
from marketer_desktop.services.providers import (
    CheckProvider,
    CloudModel,
    ProviderCheck,
    ProviderList,
    ProviderState,
    RemoveProviderKey,
    SetProviderKey,
)
from marketer_desktop.services.pull_model import PullModel

KEY = "sk-test-0123456789"
LEAVES = "Briefs are sent to OpenAI."
OPENAI = ProviderState(
    provider="openai",
    title="OpenAI",
    installed=True,
    source="keyring",
    variable="OPENAI_API_KEY",
    models=[CloudModel(name="openai:a", usd_in=1, usd_out=5), CloudModel(name="openai:b")],
    leaves=LEAVES,
)
asked: list[Any] = []


def marketer(
    monkeypatch: pytest.MonkeyPatch, answer: BaseModel, *words: str, typed: str = ""
) -> Result:
    """Run a command with `answer` in place of an engine's."""

    def run_call(settings: object, call: object) -> BaseModel:
        asked.append(call)
        return answer

    asked.clear()
    monkeypatch.setattr(models, "run_call", run_call)
    return CliRunner().invoke(app, ["models", *words], input=typed)


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_key_is_read_from_standard_input_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    told = marketer(monkeypatch, OPENAI, "key", "openai", *more, typed=f"{KEY}\n")
    assert told.exit_code == 0
    assert asked == [SetProviderKey(provider="openai", key=KEY)]
    assert KEY not in told.output and KEY not in repr(asked[0])
    assert LEAVES in told.stderr and "keyring" in told.stdout


def test_a_key_is_asked_for_in_a_terminal_without_being_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hidden: list[bool] = []

    def prompt(text: str, hide_input: bool, err: bool) -> str:
        hidden.append(hide_input and err)
        return KEY

    monkeypatch.setattr(typer, "prompt", prompt)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert models._read_key("openai") == KEY and hidden == [True]


def test_without_a_key_nothing_is_asked_of_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    told = marketer(monkeypatch, OPENAI, "key", "openai", typed="\n")
    assert told.exit_code == 2 and asked == []
    assert "Nothing was changed" in told.stderr


def test_a_key_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = OPENAI.model_copy(update={"source": None})
    told = marketer(monkeypatch, gone, "key", "openai", "--remove")
    assert asked == [RemoveProviderKey(provider="openai")]
    assert "no key" in told.stdout and "OPENAI_API_KEY" in told.stdout


def test_a_cloud_that_is_none_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    assert marketer(monkeypatch, OPENAI, "key", "azure", typed=KEY).exit_code == 2
    assert asked == []


def test_clouds_are_shown_with_their_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = OPENAI.model_copy(update={"title": "Mistral", "installed": False, "models": []})
    listed = ProviderList(providers=[OPENAI, missing], keyring=False)
    told = marketer(monkeypatch, listed, "providers")
    assert "$1.00 in, $5.00 out" in told.stdout and "openai:b\n" in told.stdout
    assert "pip install 'marketer-desktop[cloud]'" in told.stdout
    assert "no keyring" in told.stderr


def test_a_check_lists_models_by_the_names_that_can_be_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = ProviderCheck(provider="openai", models=["a", "b"])
    told = marketer(monkeypatch, answer, "check", "openai")
    assert asked == [CheckProvider(provider="openai")]
    assert told.stdout.split() == ["openai:a", "openai:b"]


def test_choosing_a_cloud_says_what_leaves_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = ModelEntry(name="openai:a", description="", cloud="OpenAI", leaves=LEAVES)
    told = marketer(monkeypatch, entry, "use", "openai:a")
    assert LEAVES in told.stderr and LEAVES not in told.stdout


def test_warnings_about_ollama_go_to_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = ModelList(models=[], ollama="Ollama 0.1", warnings=["Ollama 0.1 is not safe."])
    told = marketer(monkeypatch, listed, "list")
    assert "not safe" in told.stderr and "not safe" not in told.stdout


def test_a_model_is_pulled_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = ModelEntry(name="ollama:llama3.2:3b", description="")
    told = marketer(monkeypatch, entry, "pull", "llama3.2:3b")
    assert asked == [PullModel(name="llama3.2:3b")]
    assert "marketer models use ollama:llama3.2:3b" in told.stdout


def test_a_download_says_how_far_it_is_and_how_long_it_takes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("marketer_desktop.cli.progress.LINE_SECONDS", 0.0)
    with ProgressView() as view:
        for percent, left in ((None, None), (25, None), (50, 100), (75, 300)):
            event = {"status": "pulling a", "completed": (percent or 0) * 2e7, "total": 2e9}
            view.on_event({"kind": "pull", **event, "percent": percent, "eta_seconds": left})
        done = {"status": "verifying", "completed": 2e9, "total": 2e9, "percent": 100}
        view.on_event({"kind": "pull", **done, "eta_seconds": 0})
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        " 25 %  0.5 of 2.0 GB",
        " 50 %  1.0 of 2.0 GB, about 100 s left",
        " 75 %  1.5 of 2.0 GB, about 5 min left",
    ]
    assert "the same command goes on from there" in view.farewell()

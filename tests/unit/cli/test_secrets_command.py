"""`marketer secrets`, and the question for the passphrase before an engine starts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from keyring.backends.fail import Keyring as NoBackend
from pydantic import BaseModel
from typer.testing import CliRunner, Result

from marketer_desktop.cli import passphrase, secrets
from marketer_desktop.cli.main import app
from marketer_desktop.cli.passphrase import open_secrets
from marketer_desktop.services.kept_secrets import (
    SecretsPlace,
    SetPassphrase,
    ShowSecrets,
    StartSecretsAnew,
    UnlockSecrets,
)
from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.owner import OwnerLock
from marketer_desktop.system.passphrase import VARIABLE
from marketer_desktop.system.secrets import keep_secrets_in, vault
from tests.fakes.memory_keyring import keyring_in_use

PASSPHRASE = "words that open it"
FILE = SecretsPlace(kind="file", name="/data/secrets/kept.json")
NONE = SecretsPlace(kind="none", name="", problem="There is no keyring.")
asked: list[Any] = []


def marketer(
    monkeypatch: pytest.MonkeyPatch, answer: BaseModel, *words: str, typed: str = ""
) -> Result:
    """Run a command with `answer` in place of an engine's."""

    def run_call(settings: object, call: object, *, unlocked: bool = True) -> BaseModel:
        asked.append(call)
        return answer

    asked.clear()
    monkeypatch.setattr(secrets, "run_call", run_call)
    return CliRunner().invoke(app, ["secrets", *words], input=typed)


def test_it_says_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    told = marketer(monkeypatch, FILE, "show")
    assert told.exit_code == 0 and "encrypted file: /data" in told.stdout
    assert asked == [ShowSecrets()]
    told = marketer(monkeypatch, NONE, "show", "--json")
    assert SecretsPlace.model_validate_json(told.stdout) == NONE


def test_passphrases_come_from_standard_input_and_are_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = marketer(monkeypatch, FILE, "unlock", typed=f"{PASSPHRASE}\n")
    assert asked == [UnlockSecrets(passphrase=PASSPHRASE)] and PASSPHRASE not in told.output
    marketer(monkeypatch, FILE, "passphrase", typed=f"{PASSPHRASE}\nanother one\n")
    assert asked == [ShowSecrets(), SetPassphrase(old=PASSPHRASE, new="another one")]
    marketer(monkeypatch, NONE, "passphrase", typed=f"{PASSPHRASE}\n")
    assert asked[1:] == [SetPassphrase(new=PASSPHRASE)]
    assert PASSPHRASE not in repr(asked)


def test_starting_anew_says_what_is_lost_and_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    told = marketer(monkeypatch, FILE, "forget", typed="n\n")
    assert told.exit_code == 2 and "content is not touched" in told.stderr and asked == []
    told = marketer(monkeypatch, FILE, "forget", "--yes", typed=f"{PASSPHRASE}\n")
    assert told.exit_code == 0 and asked == [StartSecretsAnew(passphrase=PASSPHRASE)]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Of a folder with a locked file, at a terminal where somebody answers."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("marketer_desktop.system.passphrase._taken", None)
    monkeypatch.setattr(passphrase, "_somebody_answers", lambda: True)
    keep_secrets_in(tmp_path)
    made = vault()
    assert made is not None
    made.create(PASSPHRASE)
    keep_secrets_in(None)
    with keyring_in_use(NoBackend()):  # type: ignore[no-untyped-call]
        yield Settings(data_dir=tmp_path)
    keep_secrets_in(None)


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """The questions, answered in this order."""
    left, questions = list(answers), list[str]()

    def prompt(text: str, **options: Any) -> str:
        assert options["hide_input"]
        questions.append(text)
        return left.pop(0)

    monkeypatch.setattr("typer.prompt", prompt)
    return questions


def is_open() -> bool:
    found = vault()
    return found is not None and found.is_open


@pytest.mark.parametrize(
    ("answers", "opened"),
    [((PASSPHRASE,), True), (("wrong", PASSPHRASE), True), (("",), False), (("x",) * 3, False)],
    ids=["right", "second try", "goes on without", "three wrong ones"],
)
def test_it_is_asked_before_an_engine_starts(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, answers: tuple[str, ...], opened: bool
) -> None:
    questions = answering(monkeypatch, *answers)
    open_secrets(settings)
    assert len(questions) == len(answers) and is_open() is opened


def test_it_is_not_asked_where_an_engine_runs_or_nobody_answers(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = answering(monkeypatch, PASSPHRASE)
    owner = OwnerLock(settings.data_dir)
    assert owner.acquire()
    open_secrets(settings)
    owner.release()
    monkeypatch.setattr(passphrase, "_somebody_answers", lambda: False)
    open_secrets(settings)
    assert questions == [] and not is_open()


def test_the_environment_answers_and_a_wrong_answer_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(passphrase, "_somebody_answers", lambda: False)
    monkeypatch.setenv(VARIABLE, "wrong passphrase")
    open_secrets(settings)
    assert "does not open" in capsys.readouterr().err and not is_open()
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    open_secrets(settings)
    assert is_open()

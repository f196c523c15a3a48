"""The settings' knowledge: preferences, downloads, privacy, licences, the Docker command."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from marketer_desktop.services.diagnose import Diagnosis, PartReport
from marketer_desktop.ui.pages.settings.presenter import (
    OTHERS,
    Download,
    Preferences,
    docker_command,
    docker_url,
    download,
    gigabytes,
    is_here,
    licences,
)
from marketer_desktop.ui.pages.settings.privacy_presenter import privacy


def test_what_was_not_chosen_has_a_sensible_value() -> None:
    stored = {"theme": "dark", "welcome": {"done": True}}
    assert Preferences.of(stored) == Preferences(theme="dark")
    assert Preferences.of({}).text_size == 100


def pull(status: str, completed: int = 0, total: int = 0) -> dict[str, Any]:
    percent = 100 * completed // total if total else None
    return {"status": status, "completed": completed, "total": total, "percent": percent}


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        (pull("pulling manifest"), Download("starting", None, 0, 0)),
        (
            pull("pulling 6a0746a1ec1a", 1_000_000_000, 4_000_000_000),
            Download("loading", 25, 1.0, 4.0),
        ),
        (pull("verifying sha256 digest", 5, 5), Download("checking", None, 5e-9, 5e-9)),
        (pull("success", 5, 5), Download("checking", None, 5e-9, 5e-9)),
    ],
)
def test_a_download_is_told_in_our_words(event: dict[str, Any], shown: Download) -> None:
    assert download(event) == shown


def test_sizes_are_short() -> None:
    assert (gigabytes(815_000_000), gigabytes(2_019_393_189)) == ("815 MB", "2.0 GB")


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:11434 (2 models)", True),
        ("http://[::1]:11434", True),
        ("http://localhost:11434", True),
        ("http://192.168.1.20:11434", False),
        ("https://ollama.example.org", False),
        ("postgresql://me@127.0.0.1:5433/marketer", True),
        ("postgresql://me@db.example.org/marketer", False),
    ],
)
def test_this_machine_is_told_from_others(address: str, here: bool) -> None:
    assert is_here(address) is here


def diagnosis(ollama: str, chosen: str) -> Diagnosis:
    parts = {"data folder": ("", "/data"), "ollama": ("", ollama), "chosen model": (chosen, "")}
    return Diagnosis(
        healthy=True,
        parts=[
            PartReport(name=name, version=version, place=place, state="ok")
            for name, (version, place) in parts.items()
        ],
    )


def test_nothing_leaves_as_long_as_every_part_is_here() -> None:
    told = privacy(diagnosis("http://127.0.0.1:11434 (1 models)", "ollama:x"), "embedded")
    assert not told.own_texts_leave and told.data_folder == "/data"


def test_an_ollama_elsewhere_counts_only_when_it_writes() -> None:
    host = "http://192.168.1.20:11434"
    assert not privacy(diagnosis(host, "starter"), "embedded").own_texts_leave
    told = privacy(diagnosis(f"{host} (1 models)", "ollama:x"), "embedded")
    assert (told.own_texts_leave, told.model_elsewhere) == (True, host)


def test_a_database_elsewhere_is_said() -> None:
    told = privacy(diagnosis("http://127.0.0.1:1", "starter"), "postgresql://me@db.example.org/m")
    assert told.database_elsewhere == "postgresql://me@db.example.org/m"
    assert told.own_texts_leave


def test_every_library_has_a_version_and_a_licence() -> None:
    found = licences()
    assert {"PySide6", "SQLAlchemy", "langgraph", "Inter"} <= {name for name, _, _ in found}
    own = [line for line in found if line not in OTHERS]
    assert all(version and licence for _, version, licence in own)
    assert not [name for name, _, licence in own if licence == "see its package"]


def test_the_command_and_the_address_belong_together() -> None:
    command, url = docker_command("s3cret"), urlsplit(docker_url("s3cret"))
    assert f"POSTGRES_PASSWORD={url.password} " in command
    assert f"-p {url.hostname}:{url.port}:5432" in command
    assert f"POSTGRES_DB={url.path.strip('/')}" in command

"""The compose file and the page about servers name commands and settings that there are."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_group

from marketer_desktop.cli.main import app
from marketer_desktop.cli.serve import PASSWORD
from marketer_desktop.llm.ollama_host import ollama_host
from marketer_desktop.settings.settings import Settings

ROOT = Path(__file__).parents[3]
COMPOSE = yaml.safe_load((ROOT / "resources" / "compose.yaml").read_text("utf-8"))
PAGE = (ROOT / "docs" / "server.md").read_text("utf-8")
# Variables of the compose file and of the command line, not settings.
OTHERS = {
    "MARKETER_ADMIN_EMAIL",
    "MARKETER_ADMIN_PASSWORD",
    "MARKETER_DB_PASSWORD",
    "MARKETER_IMAGE",
    "MARKETER_PORT",
}
MANIFESTS = [
    each
    for part in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    for each in yaml.safe_load_all(part)
]


def understood(words: list[str]) -> dict[str, Any]:
    """The options of a command line, as `marketer` reads them."""
    commands = get_group(app)
    assert isinstance(commands, TyperGroup)
    command = commands.commands[words[0]]
    return command.make_context(words[0], list(words[1:])).params


def services(profile: str) -> set[str]:
    return {name for name, each in COMPOSE["services"].items() if profile in each["profiles"]}


def test_a_desktop_gets_what_it_may_use_and_a_team_all() -> None:
    assert services("services") == {"postgres", "chroma", "ollama"}
    assert services("server") == {"postgres", "chroma", "ollama", "api", "worker"}
    assert COMPOSE["services"]["postgres"]["image"] == "postgres:16"


@pytest.mark.parametrize("name", ["api", "worker"])
def test_what_it_starts_is_a_command(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("MARKETER_DATABASE_URL", "MARKETER_CHROMA_URL"):
        monkeypatch.setenv(variable, "http://elsewhere")
    told = understood(COMPOSE["services"][name]["command"])
    assert told["host"] == "0.0.0.0"  # noqa: S104
    assert told["concurrency"] == (0 if name == "api" else 4)
    assert told["port"] == (8000 if name == "api" else 9100)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda each: each["metadata"]["name"])
def test_what_a_cluster_starts_is_a_command(manifest: dict[str, Any]) -> None:
    pod = manifest["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    told = understood(container["args"])
    assert told["port"] == container["ports"][0]["containerPort"]
    assert container["readinessProbe"]["httpGet"] == {"path": "/ready", "port": told["port"]}


@pytest.mark.parametrize("name", ["api", "worker"])
def test_every_variable_that_a_container_gets_is_read(name: str) -> None:
    given: dict[str, str] = COMPOSE["services"][name]["environment"]
    settings = {f"MARKETER_{field.upper()}" for field in Settings.model_fields}
    assert ollama_host(given) == "http://ollama:11434"
    assert given.keys() - settings == {"OLLAMA_HOST"} | ({PASSWORD} if name == "api" else set())


def test_every_variable_is_a_setting() -> None:
    known = {f"MARKETER_{name.upper()}" for name in Settings.model_fields} | OTHERS
    text = (ROOT / "resources" / "compose.yaml").read_text("utf-8") + PAGE
    assert set(re.findall(r"MARKETER_[A-Z_]+", text)) <= known


def test_the_sums_of_connections_are_right() -> None:
    """Pool, queue, events, documents and runs of each process, as the table says."""
    for pool, each_api, each_worker in ((10, 16, 20), (5, 11, 15)):
        assert (each_api, each_worker) == (pool + 6, pool + 6 + 4)
        small, large = (n * each_api + 2 * n * each_worker for n in (2, 10))
        assert f"| pool size {pool} | {each_api} and {each_worker} | {small} | {large} |" in PAGE

"""What a start waits for stays light: these libraries are loaded later, or never."""

import json
import subprocess
import sys
from functools import cache

import pytest

# Before the first paint the window's process has Qt and what draws; no asyncio, no service.
FIRST_PAINT = "marketer_desktop.cli.window", "marketer_desktop.ui.app.application"
NOT_BEFORE_PAINT = (
    "asyncio",
    "pydantic",
    "sqlalchemy",
    "qasync",
    "langchain_core",
    "marketer_desktop.services",
    "marketer_desktop.bootstrap",
)
# A window starts its engine before it loads the services; the engine starts its database so, too.
BEFORE_THE_ENGINE = ("marketer_desktop.bootstrap.desktop",)
BEFORE_THE_DATABASE = ("marketer_desktop.cli.engine_child",)
NOT_BEFORE_THE_ENGINE = ("sqlalchemy", "alembic", "httpx", "marketer_desktop.services.registry")
# An engine takes calls before it can write or search: both are loaded behind its back.
READY = ("marketer_desktop.bootstrap.handle",)
NOT_BEFORE_READY = (
    "bs4",
    "chromadb",
    "keyring",
    "langchain_core",
    "langchain_openai",
    "langgraph",
    "langsmith",
    "numpy",
    "onnxruntime",
    "openai",
    "tokenizers",
    "xllamacpp",
)
# What only `marketer serve` and `marketer worker` need; the API is loaded by them alone.
COMMANDS = ("marketer_desktop.cli.main",)
OF_SERVERS = ("fastapi", "starlette", "uvicorn", "prometheus_client", "marketer_desktop.api")
SCORE = ("marketer_desktop.cli.score",)
NOT_FOR_A_SCORE = ("sqlalchemy", "httpx", "langchain_core", "marketer_desktop.bootstrap")


@cache
def loaded(names: tuple[str, ...]) -> set[str]:
    """All modules that a fresh interpreter has after importing `names`."""
    program = (
        "import json, sys, importlib\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, *names], check=True, capture_output=True, text=True
    )
    return set(json.loads(told.stdout))


@pytest.mark.parametrize(
    ("start", "later"),
    [
        (FIRST_PAINT, NOT_BEFORE_PAINT),
        (BEFORE_THE_ENGINE, NOT_BEFORE_THE_ENGINE),
        (BEFORE_THE_DATABASE, NOT_BEFORE_THE_ENGINE),
        (READY, NOT_BEFORE_READY),
        (FIRST_PAINT, OF_SERVERS),
        (READY, OF_SERVERS),
        (COMMANDS, OF_SERVERS),
        (SCORE, NOT_FOR_A_SCORE),
    ],
    ids=[
        "first paint",
        "before the engine",
        "before the database",
        "ready",
        "the server, in a window",
        "the server, in an engine",
        "the server, in other commands",
        "score",
    ],
)
def test_a_start_does_not_wait_for(start: tuple[str, ...], later: tuple[str, ...]) -> None:
    assert loaded(start).isdisjoint(later)


def test_what_is_loaded_is_seen() -> None:
    assert {"json", "marketer_desktop.domain.words"} <= loaded(("marketer_desktop.domain.words",))

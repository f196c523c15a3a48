"""The rules of `[tool.importlinter]` hold, and each of them can fail."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import grimp
import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = "marketer_desktop"
FREE = {"pydantic"}  # typed data crosses every floor

# The contract that must notice, the file that is written into a copy, and what it says.
BREACHES = {
    "a floor above": ("floors", "domain/offender.py", "import marketer_desktop.storage"),
    "a sibling": ("floors", "workflow/offender.py", "import marketer_desktop.knowledge.errors"),
    "a folder without a floor": ("floors", "utils/__init__.py", ""),
    "a module without a floor": ("floors", "helpers.py", ""),
    "Qt in bootstrap": ("faceless", "bootstrap/offender.py", "import marketer_desktop.ui.theme"),
    "a widget in the theme": (
        "ui-floors",
        "ui/widgets/offender.py",
        "import marketer_desktop.ui.pages",
    ),
    "a page in a page": (
        "pages",
        "ui/pages/dashboard/offender.py",
        "import marketer_desktop.ui.pages.team",
    ),
    "a window in a service": ("ui", "services/offender.py", "import PySide6.QtCore"),
    "a circle": ("circles", "domain/offender.py", "import marketer_desktop.domain.returner"),
    "SQL in a service": ("storage", "services/offender.py", "import sqlalchemy.orm"),
    "a driver in jobs": ("storage", "jobs/offender.py", "import psycopg"),
    "a queue in a service": ("jobs", "services/offender.py", "import procrastinate"),
    "vectors in a service": ("knowledge", "services/offender.py", "import chromadb"),
    "Markdown in a service": ("markdown-blocks", "services/offender.py", "import markdown_it"),
    "a parser in publishing": ("knowledge", "publishing/offender.py", "import bs4"),
    "Word in a service": ("word", "services/offender.py", "import docx"),
    "HTTP in knowledge": ("httpx", "knowledge/offender.py", "import httpx"),
    "a provider in the workflow": ("llm", "workflow/offender.py", "import langchain_ollama"),
    "a graph in storage": ("workflow", "storage/offender.py", "import langgraph.graph"),
    "a renderer in the workflow": ("publishing", "workflow/offender.py", "import typst"),
    "a settings library elsewhere": ("settings", "system/offender.py", "import platformdirs"),
    "a keyring elsewhere": ("system", "llm/offender.py", "import keyring"),
    "a web framework in a service": ("api", "services/offender.py", "import fastapi"),
    "a socket in a service": ("sockets", "services/offender.py", "import websockets"),
    "a face in the API": ("floors", "api/offender.py", "import marketer_desktop.ui.theme"),
    "the API in bootstrap": (
        "faceless",
        "bootstrap/offender.py",
        "import marketer_desktop.api.app",
    ),
    "metrics elsewhere": ("observability", "jobs/offender.py", "import prometheus_client"),
    "processes elsewhere": ("processes", "services/offender.py", "import psutil"),
    "a terminal in bootstrap": ("cli", "bootstrap/offender.py", "import rich.console"),
    "a model's message in storage": ("langchain", "storage/offender.py", "import langchain_core"),
    "a file in the domain": ("pure", "domain/offender.py", "from pathlib import Path"),
}
BACK = "import marketer_desktop.domain.offender\n"

# Lints for each line that it reads, and then says the exit code.
DONE = "exit code "
LINT_WHEN_ASKED = f"""
import sys
from importlinter.cli import lint_imports
for _ in sys.stdin:
    print("{DONE}%d" % lint_imports(cache_dir="cache", no_logo=True), flush=True)
"""


def contracts() -> list[dict[str, Any]]:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: list[dict[str, Any]] = configuration["tool"]["importlinter"]["contracts"]
    return found


class Copy:
    """The package and its rules in a folder of their own, and a linter that stays at work there.

    Its start and the files that nobody has changed would else take the most time.
    """

    def __init__(self, folder: Path) -> None:
        shutil.copytree(
            ROOT / PACKAGE, folder / PACKAGE, ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copy(ROOT / "pyproject.toml", folder)
        self.package = folder / PACKAGE
        self._linter = subprocess.Popen(
            [sys.executable, "-c", LINT_WHEN_ASKED],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={"COLUMNS": "200", "NO_COLOR": "1"},
        )

    @contextmanager
    def written(self, sources: dict[str, str]) -> Iterator[None]:
        """With further files, by their places in the package."""
        made: list[Path] = []
        for place, source in sources.items():
            file = self.package / place
            made += [folder for folder in (file.parent, file) if not folder.exists()]
            file.parent.mkdir(exist_ok=True)
            file.write_text(source, "utf-8")
        yield
        for path in reversed(made):
            path.rmdir() if path.is_dir() else path.unlink()

    def broken(self) -> set[str]:
        """The ids of the contracts that the package breaks as it is now."""
        assert self._linter.stdin and self._linter.stdout
        print(file=self._linter.stdin, flush=True)
        said = line = ""
        while not line.startswith(DONE):
            line = self._linter.stdout.readline()
            assert line, f"the linter has ended: {said}"
            said += line
        told = dict(re.findall(r"^(.+) (KEPT|BROKEN)$", said, re.MULTILINE))
        assert len(told) == len(contracts()), said
        assert line == f"{DONE}{int('BROKEN' in told.values())}\n"
        return {each["id"] for each in contracts() if told[each["name"]] == "BROKEN"}

    def close(self) -> None:
        """Let the linter end."""
        self._linter.communicate()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """One for all breaches, each of which is mended again."""
    copy = Copy(tmp_path_factory.mktemp("floors"))
    yield copy
    copy.close()


def test_every_contract_holds(copy: Copy) -> None:
    assert copy.broken() == set()


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_noticed(copy: Copy, name: str) -> None:
    contract, place, line = BREACHES[name]
    sources = {place: f"{line}\n"}
    if contract == "circles":
        sources["domain/returner.py"] = BACK
    with copy.written(sources):
        broken = copy.broken()
    # What reaches up to a room that stands on it closes a circle, too.
    assert {contract} <= broken <= {contract, "circles"}


def test_every_contract_is_seen_to_fail() -> None:
    assert {each["id"] for each in contracts()} == {breach[0] for breach in BREACHES.values()}


def test_every_library_has_a_room_and_is_declared() -> None:
    graph = grimp.build_graph(PACKAGE, include_external_packages=True, cache_dir=None)
    ours = {name for name in graph.modules if name.split(".")[0] == PACKAGE}
    used = graph.modules - ours - sys.stdlib_module_names
    kept = {name for each in contracts() for name in each.get("protected_modules", ())}
    assert used - kept == FREE
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = declared["optional-dependencies"].values()
    wanted = [*declared["dependencies"], *(each for extra in extras for each in extra)]
    names = {_plain(re.split(r"[\[<>=~!]", each)[0]) for each in wanted}
    owners = packages_distributions()
    assert [name for name in sorted(used) if not names & set(map(_plain, owners[name]))] == []


def _plain(name: str) -> str:
    """A distribution's name as others spell it, too."""
    return name.casefold().replace("_", "-")

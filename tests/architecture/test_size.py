"""Files and functions stay small, and every module says what it is for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "marketer_desktop"
FOLDERS = ("marketer_desktop", "alembic", "packaging", "benchmarks", "tests")
FILE_LINES = 400
FUNCTION_LINES = 60
VAGUE_NAMES = {"utils", "util", "helpers", "common", "base", "manager", "misc"}


def complaints(name: str, source: str) -> Iterator[str]:
    """What is too long in a file called `name`, each with its length in lines."""
    lines = len(source.splitlines())
    if lines > FILE_LINES:
        yield f"{name}: {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{name}: {node.name} has {length} lines"


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_nothing_is_too_long() -> None:
    found = [
        each
        for path in files(*FOLDERS)
        for each in complaints(named(path), path.read_text("utf-8"))
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        named(path)
        for path in files("marketer_desktop")
        if not (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").strip()
    ]
    assert silent == []


def test_no_name_is_vague() -> None:
    assert [named(path) for path in sorted(PACKAGE.rglob("*")) if path.stem in VAGUE_NAMES] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1\n" * FILE_LINES, []),
        ("x = 1\n" * (FILE_LINES + 1), ["a.py: 401 lines"]),
        ("def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1), []),
        ("def f():\n" + "    x = 1\n" * FUNCTION_LINES, ["a.py: f has 61 lines"]),
        ("class A:\n async def g(self):\n" + "  x = 1\n" * 60, ["a.py: g has 61 lines"]),
    ],
)
def test_length_is_measured(source: str, expected: list[str]) -> None:
    assert list(complaints("a.py", source)) == expected

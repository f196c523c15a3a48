"""Every item of the specification is proved, decided otherwise, or named as missing."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
COVERAGE = tomllib.loads((ROOT / "tests" / "coverage_of_specification.toml").read_text("utf-8"))
ROWS = re.findall(r"^\| `([^`]+)` \|", (ROOT / "docs" / "decisions.md").read_text("utf-8"), re.M)
# How many items each chapter has: one that goes from both lists is missed, too.
COUNTS = {"7": 74, "8": 33, "9": 79, "10": 32, "11": 23}

Coverage = dict[str, Any]


def complaints(coverage: Coverage) -> Iterator[str]:
    """What is wrong with it."""
    items = {(section, item) for section, each in coverage["items"].items() for item in each}
    covered = Counter((e["section"], item) for e in coverage["covered"] for item in e["items"])
    yield from (f"nothing is said of {' / '.join(item)}" for item in items - covered.keys())
    yield from (f"unknown: {' / '.join(item)}" for item in covered.keys() - items)
    yield from (f"twice: {' / '.join(item)}" for item, times in covered.items() if times > 1)
    for entry in coverage["covered"]:
        yield from (f"{entry['items']}: {problem}" for problem in _wrong_with(entry))


def _wrong_with(entry: dict[str, Any]) -> Iterator[str]:
    said = {name: each for name, each in entry.items() if name not in ("section", "items")}
    if unknown := said.keys() - {"proved", "measured", "decided", "open"}:
        yield f"not understood: {unknown}"
    if not said or not all(said.values()):
        yield "nothing is said"
    for test in entry.get("proved", ()):
        path, _, name = test.partition("::")
        if name not in names_in(ROOT / "tests" / path):
            yield f"there is no test {test}"
    for module in entry.get("measured", ()):
        if not (ROOT / module.replace(".", "/") / "__main__.py").is_file():
            yield f"there is no {module}"
    yield from (f"no decision {row}" for row in entry.get("decided", ()) if row not in ROWS)


@cache
def names_in(path: Path) -> set[str]:
    """The names of the tests in a file; none if there is no such file."""
    if not path.is_file():
        return set()
    parts = ast.parse(path.read_text("utf-8")).body
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {each.name for each in parts if isinstance(each, kinds) and each.name.startswith("test")}


def test_every_item_is_accounted_for() -> None:
    assert list(complaints(COVERAGE)) == []


def test_no_item_is_left_out() -> None:
    found = Counter[str]()
    for section, items in COVERAGE["items"].items():
        found[section.split()[0].split(".")[0]] += len(items)
    assert found == COUNTS


def test_every_decision_is_one_about_an_item() -> None:
    used = {row for entry in COVERAGE["covered"] for row in entry.get("decided", ())}
    assert used == set(ROWS) and len(ROWS) == len(set(ROWS))


NODE = "architecture/test_coverage_of_specification.py::test_no_item_is_left_out"


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"proved": [NODE]}, ""),
        ({"items": ["other"], "proved": [NODE]}, "nothing is said of 1 / one"),
        ({"items": ["one", "two"], "proved": [NODE]}, "unknown: 1 / two"),
        ({"items": ["one", "one"], "proved": [NODE]}, "twice: 1 / one"),
        ({"proved": [f"{NODE}_s"]}, "there is no test"),
        ({"proved": ["nowhere.py::test_x"]}, "there is no test nowhere.py"),
        ({"measured": ["benchmarks.engine", "benchmarks.nothing"]}, "no benchmarks.nothing"),
        ({"decided": ["to do as one likes"]}, "no decision to do"),
        ({"proven": [NODE]}, "not understood"),
        ({"open": ""}, "nothing is said"),
        ({}, "nothing is said"),
    ],
)
def test_it_is_noticed(entry: dict[str, Any], complaint: str) -> None:
    covered = [{"section": "1", "items": ["one"], **entry}]
    found = list(complaints({"items": {"1": ["one"]}, "covered": covered}))
    assert any(complaint in each for each in found) if complaint else found == []

"""A screen, and a person in front of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.window.screen import Display, Person


@pytest.fixture(autouse=True)
def no_ollama(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that wants one starts its own."""
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")


@pytest.fixture
def display() -> Iterator[Display]:
    display = Display()
    yield display
    display.close()


@pytest.fixture
def person(display: Display, data_dir: Path, tmp_path: Path) -> Iterator[Person]:
    person = Person(display, data_dir, tmp_path / "app.log")
    yield person
    person.close()

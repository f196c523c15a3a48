"""The README names every setting and every command."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_group

from marketer_desktop.cli.main import app
from marketer_desktop.settings.settings import Settings

README = Path(__file__).parents[2] / "README.md"


def commands(group: TyperGroup, name: str) -> Iterator[str]:
    """The full names of the commands of `group`, like `marketer db upgrade`."""
    for word, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}"


SETTINGS = [f"MARKETER_{name.upper()}" for name in Settings.model_fields]
COMMANDS = list(commands(get_group(app), "marketer"))


def test_commands_are_found() -> None:
    assert {"marketer generate", "marketer db upgrade"} <= set(COMMANDS)


@pytest.mark.parametrize("name", [*SETTINGS, *COMMANDS])
def test_it_is_in_the_readme(name: str) -> None:
    assert re.search(rf"\b{name}\b", README.read_text("utf-8")), f"README.md does not name {name}"

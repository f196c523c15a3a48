"""The prompts, which are files: a system part and a user part with `${names}` to fill in."""

import re
from functools import cache
from string import Template

from marketer_desktop.domain.brief import Brief
from marketer_desktop.system.places import packaged

SEPARATOR = "\n---\n"
_SLOT = re.compile(r"\$\{\w+\}")


@cache
def _template(name: str) -> tuple[Template, Template]:
    path = packaged("resources") / "prompts" / f"{name}.md"
    system, user = path.read_text("utf-8").strip().split(SEPARATOR)
    return Template(system), Template(user)


def prompt(name: str, brief: Brief, voice: str = "", **values: str) -> tuple[str, str]:
    """System and user text of the prompt `name`; a missing value raises `KeyError`.

    `voice` is the line of a brand voice, and leaves no trace where it is empty.
    """
    known = {
        "topic": brief.topic,
        "audience": brief.audience or "readers",
        "tone": brief.tone,
        "type": brief.type.value,
        "voice": f" {voice}" if voice else "",
    }
    system, user = _template(name)
    return system.substitute(known | values), user.substitute(known | values)


@cache
def instructions() -> tuple[str, ...]:
    """What the prompts say themselves, in runs between the slots: none of it belongs in a text."""
    folder = packaged("resources") / "prompts"
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.md"))]
    runs = [run for text in texts for line in text.splitlines() for run in _SLOT.split(line)]
    return tuple(dict.fromkeys(run.strip() for run in runs if run.strip()))

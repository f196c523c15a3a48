"""An outline as a file that people edit: a heading with its words a section, then its points."""

import re
from collections.abc import Sequence

from marketer_desktop.domain.outline import OutlineSection

UNNAMED = "(no heading)"
DEFAULT_WORDS = 150  # of a section that somebody has added without saying how long it is
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)(?:[ \t]*\([ \t]*(\d+)[ \t]*words?[ \t]*\))?[ \t]*$")
_POINT = re.compile(r"^[ \t]*(?:[-*+•]|\d+[.)])?[ \t]*(.*\S)[ \t]*$")


def written(sections: Sequence[OutlineSection]) -> str:
    """The outline as Markdown."""
    blocks = [
        "\n".join(
            [
                f"## {section.heading or UNNAMED} ({section.words} words)",
                *(f"- {point}" for point in section.points),
            ]
        )
        for section in sections
    ]
    return "\n\n".join(blocks) + "\n"


def read(text: str) -> list[OutlineSection]:
    """The outline in Markdown; what stands before the first section is left out.

    A heading of the first level is the title of the piece and begins no section. Raises
    `ValueError` if a section has too few or too many words.
    """
    found: list[OutlineSection] = []
    for line in text.splitlines():
        heading, point = _HEADING.match(line), _POINT.match(line)
        if heading is not None and not line.startswith("# "):
            name = "" if heading[1] == UNNAMED else heading[1]
            found.append(OutlineSection(heading=name, words=int(heading[2] or DEFAULT_WORDS)))
        elif point is not None and heading is None and found:
            found[-1].points.append(point[1])
    return found

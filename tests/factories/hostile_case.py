"""What a hostile file is: how it is made, and what has to come of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FACT = "The quay roastery sold 312 tonnes of coffee"
DAMAGED = "is damaged and cannot be read"
TOO_MUCH = "far more than a document needs"
CRASHES = "made its reader crash"
NO_TEXT = "holds no text"
TOO_LONG = "million characters"


@dataclass(frozen=True)
class Case:
    """A file called `file` as `make` writes it; either `error` or `text` is what comes of it."""

    file: str
    make: Callable[[Path], object]
    error: str = ""
    text: str = ""


def holding(content: bytes | Callable[[], bytes]) -> Callable[[Path], object]:
    """Writes a file that holds `content`, made when it is asked for."""
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content())


# They take a limit or a second to fail or to be read, or to be made.
SLOW = frozenset(
    """
    flate-bomb.pdf flate-bomb-in-bomb.pdf laughing-forms.pdf many-operators.pdf long-pages.pdf
    many-pages.pdf zip-bomb.docx many-parts.docx merged-down.docx long-run.docx
    many-paragraphs.docx deep.html deep-and-closed.html many-attributes.html many-paragraphs.html
    many-scripts.html large.html open-brackets.md images.md stars.md crossed-stars.md
    one-link-often.md many-lines.md long-table.md a-hundred-megabytes.txt a-million-lines.txt
    one-long-line.txt
    """.split()
)

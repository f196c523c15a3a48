"""Writes a finished piece into a folder: Markdown, HTML, a mail as such, and the report."""

import json
from pathlib import Path
from typing import Any

ARTICLE, PAGE, REPORT, MAIL = "article.md", "article.html", "report.json", "article.eml"


def write_piece(
    folder: Path, text: str, page: str, report: dict[str, Any], mail: bytes | None = None
) -> Path:
    """Write the files and return the path of the Markdown; raises `OSError`.

    `mail` is the whole message, for pieces that are one.
    """
    path = write_text(folder, text, page, mail)
    _write(folder / REPORT, json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    return path


def write_text(folder: Path, text: str, page: str, mail: bytes | None = None) -> Path:
    """As `write_piece`, but without a report."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / ARTICLE, text)
    _write(folder / PAGE, page)
    if mail is not None:
        _write_bytes(folder / MAIL, mail)
    return folder / ARTICLE


def _write(path: Path, content: str) -> None:
    _write_bytes(path, content.encode("utf-8"))


def _write_bytes(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(content)
    draft.replace(path)

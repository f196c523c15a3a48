"""Writes a finished piece into a folder: Markdown, HTML and the report."""

import json
from pathlib import Path
from typing import Any

ARTICLE, PAGE, REPORT = "article.md", "article.html", "report.json"


def write_piece(folder: Path, text: str, page: str, report: dict[str, Any]) -> Path:
    """Write the three files and return the path of the Markdown; raises `OSError`."""
    path = write_text(folder, text, page)
    _write(folder / REPORT, json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    return path


def write_text(folder: Path, text: str, page: str) -> Path:
    """Write Markdown and HTML only and return the path of the Markdown; raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / ARTICLE, text)
    _write(folder / PAGE, page)
    return folder / ARTICLE


def _write(path: Path, content: str) -> None:
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(content, "utf-8")
    draft.replace(path)

"""Writes a finished piece into a folder: Markdown, HTML and the report."""

import json
from pathlib import Path
from typing import Any

ARTICLE, PAGE, REPORT = "article.md", "article.html", "report.json"


def write_piece(folder: Path, text: str, page: str, report: dict[str, Any]) -> Path:
    """Write the three files and return the path of the Markdown; raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (
        (ARTICLE, text),
        (PAGE, page),
        (REPORT, json.dumps(report, indent=2, ensure_ascii=False) + "\n"),
    ):
        draft = folder / f".{name}.part"
        draft.write_text(content, "utf-8")
        draft.replace(folder / name)
    return folder / ARTICLE

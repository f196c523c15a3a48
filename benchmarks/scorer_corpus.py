"""Documentation that installed packages ship, as HTML, in two sets with no package in common."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.scorer_oracle import PLACE
from marketer_desktop.publishing.paper_text import markdown_html

SITE_PACKAGES = Path(__import__("bs4").__file__).resolve().parents[1]
SHORTEST, LONGEST = 40, 3000
# Licences and lists of changes are no prose, and the oracle's own documentation is not read.
LEFT_OUT = re.compile(r"licen[cs]e|change|history|notice|copying|/yoastseo/", re.IGNORECASE)
TUNING_SHARE = 3  # one package in three is for tuning
# Large packages are placed by hand, so that both sets have several of them.
PLACED = {"npm": "held-out", "fastify": "tuning", "undici": "tuning", "pino": "held-out"}


class Document(NamedTuple):
    """One text; `group` is "tuning" or "held-out"."""

    id: str
    package: str
    group: str
    html: str
    markdown: str


def documents() -> list[Document]:
    """All texts of the right length, each once, in an order that does not change."""
    found: dict[str, Document] = {}
    for root in (SITE_PACKAGES, PLACE / "node_modules"):
        for path in sorted(root.rglob("*")):
            for document in _read(root, path):
                found.setdefault(hashlib.sha256(document.html.encode()).hexdigest(), document)
    return list(found.values())


def _read(root: Path, path: Path) -> Iterator[Document]:
    name = path.relative_to(root).as_posix()
    kind = "METADATA" if path.name == "METADATA" else path.suffix.lower()
    if kind not in {".md", ".html", "METADATA"} or not path.is_file():
        return
    if LEFT_OUT.search(f"/{name}") or "marketer_desktop" in name:
        return
    text = path.read_text("utf-8", errors="replace")
    if kind == "METADATA":
        head, _, text = text.partition("\n\n")
        if "text/markdown" not in head:
            return
    if SHORTEST <= len(re.sub(r"<[^>]*>", " ", text).split()) <= LONGEST:
        package = _package(name)
        markdown = "" if kind == ".html" else text
        html = text if kind == ".html" else markdown_html(text)
        yield Document(name, package, _group(package), html, markdown)


def _package(name: str) -> str:
    parts = name.split("/node_modules/")[-1].split("/")
    first = "/".join(parts[:2]) if parts[0].startswith("@") else parts[0]
    return re.sub(r"-\d.*", "", first).lower().replace("_", "-").removesuffix(".dist-info")


def _group(package: str) -> str:
    number = hashlib.sha256(package.encode()).digest()[0]
    return PLACED.get(package, "held-out" if number % TUNING_SHARE else "tuning")

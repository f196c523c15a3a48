"""Texts that want to harm whoever opens their files: what is left of that."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdf
from bs4 import BeautifulSoup

from marketer_desktop.publishing.exporting import rendered
from marketer_desktop.publishing.formats import Format
from marketer_desktop.publishing.names import file_name
from tests.factories.manuscripts import HOSTILE, HOSTILE_TITLE, make_manuscript

_BAD = re.compile(r"(?i)^\s*(javascript|vbscript|data|file):|^\\\\")


def complaints(folder: Path) -> Iterator[str]:
    """What is still dangerous, in words; nothing if all is well."""
    name = file_name(HOSTILE_TITLE, 1)
    made = make_manuscript(folder, HOSTILE, title=HOSTILE_TITLE, name=name, variants={"x": "y"})
    yield from _page(rendered(made, Format.HTML).decode())
    yield from _word(rendered(made, Format.DOCX))
    yield from _pdf(rendered(made, Format.PDF))
    for name in ZipFile(BytesIO(rendered(made, Format.ZIP))).namelist():
        if name.startswith("/") or ".." in name or re.search(r'[\\:*?"<>|\x00-\x1f]', name):
            yield f"zip: {name!r}"


def _page(page: str) -> Iterator[str]:
    tree = BeautifulSoup(page, "html.parser")
    for element in tree(True):
        if element.name in {"iframe", "object", "embed", "form", "base", "link", "img"}:
            yield f"html: {element}"
        if element.name == "script" and element.get("type") != "application/ld+json":
            yield f"html: {element}"
        for name, value in element.attrs.items():
            if name.startswith("on") or (name in {"href", "src"} and _BAD.match(str(value))):
                yield f"html: {name}={value}"


def _word(made: bytes) -> Iterator[str]:
    with ZipFile(BytesIO(made)) as package:
        for name in package.namelist():
            if name.endswith(".rels"):
                for target in re.findall(r'Target="([^"]*)"', package.read(name).decode()):
                    if _BAD.match(target):
                        yield f"docx: {target}"
            if "macro" in name.lower() or "vba" in name.lower() or "media" in name:
                yield f"docx: {name}"


def _pdf(made: bytes) -> Iterator[str]:
    document = pypdf.PdfReader(BytesIO(made))
    root = document.root_object
    if "/OpenAction" in root or "/JavaScript" in root.get("/Names", {}):
        yield "pdf: does something when it is opened"
    for page in document.pages:
        for annotation in page.get("/Annots", []):
            action = annotation.get_object().get("/A", {})
            if action.get("/S") not in (None, "/URI", "/GoTo") or _BAD.match(
                str(action.get("/URI", ""))
            ):
                yield f"pdf: {action}"

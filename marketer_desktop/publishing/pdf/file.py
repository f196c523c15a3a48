"""Typesets a piece: header, page numbers, footnotes, sources."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from marketer_desktop.domain.images import EXTENSIONS, image_type
from marketer_desktop.publishing.manuscript import Manuscript
from marketer_desktop.publishing.pdf.data import Writer
from marketer_desktop.system.places import packaged

TEMPLATE = packaged("resources") / "typst" / "piece.typ"
MAIN = "main.typ"
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2}))?(?:[-_].*)?\Z")


def file_of(manuscript: Manuscript) -> bytes:
    """The PDF. An image that cannot be drawn is replaced by what it shows. Raises `OSError`."""
    try:
        return _typeset(manuscript, with_images=True)
    except typst.TypstError:
        return _typeset(manuscript, with_images=False)


def _typeset(manuscript: Manuscript, *, with_images: bool) -> bytes:
    images: dict[str, bytes] = {}

    def picture(path: str) -> str:
        data = manuscript.image(path) if with_images else None
        if data is None:
            return ""
        name = f"image-{len(images)}{EXTENSIONS[image_type(data) or '']}"
        images[name] = data
        return name

    writer = Writer(manuscript.document, picture)
    language = _LANGUAGE.match(manuscript.language)
    told = {
        "title": manuscript.title,
        "description": manuscript.description,
        "keywords": list(manuscript.keywords),
        "language": language[1] if language else "en",
        "region": language[2] if language else None,
        "blocks": writer.blocks(),
        "notes": writer.notes(),
    }
    return _compiled({"piece.json": json.dumps(told).encode(), **images})


def _compiled(files: Mapping[str, bytes]) -> bytes:
    """The PDF of the template; it sees these files and no others."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in {MAIN: TEMPLATE.read_bytes(), **files}.items():
            (folder / file).write_bytes(data)
        return typst.compile(folder / MAIN, root=folder, format="pdf", font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """Our own and this computer's: looking for them takes longer than most texts."""
    return typst.Fonts(font_paths=[packaged("resources") / "fonts"])

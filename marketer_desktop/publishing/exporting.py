"""A text as a file for elsewhere, with its images."""

import base64
import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

from marketer_desktop.domain.images import image_type
from marketer_desktop.publishing.formats import Format
from marketer_desktop.publishing.manuscript import Manuscript, image_file
from marketer_desktop.system.loading import load

_HTML_IMAGE = re.compile(r'(<img\b[^>]*?\bsrc=")(assets/[^"]+)(")')
# What writes a kind of file, loaded with its library when it is first asked for.
_WRITERS = {
    Format.MARKDOWN: "markdown_file",
    Format.HUGO: "hugo",
    Format.HTML: "page",
    Format.DOCX: "word.file",
    Format.PDF: "pdf.file",
    Format.TEXT: "plain",
    Format.ZIP: "bundle",
}
_BESIDE = frozenset({Format.MARKDOWN, Format.HUGO})  # their images lie beside them


def rendered(manuscript: Manuscript, form: Format) -> bytes:
    """The file's content. Raises `OSError` if an image cannot be read."""
    writer = load(f"marketer_desktop.publishing.{_WRITERS[form]}")
    made: bytes = writer.file_of(manuscript)
    return made


def export(manuscript: Manuscript, form: Format, target: Path) -> int:
    """Write the file, and the images beside it that it needs; returns their number.

    Whoever reads `target` meanwhile sees the file before or the whole new one. Raises `OSError`.
    """
    content = rendered(manuscript, form)
    images = [manuscript.folder / path for path in manuscript.images] if form in _BESIDE else []
    for image in images:
        place = target.parent / image.relative_to(manuscript.folder)
        if image.resolve() != place.resolve():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(image, place)
    write_whole(target, content)
    return len(images)


def write_whole(target: Path, content: bytes) -> None:
    """Write a file, all or nothing. Raises `OSError`."""
    draft = target.with_name(f".{target.name[:60]}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def with_images(page: str, folder: Path) -> str:
    """A page with the images of `folder` inside it. Raises `OSError`."""

    def data_address(found: "re.Match[str]") -> str:
        source = image_file(folder, unquote(found[2]))
        data = source.read_bytes() if source is not None else b""
        kind = image_type(data)
        if kind is None:
            return found[0]
        return f"{found[1]}data:{kind};base64,{base64.b64encode(data).decode()}{found[3]}"

    return _HTML_IMAGE.sub(data_address, page)

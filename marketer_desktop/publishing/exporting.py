"""A text as a file for elsewhere, with its images."""

import base64
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

from marketer_desktop.domain.images import image_type

_MARKDOWN_IMAGE = re.compile(r"!\[[^\]]*\]\(<?(assets/[^)\s>]+)>?")
_HTML_IMAGE = re.compile(r'(<img\b[^>]*?\bsrc=")(assets/[^"]+)(")')


def export_markdown(target: Path, markdown: str, folder: Path) -> int:
    """Write the text, and the images of `folder` that it shows beside it; returns their number.

    Raises `OSError`.
    """
    shown = [Path(unquote(path)) for path in dict.fromkeys(_MARKDOWN_IMAGE.findall(markdown))]
    copied = 0
    for image in shown:
        source = _inside(folder, image)
        if source is not None and source != (target.parent / image).resolve():
            (target.parent / image).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target.parent / image)
            copied += 1
    _write(target, markdown)
    return copied


def export_page(target: Path, page: str, folder: Path) -> int:
    """Write a page with the images of `folder` inside it; returns their number.

    Raises `OSError`.
    """
    whole, embedded = with_images(page, folder)
    _write(target, whole)
    return embedded


def with_images(page: str, folder: Path) -> tuple[str, int]:
    """A page with the images of `folder` inside it, and their number. Raises `OSError`."""
    embedded = 0

    def data_address(found: "re.Match[str]") -> str:
        nonlocal embedded
        source = _inside(folder, Path(unquote(found[2])))
        data = source.read_bytes() if source is not None else b""
        kind = image_type(data)
        if kind is None:
            return found[0]
        embedded += 1
        return f"{found[1]}data:{kind};base64,{base64.b64encode(data).decode()}{found[3]}"

    return _HTML_IMAGE.sub(data_address, page), embedded


def _inside(folder: Path, image: Path) -> Path | None:
    """The file of an image if it is there, and not somewhere outside `folder`."""
    path = (folder / image).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


def _write(target: Path, text: str) -> None:
    draft = target.with_name(f".{target.name}.part")
    draft.write_text(text, "utf-8")
    draft.replace(target)

"""The images of a text: found in its folder, and given other addresses in its HTML."""

import base64
import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

from marketer_desktop.domain.images import image_type
from marketer_desktop.publishing.sites.post import Picture

_IMAGE = re.compile(r"<img\b[^>]*>")
_SOURCE = re.compile(r'(\bsrc=")(assets/[^"]+)(")')
_ALT = re.compile(r'\balt="([^"]*)"')


def pictures_of(html: str, folder: Path) -> tuple[Picture, ...]:
    """The images of `folder` that a text shows, each once, as it shows them. Raises `OSError`."""
    found: dict[str, Picture] = {}
    for tag in _IMAGE.findall(html):
        source, alt = _SOURCE.search(tag), _ALT.search(tag)
        path = unquote(unescape(source[2])) if source else ""
        data = _bytes(folder, path) if path and path not in found else b""
        kind = image_type(data)
        if kind is not None:
            found[path] = Picture(path, kind, unescape(alt[1]) if alt else "", data)
    return tuple(found.values())


def with_addresses(html: str, addresses: Mapping[str, str]) -> str:
    """The HTML with other addresses for the images that are named by their paths."""

    def other(found: re.Match[str]) -> str:
        address = addresses.get(unquote(unescape(found[2])))
        return found[0] if address is None else f"{found[1]}{escape(address)}{found[3]}"

    return _SOURCE.sub(other, html)


def with_pictures_inside(html: str, pictures: Sequence[Picture]) -> str:
    """The HTML with the images as parts of it."""
    inside = {
        each.path: f"data:{each.media_type};base64,{base64.b64encode(each.data).decode()}"
        for each in pictures
    }
    return with_addresses(html, inside)


def _bytes(folder: Path, path: str) -> bytes:
    file = (folder / path).resolve()
    known = file.is_relative_to(folder.resolve()) and file.is_file()
    return file.read_bytes() if known else b""

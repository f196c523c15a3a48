"""What of a text may go into a file: the one place that says which links and images do."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink

IMAGES = "assets"
SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
# XML, and so Word, has no way to say these; nobody sees them.
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


def sayable(text: str) -> str:
    """`text` without characters that no file may hold."""
    return _UNSAYABLE.sub("", text)


def safe_link(address: str) -> str:
    """`address` as it may be followed, or an empty text: nothing that runs, or opens a file.

    A path is followed from where the text is published; where that has no scheme but a host, it
    is meant for the web.
    """
    plain = address.strip()
    scheme = _SCHEME.match(_HIDDEN.sub("", plain))
    if scheme is not None and scheme[1].lower() not in SCHEMES:
        return ""
    if "\\" in plain or (scheme is not None and not _SCHEME.match(plain)):
        return ""
    return normalizeLink(f"https:{plain}" if plain.startswith("//") else plain)


def own_picture(address: str) -> str:
    """The path of an image that belongs to the text; empty for one from anywhere else."""
    path = PurePosixPath(unquote(address))
    is_inside = len(path.parts) > 1 and path.parts[0] == IMAGES and ".." not in path.parts
    return str(path) if is_inside and "\\" not in str(path) else ""

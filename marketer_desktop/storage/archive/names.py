"""Which names files in an archive may have: the same on every system, and never a way out."""

import re

SETTINGS, DICTIONARY = "settings.json", "dictionary.txt"
SINGLE = frozenset({SETTINGS, DICTIONARY})
_ROWS = re.compile(r"rows/[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*\.copy")
_DOCUMENT = re.compile(r"documents/[0-9a-f]{64}(\.[a-z0-9]{1,8})?")
_CONTENT = re.compile(r"content/[0-9]{1,18}((/[^/]+){1,8})")
_BAD = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def is_rows(name: str) -> bool:
    """Whether these are rows of a table."""
    return _ROWS.fullmatch(name) is not None


def is_file(name: str) -> bool:
    """Whether this may lie in a data folder, under this very name."""
    if name in SINGLE or _DOCUMENT.fullmatch(name):
        return True
    found = _CONTENT.fullmatch(name)
    return found is not None and all(map(_is_plain, found[1].split("/")[1:]))


def _is_plain(part: str) -> bool:
    """Whether every file system takes it, and hides nothing behind it."""
    return not (
        len(part.encode("utf-8", "replace")) > 255
        or part.startswith((".", " "))
        or part.endswith((".", " "))
        or _BAD.search(part)
        or _DEVICE.fullmatch(part)
    )

"""Names of files that every system takes, whatever a title says."""

import re
import unicodedata

from marketer_desktop.domain.titles import slug

LONGEST = 80  # characters; four bytes each still fit the 255 that file systems allow
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")
_NO_WORD = re.compile(r"[\W_]+")


def file_name(title: str, number: int) -> str:
    """The words of a title with hyphens, in its own script; `number` names one without words."""
    plain = unicodedata.normalize("NFKC", title.casefold())
    name = slug(plain) if _is_latin(plain) else _NO_WORD.sub("-", plain)
    name = name[:LONGEST].strip("-")
    has_words = any(character.isalnum() for character in plain)
    return name if has_words and not _RESERVED.match(name) else f"text-{number}"


def different(name: str, taken: set[str]) -> str:
    """`name`, with a number behind it if it is taken; then it is taken, too."""
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    taken.add(found)
    return found


def _is_latin(text: str) -> bool:
    return all(
        unicodedata.normalize("NFKD", character)[0].isascii()
        for character in text
        if character.isalpha()
    )

"""Addresses in a text: of the web, of mail, in full, bare or disguised."""

import re
from collections.abc import Iterable

# Endings that are no English words: “coffee.It” is a full stop without its space.
_ENDINGS = (
    "com|net|org|info|biz|io|co|ai|app|dev|shop|store|online|site|website|blog|tech|link|click|top|"
    "xyz|club|live|news|agency|example|invalid|test|localhost|edu|gov|eu|uk|de|fr|es|nl|pl|ch|us|"
    "ca|au|jp|cn|ru|br|se|dk|fi|ly|gl|gg|cc|tv"
)
_ADDRESS = re.compile(
    rf"""
    (?:h(?:tt|xx)ps?|ftp|file|mailto|javascript|data)\s?:/{{0,3}}[^\s<>"'”’)\]]+
    | \bwww\.[^\s<>"'”’)\]]+
    | [\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+
    | \b(?:[\w-]+\.)+(?:{_ENDINGS})\b(?:[/:?\#][^\s<>"'”’)\]]*)?
    | \b[\w-]+(?:\.[a-z]{{2,}})+/[^\s<>"'”’)\]]*
    """,
    re.VERBOSE,
)
_DISGUISED_DOT = re.compile(
    rf"\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\)|\sdot\s)\s?(?=(?:[\w-]+\.)*(?:{_ENDINGS})\b)",
    re.IGNORECASE,
)
# No address is without one of these: what has none is seen at once to have no address.
_SIGN = re.compile(r"[:@]|www\.|\.[a-z]|\[\.\]|\(\.\)|dot", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:(?:h(?:tt|xx)ps?|ftp)://|mailto:)?(?:www\.)?")


def addresses(text: str) -> set[str]:
    """The addresses in `text`, without case, scheme, “www.” and what ends a sentence."""
    if not _SIGN.search(text):
        return set()
    return {_plain(found) for found in _ADDRESS.findall(_DISGUISED_DOT.sub(".", text))}


def foreign_addresses(text: str, allowed: Iterable[str]) -> set[str]:
    """The addresses in `text` that stand in none of the `allowed` texts."""
    return addresses(text) - {address for known in allowed for address in addresses(known)}


def _plain(address: str) -> str:
    return _PREFIX.sub("", address.casefold()).rstrip(".,;:!?/").replace(" ", "")

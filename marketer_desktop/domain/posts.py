"""Posts of a thread: whole sentences packed under the platform's limit."""

import re
import unicodedata
from collections.abc import Sequence

from marketer_desktop.domain.top_level_domains import TOP_LEVEL_DOMAINS

LONGEST_POST = 280  # weighted characters
# Less the numbering: the longest brief makes more than 99 posts.
POST_CHARACTERS = LONGEST_POST - len("100/100 ")
URL_WEIGHT = 23
LINKEDIN_CHARACTERS = 3000
HOOK_CHARACTERS = 210  # what a feed shows before "see more"

# The platform's published configuration, version 3: these count one, everything else two.
_LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
# Addresses as networks find them: hosts without `https://` are plain ASCII, paths may have accents
# and Cyrillic letters, and other scripts end them.
_LETTERS = "A-Za-z0-9_\u00c0-\u024f\u1e00-\u1eff\u0400-\u052f"
_PATH = rf"(?::\d+)?(?:[/?#][{_LETTERS}!*';:=+,.$/%#\[\]~@|&()?-]*)?"
_ANY_HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}"
_ASCII_HOST = r"(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z]{2,}"
_ADDRESS = re.compile(
    rf"(?:(https?://)({_ANY_HOST})|(?<![{_LETTERS}@#$./-])({_ASCII_HOST})){_PATH}(?![{_LETTERS}@])",
    re.IGNORECASE,
)
_PICTURE = (
    "[\u203c\u2049\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f004-\U0001f1e5\U0001f200-\U0001f3fa"
    "\U0001f400-\U0001faff]"
)
_DRAWN = f"{_PICTURE}\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_EMOJI = re.compile(
    "[#*0-9]\ufe0f?\u20e3|[©®™]\ufe0f|[\U0001f1e6-\U0001f1ff]{2}"
    "|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    f"|{_DRAWN}(?:\u200d{_DRAWN})*"
)
_CLOSING = ".,:;!?'\"’)]}"
_NUMBER = re.compile(r"\A(\d+)/(\d+)\s+")


def weight(text: str) -> int:
    """Weighted characters: Latin text and punctuation count one, everything else two.

    An address counts 23 however long it is, and an emoji two however it is put together.
    """
    plain = unicodedata.normalize("NFC", text)
    total = 0
    if "." in plain:
        plain, addresses = _without_addresses(plain)
        total += addresses * URL_WEIGHT
    if plain.isascii():
        return total + len(plain)
    plain, emoji = _EMOJI.subn("", plain)
    return total + 2 * emoji + sum(_character_weight(ord(c)) for c in plain)


def _character_weight(code: int) -> int:
    return 1 if any(first <= code <= last for first, last in _LIGHT) else 2


def _without_addresses(text: str) -> tuple[str, int]:
    found = 0

    def kept(match: "re.Match[str]") -> str:
        nonlocal found
        ending = (match[2] or match[3]).rpartition(".")[2].casefold()
        if ending not in TOP_LEVEL_DOMAINS and not (match[1] and ending.isascii()):
            return match[0]
        found += 1
        return match[0][len(match[0].rstrip(_CLOSING)) :]

    return _ADDRESS.sub(kept, text), found


def packed(sentences: Sequence[str], most: int = POST_CHARACTERS) -> list[str]:
    """Posts of at most `most` weighted characters; a sentence that alone is longer is left out."""
    posts: list[str] = []
    for sentence in sentences:
        joined = f"{posts[-1]} {sentence}" if posts else sentence
        if posts and weight(joined) <= most:
            posts[-1] = joined
        elif weight(sentence) <= most:
            posts.append(sentence)
    return posts


def numbered(posts: Sequence[str]) -> list[str]:
    """The posts of a thread with their numbers: `1/3 …`, `2/3 …`; a single post needs none."""
    if len(posts) == 1:
        return list(posts)
    return [f"{n}/{len(posts)} {post}" for n, post in enumerate(posts, 1)]


def split_posts(text: str) -> list[str]:
    """The posts of a written thread: blank lines part them."""
    return [post.strip() for post in re.split(r"\n[^\S\n]*\n", text) if post.strip()]


def number_of(post: str) -> tuple[int, int] | None:
    """Which post of how many, as a post says at its beginning; None if it does not."""
    found = _NUMBER.match(post)
    # More digits than any thread has posts would be slow to read as a number.
    short = found is not None and max(len(found[1]), len(found[2])) <= 4
    return (int(found[1]), int(found[2])) if found and short else None


def unnumbered(post: str) -> str:
    """The post without its number."""
    return _NUMBER.sub("", post, count=1)

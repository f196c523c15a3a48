"""Hashtags for posts: the keywords and the topic's words, three to five of them."""

import re
from collections.abc import Iterable

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.titles import content_words
from marketer_desktop.domain.words import folded

FEWEST, MOST = 3, 5
SHORT = 3  # letters
_ACCEPTED = re.compile(r"#(?=\w*[^\W\d_])\w+")  # figures alone are no tag


def hashtag(phrase: str) -> str:
    """A phrase as one tag in capitals and lower case: `cold brew` becomes `#ColdBrew`."""
    parts = re.findall(r"[^\W_]+", re.sub("['’]", "", phrase))
    return "#" + "".join(part[:1].upper() + part[1:] for part in parts)


def hashtags(brief: Brief, text: str = "") -> list[str]:
    """Tags of the keywords; words of the topic, the readers, then of `text` fill up to three."""
    tags = [hashtag(keyword) for keyword in brief.keywords]
    said = {word for keyword in brief.keywords for word in folded(keyword)}
    words = content_words(f"{brief.topic} {brief.audience} {text}")
    # A short word says little and a word of a keyword nothing new; both are better than no tag.
    words.sort(key=lambda word: (word in said, len(word) <= SHORT))
    fill = [hashtag(word) for word in words if len(word) > 1]
    return distinct([*tags, *fill])[: max(FEWEST, min(len(brief.keywords), MOST))]


def distinct(tags: Iterable[str]) -> list[str]:
    """The tags that platforms accept, each once whatever its case."""
    return list({t.casefold(): t for t in tags if _ACCEPTED.fullmatch(t)}.values())

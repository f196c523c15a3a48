"""Titles, slugs and meta descriptions that need no model."""

import re
import unicodedata

from marketer_desktop.domain.words import contains_phrase, folded, split_sentences

LONGEST_TITLE = 60
LONGEST_DESCRIPTION = 156
_SMALL = frozenset("a an the and or but for nor of in on at to by with from as vs via".split())
_FUNCTION = _SMALL | frozenset(
    """
    how what why when where who which is are be do does your our their its it this that you
    """.split()
)


def content_words(text: str) -> list[str]:
    """The words of `text` that carry meaning, without case."""
    return [word for word in folded(text) if word not in _FUNCTION]


def says_keyphrase(text: str, keyphrase: str) -> bool:
    """Whether `keyphrase` stands in `text`, or all its content words in one sentence of it."""
    if contains_phrase(text, keyphrase):
        return True
    wanted = set(content_words(keyphrase))
    return bool(wanted) and any(wanted <= set(folded(s)) for s in split_sentences(text))


def derived_keyphrase(topic: str) -> str:
    """The keyphrase of a brief without keywords: the topic's first content words."""
    return " ".join(content_words(topic)[:3]) or topic


def title_case(text: str) -> str:
    """Capitals as English titles have them; words that already have capitals keep theirs."""
    parts = text.split()
    small = [i and part.casefold() in _SMALL for i, part in enumerate(parts)]
    return " ".join(
        part if is_small or part != part.lower() else part[:1].upper() + part[1:]
        for part, is_small in zip(parts, small, strict=True)
    )


def sentence_case(text: str) -> str:
    """The first letter as a capital, the rest as it is; a shouted heading is calmed."""
    calm = title_case(text.lower()) if text.isupper() and " " in text else text
    return calm[:1].upper() + calm[1:]


def plain_title(topic: str, keyphrase: str) -> str:
    """The topic as a title with the keyphrase in it, at most 60 characters if words allow."""
    title = title_case(topic)
    if not contains_phrase(shortened(title, LONGEST_TITLE), keyphrase):
        title = f"{title_case(keyphrase)}: {title}"
    return shortened(title, LONGEST_TITLE)


def shortened(text: str, longest: int) -> str:
    """`text` cut between words to at most `longest` characters, without a dangling small word."""
    if len(text) <= longest:
        return text
    return undangled(text[: longest + 1].rsplit(" ", 1)[0][:longest])


def undangled(text: str) -> str:
    """`text` without the small words and marks at its end that lead to nothing."""
    kept = text.split()
    while len(kept) > 1 and kept[-1].casefold().strip(":,;") in _FUNCTION:
        kept.pop()
    return " ".join(kept).rstrip(",;:–- ")


def slug(keyphrase: str) -> str:
    """Lower-case words of the keyphrase with hyphens; ASCII only."""
    plain = unicodedata.normalize("NFKD", keyphrase.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "piece"

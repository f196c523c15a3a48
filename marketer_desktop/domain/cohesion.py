"""Which sentences hang together, and which say the same again."""

from collections.abc import Iterable

from marketer_desktop.domain.titles import content_words
from marketer_desktop.domain.words import folded

# Of the content words of both sentences, the share in common from which one repeats the other.
RESTATED = 0.6

_LEANING = frozenset(
    """
    it they this these that those he she we our us you your his her their its there
    here such both and but or so also then thus hence however therefore moreover furthermore instead
    meanwhile otherwise additionally similarly finally another other others secondly thirdly in for
    """.split()
)
# "In" and "for" lean only in turns such as these.
_LEANING_TURNS = frozenset(
    (
        *("in addition", "in this", "in these", "in such", "in that", "in fact", "in other"),
        *("for example", "for instance", "for one", "for this", "for these", "for that"),
    )
)


def leans(sentence: str) -> bool:
    """Whether `sentence` needs the one before it to be understood."""
    tokens = folded(sentence)
    opening = tokens[0].partition("'")[0] if tokens else ""  # "they've" leans as "they" does
    if opening not in _LEANING:
        return False
    return opening not in {"in", "for"} or " ".join(tokens[:2]) in _LEANING_TURNS


def restates(sentence: str, others: Iterable[str]) -> bool:
    """Whether one of `others` says nearly the same in nearly the same words."""
    ours = set(content_words(sentence))
    for other in others:
        theirs = set(content_words(other))
        if ours and len(ours & theirs) >= RESTATED * min(len(ours), len(theirs) or 1):
            return True
    return False

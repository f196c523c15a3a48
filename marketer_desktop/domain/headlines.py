"""Headlines of a piece: each scored by the checks that titles have to pass, the best ones kept."""

from collections.abc import Sequence

from pydantic import BaseModel

from marketer_desktop.domain.scoring.paper import Block, Paper, Text
from marketer_desktop.domain.scoring.score import score
from marketer_desktop.domain.titles import LONGEST_TITLE, title_case
from marketer_desktop.domain.words import contains_phrase, folded

MOST = 5
TITLE_CHECKS = frozenset({"keyphraseInSEOTitle", "titleWidth"})
BEST = 9  # of a check
# After these a keyphrase in the singular reads as well as in the plural.
SMALL = frozenset("and at by for from in of on or that to with".split())


class Headline(BaseModel):
    """A title and how well it does, 0 to 100."""

    text: str
    score: int


def scored(text: str, keyphrase: str, language: str = "en") -> Headline:
    """The headline with the share that its title checks reach; a longer one than 60 reaches 0."""
    paper = Paper(Text((Block("paragraph", text, 0, len(text)),)), keyphrase, text)
    found = [c.score for c in score(paper, language).checks if c.id in TITLE_CHECKS]
    fits = bool(found) and len(text) <= LONGEST_TITLE
    return Headline(text=text, score=round(100 * sum(found) / (BEST * len(found))) if fits else 0)


def with_keyphrase(text: str, keyphrase: str) -> str:
    """The headline with the keyphrase in front if it has none."""
    return text if contains_phrase(text, keyphrase) else f"{title_case(keyphrase)}: {text}"


def worded(topic: str, keyphrase: str) -> str:
    """The topic with the keyphrase as it is written for its plural, where that can stand."""
    words, wanted = topic.split(), keyphrase.split()
    singular = [_stem(word) for word in wanted]
    for start in range(len(words) - len(wanted) + 1):
        end = start + len(wanted)
        alike = [_stem(word) for word in words[start:end]] == singular
        closed = end == len(words) or words[end].casefold() in SMALL
        if alike and closed:
            return " ".join([*words[:start], *wanted, *words[end:]])
    return topic


def _stem(word: str) -> str:
    return word.casefold().rstrip("s")


def fits(text: str) -> bool:
    """Whether a title of these words is not cut."""
    return len(text) <= LONGEST_TITLE


def ranked(
    title: str, others: Sequence[str], keyphrase: str, language: str = "en"
) -> list[Headline]:
    """The title, then the best of the others, each text once and five in all."""
    distinct = {folded(text): text for text in reversed([title, *others]) if text}
    distinct.pop(folded(title), None)
    rest = [scored(text, keyphrase, language) for text in reversed(distinct.values())]
    rest = sorted((h for h in rest if h.score), key=lambda headline: -headline.score)
    return [scored(title, keyphrase, language), *rest][:MOST]

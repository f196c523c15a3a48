"""Words by which English sentences follow from, or turn against, one another."""

import re
from collections.abc import Sequence

_SINGLE_WORDS = (
    # one after another in time and order
    "afterwards before concurrently during earlier eventually finally firstly following "
    "formerly fourthly initially last lastly later meanwhile occasionally presently "
    "previously secondly shortly simultaneously since soon subsequently suddenly then "
    "thereafter thirdly till until when whenever while "
    # more of the same
    "additionally also another besides chiefly e.g. equally especially further furthermore "
    "generally i.e. identically incidentally including likewise moreover mostly namely "
    "particularly similarly specifically "
    # the contrary, or less
    "albeit although but comparatively contrarily conversely despite however instead "
    "nevertheless nonetheless nor notwithstanding otherwise rather regardless still than "
    "though unlike whereas "
    # reason and result
    "accordingly because consequently correspondingly hence henceforth if lest so therefore "
    "thereupon thus unless whether "
    # weight and summary
    "actually altogether anyway basically certainly emphatically evidently explicitly indeed "
    "markedly obviously overall significantly surely surprisingly undeniably undoubtedly "
    "unquestionably "
)
_PHRASES = (
    # one after another in time and order
    "after all|after that|all at once|all of a sudden|as long as|as soon as|at first|at last|"
    "at the same time|at this point|at this time|by the time|for a start|for the time being|"
    "from now on|from time to time|in due time|in the beginning|in the end|in the first place|"
    "in the long run|in the meantime|in the second place|in time|once in a while|prior to|"
    "so far|then again|to begin with|until now|"
    # more of the same
    "according to|as an illustration|as well as|by the same token|coupled with|"
    "equally important|for another thing|for example|for instance|for one thing|in addition|"
    "in like manner|in other words|in particular|in similar fashion|in the same way|not only|"
    "not to mention|note that|such as|that is|to illustrate|together with|"
    # the contrary, or less
    "as opposed to|at any rate|at least|at most|by comparison|by contrast|compared to|"
    "different from|either way|even more|even so|in any case|in any event|in contrast|"
    "in either case|in reality|in spite of|instead of|less than|on the contrary|"
    "on the one hand|on the other hand|rather than|regardless of|"
    # reason and result
    "as a result|because of|being that|due to|for fear that|for that reason|"
    "for the purpose of|for the same reason|for this purpose|for this reason|given that|"
    "in case|in light of|in order that|in order to|in that case|in the event that|"
    "in the hope that|in this case|in this situation|in view of|inasmuch as|now that|"
    "on account of|on condition that|owing to|provided that|seeing that|so as to|so long as|"
    "so that|to that end|to this end|with the result that|"
    # weight and summary
    "above all|all in all|all things considered|as a matter of fact|as much as|by all means|"
    "by and large|by the way|for the most part|here and there|in a word|in brief|"
    "in conclusion|in detail|in effect|in essence|in fact|in general|in short|in sum|"
    "in summary|in truth|it follows that|most important|of course|on balance|on the whole|"
    "to be sure|to clarify|to conclude|to emphasize|to explain|to repeat|to sum up|"
    "to summarize|what's more|with reference to|with regard to|with this in mind|"
    "without a doubt|without doubt|"
)
_SINGLE = frozenset(_SINGLE_WORDS.split())
_TWO_PART = (
    (("both",), ("and",)),
    (("if",), ("then",)),
    (("not", "only"), ("but", "also")),
    (("neither",), ("nor",)),
    (("either",), ("or",)),
    (("not",), ("but",)),
    (("whether",), ("or",)),
    (("no", "sooner"), ("than",)),
)


_INSIDE = re.compile(r"[^\w'.]+")
_LISTED = tuple(tuple(phrase.split()) for phrase in _PHRASES.split("|") if phrase)
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in _LISTED:
    _BY_FIRST.setdefault(_phrase[0], []).append(_phrase)


def has_transition(words: Sequence[str]) -> bool:
    """Whether the lower-case words hold a transition word, a phrase or both halves of a pair.

    The halves of a pair may stand in any order, as the open analysis has it.
    """
    parts = _parted(words)
    if not _SINGLE.isdisjoint(parts):
        return True
    if any(_follows(parts, at) for at, word in enumerate(parts) if word in _BY_FIRST):
        return True
    return any(all(_holds(parts, half) for half in pair) for pair in _TWO_PART)


def _parted(words: Sequence[str]) -> list[str]:
    """The words, and the parts of hyphened ones: *last-in* has *last*."""
    parts: list[str] = []
    for word in words:
        parts.extend(_INSIDE.split(word) if _INSIDE.search(word) else (word,))
    return parts


def _follows(words: Sequence[str], at: int) -> bool:
    return any(tuple(words[at : at + len(found)]) == found for found in _BY_FIRST[words[at]])


def _holds(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return phrase[0] in words and any(
        tuple(words[at : at + len(phrase)]) == phrase for at in range(len(words))
    )

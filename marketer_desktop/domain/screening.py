"""Which sentences of a model may stay: whole, in the third person, and with no invented facts."""

import re
from collections.abc import Iterable
from itertools import pairwise

from marketer_desktop.domain.words import folded, ngrams, words

SHORTEST, LONGEST = 6, 38

_TALK = re.compile(
    r"\b(?:I|I'm|I've|I'd|I'll|me|my|mine|as an ai|language model|assistant|sure(?=,)|certainly|"
    r"here(?:['’]s| is| are)|the following|in this (?:article|post|guide|section|email|paragraph)|"
    r"this (?:article|post|guide|blog|section|email|paragraph|information|fact|question|text|"
    r"statement|answer)|these facts|blog post|word count|rewrite|prompt|"
    r"(?:your|company|brand|product) name|lorem ipsum|todo|click here|read on|stay tuned|"
    r"(?:this|the) (?:phrase|example|scenario|sentence|business model|revised|original)|"
    r"let['’]s|we['’]ll explore|discuss(?:es)? how)\b",
    re.IGNORECASE,
)
# Claims that call on somebody's authority, and claims about a company nobody has named.
_HEARSAY = re.compile(
    r"\b(?:(?:has|have|been) (?:been )?(?:shown|proven|proved)|stud(?:y|ies) (?:have|has|show|find|"
    r"found|suggest)\w*|research (?:has|shows|suggests|found)|according to|scientists|experts|"
    r"marketing (?:writer|tip|slogan|strategy|tool)|"
    r"the (?:company|brand|author|writer|team)(?:['’]s)?|"
    r"our (?:company|team|brand|product|products|customers))\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
_FIGURE_WORDS = frozenset(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
    million millions billion billions dozen dozens percent half third quarter twice triple decade
    decades century centuries
    """.split()
)
_LABEL = re.compile(r"^(?:[\w’'-]+\s+){0,4}[\w’'-]+:\s")  # "Sustainable practices: By …"
_MARKUP = re.compile(r"[*_#`<>\[\]{}|~]|https?:|www\.|\.\.\.|…")
_INSIDE_NAME = re.compile(r"(?<=[\w,;’'] )[A-ZÀ-Þ][\w’'-]*")
_FIRST_WORD = re.compile(r"^[\"'“‘(]?([A-ZÀ-Þ][\w’'-]*)")


def figures(text: str) -> set[str]:
    """Figures in `text`, in digits and in words."""
    spelled = {word for word in folded(text) if word in _FIGURE_WORDS}
    return set(_FIGURE.findall(text)) | spelled


def names(text: str) -> set[str]:
    """Words written like names: a capital inside a sentence; without case, without genitive s."""
    return {re.sub(r"['’]s$", "", name).casefold() for name in _INSIDE_NAME.findall(text)}


class Vocabulary:
    """What the sources and the brief say, against which figures and names are held."""

    def __init__(self, texts: Iterable[str]) -> None:
        known = list(texts)
        self._words = {re.sub(r"['’]s$", "", w) for text in known for w in folded(text)}
        self._figures = {figure for text in known for figure in figures(text)}

    def invented(self, sentence: str) -> set[str]:
        """Figures and names of `sentence` that nothing known mentions."""
        strange = {name for name in names(sentence) if not self._knows(name)}
        return strange | (figures(sentence) - self._figures)

    def _knows(self, name: str) -> bool:
        return all(part in self._words for part in re.split(r"[-’']", name) if part)


def stutters(sentence: str) -> bool:
    """Whether a word follows itself or three words come twice."""
    tokens = folded(sentence)
    trigrams = ngrams(tokens, 3)
    doubled = any(a == b for a, b in pairwise(tokens))
    return doubled or len(set(trigrams)) < len(trigrams)


def well_formed(sentence: str) -> bool:
    """Whether `sentence` is a whole plain sentence of a bearable length."""
    if (
        not SHORTEST <= len(words(sentence)) <= LONGEST
        or _MARKUP.search(sentence)
        or _LABEL.match(sentence)
    ):
        return False
    pairs = (("(", ")"), ("“", "”"))
    balanced = all(sentence.count(a) == sentence.count(b) for a, b in pairs)
    whole = bool(_FIRST_WORD.match(sentence)) and sentence.rstrip("\"'”’)")[-1:] in tuple(".!")
    return whole and balanced and sentence.count('"') % 2 == 0


def objection(sentence: str, vocabulary: Vocabulary) -> str | None:
    """Why `sentence` may not stay, in a few words; None when it may."""
    if not well_formed(sentence):
        return "not a whole plain sentence"
    if _TALK.search(sentence):
        return "speaks about itself or the task"
    if _HEARSAY.search(sentence):
        return "claims what no source says"
    if stutters(sentence):
        return "repeats itself"
    invented = vocabulary.invented(sentence)
    return f"not in the sources: {', '.join(sorted(invented))}" if invented else None

"""Which sentences of a model may stay: whole, in the third person, and with no invented facts."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from marketer_desktop.domain.addresses import addresses
from marketer_desktop.domain.numerals import numerals
from marketer_desktop.domain.words import count_words, folded, ngrams

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
_LABEL = re.compile(r"^(?:[\w’'-]+\s+){0,4}[\w’'-]+:\s")  # "Sustainable practices: By …"
_MARKUP = re.compile(r"[*_#`<>\[\]{}|~]|\.\.\.|…")
_WRITTEN = re.compile(r"[^\W\d_][\w’'-]*")
_GENITIVE = re.compile(r"['’]s$")
# What everyday words are made of; the dictionary has their roots.
_ENDINGS = tuple("s es ed d ing ly er ers r rs est ness ment ments able ful less al ally".split())
# Words that a sentence may open with though no dictionary of nouns and verbs has them.
_NO_NAMES = frozenset("i i'm i've i'd i'll".split())
_FIRST_WORD = re.compile(r"^[\"'“‘(]?([A-ZÀ-Þ][\w’'-]*)")


def figures(text: str) -> set[str]:
    """Figures in `text`, in digits and in words, in one form; see `numerals`."""
    return numerals(text)


def names(text: str) -> set[str]:
    """Words written like names: a capital inside a sentence or a word, without case and genitive.

    The first word of the sentence counts only with a capital inside it.
    """
    found = list(_WRITTEN.finditer(text))
    written = [match.group() for match in found]
    inside = [w for n, w in enumerate(written) if (n and w[0].isupper()) or _oddly_cased(w)]
    return {_folded_name(word) for word in inside} - _NO_NAMES


def _oddly_cased(word: str) -> bool:
    """“eBay”, “McCoy”, “IKEA”: capitals where everyday words have none."""
    if word.islower():  # as most are
        return False
    return any(a.islower() and b.isupper() for a, b in pairwise(word)) or (
        len(word) > 1 and word.isupper()
    )


def _folded_name(word: str) -> str:
    return _GENITIVE.sub("", word).casefold().replace("’", "'")


class Vocabulary:
    """What the sources and the brief say, against which figures and names are held.

    `common` are everyday words in lower case, by which a name at the start of a sentence is told
    from a word; without them only what is cased like a name counts there.
    """

    def __init__(self, texts: Iterable[str], common: Collection[str] = frozenset()) -> None:
        known = list(texts)
        self._words = {_GENITIVE.sub("", w) for text in known for w in folded(text)}
        self._figures = {figure for text in known for figure in figures(text)}
        self._addresses = {address for text in known for address in addresses(text)}
        self._common = common

    def invented(self, sentence: str) -> set[str]:
        """Figures, names and addresses of `sentence` that nothing known mentions."""
        stated = names(sentence) | self._opening(sentence)
        strange = {name for name in stated if not self._knows(name)}
        strange |= figures(sentence) - self._figures
        return strange | (addresses(sentence) - self._addresses)

    def strange(self, title: str) -> set[str]:
        """What nothing known mentions in a title, where every word may have a capital."""
        stated = {_folded_name(word) for word in _WRITTEN.findall(title)}
        unknown = {w for w in stated if not self._knows(w) and self._common and not self._plain(w)}
        unknown |= figures(title) - self._figures
        return unknown | (addresses(title) - self._addresses)

    def _opening(self, sentence: str) -> set[str]:
        """The first word, if it is no everyday one."""
        first = _FIRST_WORD.match(sentence)
        if first is None or not self._common:
            return set()
        word = _folded_name(first.group(1))
        return set() if self._plain(word) else {word}

    def _plain(self, word: str) -> bool:
        """Whether every part of a word is an everyday word, also in an inflected form."""
        return all(
            len(part) == 1 or any(root in self._common for root in _roots(part))
            for part in re.split(r"[-']", word)
        )

    def _knows(self, name: str) -> bool:
        return all(part in self._words for part in re.split(r"[-’']", name) if part) or (
            name in self._words
        )


def _roots(word: str) -> Iterator[str]:
    """The word itself, then what it may be an inflected form of."""
    yield word
    for ending in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and len(root) > 2:
            yield from (root, f"{root}e", f"{root[:-1]}y" if root[-1] == "i" else root)
            if root[-1] == root[-2]:
                yield root[:-1]


def stutters(sentence: str) -> bool:
    """Whether a word follows itself or three words come twice."""
    tokens = folded(sentence)
    trigrams = ngrams(tokens, 3)
    doubled = any(a == b for a, b in pairwise(tokens))
    return doubled or len(set(trigrams)) < len(trigrams)


def well_formed(sentence: str) -> bool:
    """Whether `sentence` is a whole plain sentence of a bearable length."""
    if (
        not SHORTEST <= count_words(sentence) <= LONGEST
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

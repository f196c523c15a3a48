"""What scoring must know about a language; a language is one module of `languages`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """Everything in the scorer that depends on the language of the text.

    Words are lower case. `passive` and `transitions` are asked about one sentence;
    `syllables` about one word. `ease` are the constants of the Flesch formula: the start, the
    weight of words a sentence and the weight of syllables a word.
    """

    code: str
    function_words: frozenset[str]
    weak_openings: frozenset[str]
    abbreviations: frozenset[str]
    transitions: Callable[[Sequence[str]], bool]
    passive: Callable[[Sequence[str]], bool]
    syllables: Callable[[str], int]
    ease: tuple[float, float, float]

"""Answers about sentences that are kept: a run asks the same about the same ones many times."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Answer = TypeVar("Answer")

# A run has some hundreds of sentences, its own and those of its passages; what is longer than any
# of them is a whole text, which changes with every key press.
KEPT, LONGEST = 1024, 400


def of_sentences(find: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """The same function, which remembers what it has found of short texts lately."""
    known = lru_cache(KEPT)(find)

    @wraps(find)
    def found(text: str) -> Answer:
        return known(text) if len(text) <= LONGEST else find(text)

    return found

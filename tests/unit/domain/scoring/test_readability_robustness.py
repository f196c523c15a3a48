"""Nothing that anyone writes brings the readability half of the scorer down."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketer_desktop.domain.scoring.languages.english import ENGLISH
from marketer_desktop.domain.scoring.paper import Block, Text
from marketer_desktop.domain.scoring.readability import (
    flesch,
    readability,
    readability_total,
    reading_time_minutes,
    statistics,
)
from marketer_desktop.domain.scoring.sentences import sentences
from marketer_desktop.domain.scoring.tokens import count_words, tokens

ANYTHING = st.text(max_size=300)
PROSE = st.lists(
    st.sampled_from(
        "The word was seen . ! ? … \" ) [ \n \v -- – , : e.g. 3.5 é 😀 it's".split(" ")
    ),
    max_size=60,
).map(" ".join)
KINDS = st.sampled_from(["heading", "paragraph", "item", "cell", "caption", "quote", "code"])
BLOCKS = st.builds(
    lambda kind, text, start: Block(kind, text, start, start + len(text)),
    KINDS,
    ANYTHING | PROSE,
    st.integers(0, 10_000),
)


@given(st.lists(BLOCKS, max_size=8), st.sampled_from([ENGLISH, None]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_judged(blocks: list[Block], language: object) -> None:
    known = ENGLISH if language else None
    text = Text(tuple(blocks))
    checks = readability(text, known)
    assert all(-999 <= check.score <= 9 and check.message for check in checks)
    assert all(p.start <= p.end for check in checks for p in check.positions)
    assert readability_total(checks) in {30, 60, 90}
    assert 0 <= flesch(text, ENGLISH) <= 100
    assert reading_time_minutes(text) >= 0
    assert statistics(text, known).words >= 0


@given(ANYTHING | PROSE)
@settings(max_examples=200, deadline=None)
def test_sentences_cover_every_word_once_and_in_order(text: str) -> None:
    spans = sentences(text, ENGLISH.abbreviations)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    kept = "".join("".join(text[start:end].split()) for start, end in spans)
    assert kept == "".join(text.split())


@given(ANYTHING)
@settings(max_examples=100, deadline=None)
def test_words_are_never_empty(text: str) -> None:
    assert all(tokens(text))
    assert count_words(text) <= len(text)
    assert all(ENGLISH.syllables(token) >= 0 for token in tokens(text))


@pytest.mark.parametrize(
    "evil", ["." * 20_000, ". " * 10_000, "a" * 20_000, "[" * 20_000, "-" * 20_000, "Dr. " * 5_000]
)
def test_monotonous_text_takes_no_longer_than_prose(evil: str) -> None:
    text = Text((Block("paragraph", evil, 0, len(evil)),))
    start = time.process_time()
    readability(text, ENGLISH)
    flesch(text, ENGLISH)
    assert time.process_time() - start < 2


def test_1500_words_take_less_than_25_ms() -> None:
    said = "However, the small birds were seen over green fields near every town. "
    blocks = tuple(Block("paragraph", said * 5, n * 400, n * 400 + 350) for n in range(25))
    text = Text(blocks)
    assert statistics(text, ENGLISH).words == 1500
    times = []
    for _ in range(7):
        start = time.process_time()
        readability(text, ENGLISH)
        flesch(text, ENGLISH)
        times.append(time.process_time() - start)
    assert min(times) < 0.025

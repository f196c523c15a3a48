"""Two texts are compared without losing or inventing a character of either."""

import itertools
import random

import pytest

from marketer_desktop.domain.comparison import Change, compared

OLD = "# Tea\n\nTea is served at five. Bring a cup.\n\nThe end.\n"


def sides(changes: list[Change]) -> tuple[str, str]:
    old = "".join(c.text for c in changes if c.kind != "added")
    new = "".join(c.text for c in changes if c.kind != "removed")
    return old, new


def kinds(changes: list[Change]) -> list[tuple[str, str]]:
    return [(c.kind, c.text) for c in changes if c.kind != "same"]


def test_one_word_is_one_word() -> None:
    changes = compared(OLD, OLD.replace("five", "six"))
    assert kinds(changes) == [("removed", "five."), ("added", "six.")]


def test_another_paragraph_is_not_mixed_word_by_word() -> None:
    new = OLD.replace("The end.", "Coffee follows later on.")
    assert kinds(compared(OLD, new)) == [
        ("removed", "The end.\n"),
        ("added", "Coffee follows later on.\n"),
    ]


def test_a_paragraph_that_is_new_is_added_whole() -> None:
    new = OLD.replace("The end.", "A new thought.\n\nThe end.")
    assert kinds(compared(OLD, new)) == [("added", "A new thought.\n\n")]


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", "a"), ("a", ""), ("\n\n \n", "\n")])
def test_empty_texts_are_texts(old: str, new: str) -> None:
    assert sides(compared(old, new)) == (old, new)
    assert compared(old, old) == ([Change(kind="same", text=old)] if old else [])


@pytest.mark.parametrize("seed", range(40))
def test_both_texts_come_out_of_a_comparison(seed: int) -> None:
    chance = random.Random(seed)
    pieces = ["tea", "cup", " ", "  ", "\n", "\n\n", "\n \n", "Größe", "。", "[1]", "# "]

    def text() -> str:
        return "".join(chance.choice(pieces) for _ in range(chance.randint(0, 60)))

    old, new = text(), text()
    changes = compared(old, new)
    assert sides(changes) == (old, new)
    assert all(a.kind != b.kind for a, b in itertools.pairwise(changes))

"""What changes in a piece changes in its Markdown, and nothing else does."""

from collections.abc import Callable

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.publishing.piece_patch import NotFound, patched
from marketer_desktop.publishing.reading import read_piece

BLOG, PAGE = ContentType.BLOG, ContentType.WEBPAGE
TEXT = """# Coffee *today*

First **one** here[1]. Second [one](http://x.example/z_1) here. Third one here.

Another paragraph. With two.

- Item one is here.
- Item two is here.

Costs
-----

A cup costs 40 cents[1]. Yes.

---

**Sources**

- [1] prices.pdf
"""


def said(text: str, source: int | None = None) -> Sentence:
    return Sentence(text=text, source=source)


def title(piece: Piece) -> None:
    piece.title = "Tea"


def heading(piece: Piece) -> None:
    piece.sections[1].heading = "Prices"


def level(piece: Piece) -> None:
    piece.sections[1].level = 3


def first_gone(piece: Piece) -> None:
    piece.sections[0].paragraphs[0].pop(0)


def middle_gone(piece: Piece) -> None:
    piece.sections[0].paragraphs[0].pop(1)


def last_gone(piece: Piece) -> None:
    piece.sections[0].paragraphs[0].pop()


def paragraph_gone(piece: Piece) -> None:
    piece.sections[0].paragraphs.pop(1)


def item_gone(piece: Piece) -> None:
    piece.sections[0].paragraphs.pop(2)


def begun(piece: Piece) -> None:
    piece.sections[0].paragraphs[0].insert(0, said("New at first."))


def put_between(piece: Piece) -> None:
    piece.sections[0].paragraphs[0].insert(1, said("New between."))


def added(piece: Piece) -> None:
    piece.sections[0].paragraphs[0].append(said("New at last."))


def other_words(piece: Piece) -> None:
    piece.sections[1].paragraphs[0][0] = said("It is cheap.", 1)


def split(piece: Piece) -> None:
    first = piece.sections[0].paragraphs[0]
    piece.sections[0].paragraphs[0:1] = [first[:1], first[1:]]


def joined(piece: Piece) -> None:
    paragraphs = piece.sections[0].paragraphs
    paragraphs[0:2] = [paragraphs[0] + paragraphs[1]]


def new_section(piece: Piece) -> None:
    paragraphs = piece.sections[0].paragraphs
    piece.sections.insert(1, Section(heading="New", paragraphs=paragraphs[1:]))
    piece.sections[0].paragraphs = paragraphs[:1]


def swapped(piece: Piece) -> None:
    one, other = piece.sections[0].paragraphs[0], piece.sections[1].paragraphs[0]
    one[0], other[0] = other[0], one[0]


CHANGES = (
    *(title, heading, level, first_gone, middle_gone, last_gone, paragraph_gone, item_gone),
    *(begun, put_between, added, other_words, split, joined, new_section, swapped),
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_markdown_shows_the_changed_piece(change: Callable[[Piece], None]) -> None:
    before = read_piece(BLOG, TEXT)
    after = before.model_copy(deep=True)
    change(after)
    text = patched(BLOG, TEXT, before, after)
    assert read_piece(BLOG, text).model_dump() == after.model_dump()
    assert text.endswith("---\n\n**Sources**\n\n- [1] prices.pdf\n")
    assert "\n\n\n" not in text


def test_what_was_not_changed_keeps_its_characters() -> None:
    before = read_piece(BLOG, TEXT)
    after = before.model_copy(deep=True)
    after.sections[0].paragraphs[0].pop(2)
    assert patched(BLOG, TEXT, before, after) == TEXT.replace(" Third one here.", "")
    assert patched(BLOG, TEXT, before, before) == TEXT


def test_the_lines_under_a_title_can_change() -> None:
    text = "# Tea\n\n*Hot and fresh.*\n\n**Buy now**\n\nIt is good.\n"
    before = read_piece(PAGE, text)
    after = before.model_copy(update={"subheadline": "Fresh.", "call_to_action": "Order a pot"})
    changed = patched(PAGE, text, before, after)
    assert changed == "# Tea\n\n*Fresh.*\n\n**Order a pot**\n\nIt is good.\n"


def test_what_stands_nowhere_cannot_be_changed() -> None:
    before = Piece(title="Tea", sections=[Section(paragraphs=[[said("Not in it.")]])])
    with pytest.raises(NotFound, match="Not in it"):
        patched(BLOG, "# Tea\n\nSomething else.\n", before, before)

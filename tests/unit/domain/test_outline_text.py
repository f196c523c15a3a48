"""An outline as a file: what is written is read back, and people may write it in their own way."""

import pytest

from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.domain.outline_text import read, written

SECTIONS = [
    OutlineSection(heading="What it costs", points=["The price", "Delivery: free"], words=120),
    OutlineSection(heading="How to begin (in a week)", points=[], words=80),
]


def test_what_is_written_is_read_back() -> None:
    assert read(written(SECTIONS)) == SECTIONS
    unnamed = [OutlineSection(points=["One thing"], words=60)]
    assert read(written(unnamed)) == unnamed


def test_people_write_it_in_their_own_way() -> None:
    text = """# The title of the piece
Notes before the first section.

### Prices   ( 200 words )
* one
  2. two
three

## Delivery
"""
    assert read(text) == [
        OutlineSection(heading="Prices", points=["one", "two", "three"], words=200),
        OutlineSection(heading="Delivery", words=150),
    ]


@pytest.mark.parametrize("text", ["", "no heading at all", "# Only a title\n- a point"])
def test_without_headings_there_is_no_outline(text: str) -> None:
    assert read(text) == []


def test_a_section_of_five_words_is_refused() -> None:
    with pytest.raises(ValueError, match="greater than or equal to 10"):
        read("## Short (5 words)")

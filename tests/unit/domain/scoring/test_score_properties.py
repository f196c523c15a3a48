from hypothesis import given, settings
from hypothesis import strategies as st

from marketer_desktop.domain.scoring.paper import Paper, Text
from marketer_desktop.domain.scoring.score import score
from marketer_desktop.publishing.paper_text import html_text, markdown_text

PIECES = st.sampled_from(
    "# *_`[]()<>!-+|\n\t&;=\"'~^{}\\/.:? <p> </p> <a href= <li> <td> <br> <h2> </h2> <!-- --> "
    "<![CDATA[ ]]> &amp; &# &#x110000; ![a](b) [c](d) ``` --- | - > 1. zebra \u2028 \ud800"
    .split(" ")
)  # fmt: skip
WILD = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(source=WILD, keyphrase=st.text(max_size=20), title=WILD, slug=st.text(max_size=20))
def test_no_text_breaks_the_scorer(source: str, keyphrase: str, title: str, slug: str) -> None:
    for text in (markdown_text(source), html_text(source)):
        _places_are_inside(text, source)
        for language in ("en", "xx"):
            paper = Paper(text, keyphrase, title, None, title, slug, slug)
            told = score(paper, language)
            assert 0 <= told.seo <= 100
            assert told.readability in {30, 60, 90}
            for place in (place for check in told.checks for place in check.positions):
                assert 0 <= place.start <= place.end <= len(source)


def _places_are_inside(text: Text, source: str) -> None:
    for block in text.blocks:
        assert 0 <= block.start <= block.end <= len(source)
        for at in range(len(block.text) + 1):
            start, end = block.place(at, len(block.text))
            assert block.start <= start <= end <= block.end
    for link in text.links:
        assert 0 <= link.start <= link.end <= len(source)
    for image in text.images:
        assert 0 <= image.start <= image.end <= len(source)

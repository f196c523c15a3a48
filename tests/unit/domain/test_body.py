"""The text that words are counted in."""

import pytest

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.piece import Sentence
from tests.factories.pieces import make_piece, make_section

SECTION = make_section("A heading", ["One.", "Two."], ["Three."])
SECTION.paragraphs[1].append(Sentence(text="Four.", origin="source", source=1))


@pytest.mark.parametrize("content_type", [ContentType.BLOG, ContentType.WEBPAGE])
def test_long_forms_count_title_and_headings_and_no_marks(content_type: ContentType) -> None:
    body = body_text(content_type, make_piece(SECTION, title="The title"))
    assert body == "The title\n\nA heading\n\nOne. Two.\n\nThree. Four."


@pytest.mark.parametrize(
    "content_type", [ContentType.LINKEDIN, ContentType.TWITTER, ContentType.EMAIL]
)
def test_short_forms_count_hashtags_and_no_title(content_type: ContentType) -> None:
    piece = make_piece(make_section("", ["One.", "Two."])).model_copy(
        update={"hashtags": ["#Tea", "#Time"]}
    )
    assert body_text(content_type, piece) == "One. Two.\n\n#Tea #Time"

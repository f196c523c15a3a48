"""The text of a piece as its platform shows it, which is what words are counted in."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece


class Part(NamedTuple):
    """One block of the body; `text` may hold links; `level` is 0 for paragraphs."""

    kind: Literal["heading", "paragraph"]
    text: str
    level: int = 0


def body_parts(content_type: ContentType, piece: Piece) -> Iterator[Part]:
    """The blocks in reading order, empty ones left out."""
    return (part for part in _parts(content_type, piece) if visible(part.text))


def _parts(content_type: ContentType, piece: Piece) -> Iterator[Part]:
    if content_type in LONG_FORM:
        yield Part("heading", piece.title, 1)
    if content_type is ContentType.WEBPAGE:
        yield Part("paragraph", piece.subheadline)
        yield Part("paragraph", piece.call_to_action)
    for section in piece.sections:
        yield Part("heading", section.heading, section.level)
        for paragraph in section.paragraphs:
            yield Part("paragraph", " ".join(sentence.text for sentence in paragraph))
    if content_type is ContentType.EMAIL:
        yield Part("paragraph", piece.call_to_action)
    yield Part("paragraph", " ".join(piece.hashtags))


def body_text(content_type: ContentType, piece: Piece) -> str:
    """Title and headings (long forms), sentences, calls and hashtags.

    Citation marks, addresses of links and the list of sources are no words of it; neither are a
    mail's subject and preview.
    """
    return "\n\n".join(visible(part.text) for part in body_parts(content_type, piece))

"""A variant that fails is made anew out of the piece's sentences."""

from collections.abc import Iterator

from marketer_desktop.domain.checks.check import Subject
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.variants import built


def rebuilt(name: str, subject: Subject) -> Iterator[Piece]:
    """The piece with this variant made anew."""
    text = built(subject.brief, subject.piece).get(name)
    if text:
        variants = {**subject.piece.variants, name: text}
        yield subject.piece.model_copy(update={"variants": variants})

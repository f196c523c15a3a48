"""A piece as the scorer sees it: the blocks that its platform shows, with links and images."""

from marketer_desktop.domain.body import body_parts
from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.links import read_inline
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.scoring.paper import Block, Image, Link, Paper, Text

GAP = 2  # the blank line between two blocks of the body


def paper_of(content_type: ContentType, piece: Piece, keyphrase: str) -> Paper:
    """Offsets are characters of the body; short forms have no entry in search results."""
    text = text_of(content_type, piece)
    if content_type not in LONG_FORM:
        return Paper(text=text, keyphrase=keyphrase)
    return Paper(
        text=text,
        keyphrase=keyphrase,
        title=piece.title,
        description=piece.description,
        slug=piece.slug,
    )


def text_of(content_type: ContentType, piece: Piece) -> Text:
    """The blocks of the body; hashtags are no sentences and stay out."""
    shown = piece.model_copy(update={"hashtags": []})
    blocks: list[Block] = []
    links: list[Link] = []
    images: list[Image] = []
    place = 0
    for part in body_parts(content_type, shown):
        words, inline = read_inline(part.text)
        blocks.append(Block(part.kind, words, place, place + len(words), part.level))
        for found in inline:
            start, end = place + found.start, place + found.end
            if found.image:
                images.append(Image(found.text, found.address, start, end))
            else:
                links.append(Link(found.text, found.address, start, end))
        place += len(words) + GAP
    return Text(tuple(blocks), tuple(links), tuple(images))

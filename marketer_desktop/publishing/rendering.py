"""A piece as Markdown or plain text, for the platform it is meant for."""

from collections.abc import Sequence

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece, Section, Source
from marketer_desktop.domain.posts import numbered, packed

NO_SOURCES = "No source found: no document was given, or none speaks of this topic."


def render(content_type: ContentType, piece: Piece, sources: Sequence[Source]) -> str:
    """The finished text; long forms carry citation marks and the list of sources.

    A web page has its sub-headline in italics under the title, and its call to action in bold as
    a paragraph of its own; a mail ends with its call, and its subject and preview are not in it.
    """
    if content_type in LONG_FORM:
        return _article(content_type, piece, sources)
    if content_type is ContentType.TWITTER:
        return _thread(piece)
    call = piece.call_to_action if content_type is ContentType.EMAIL else ""
    return _plain(piece, call)


def source_label(source: Source) -> str:
    """Where a passage stands, for people: file, page if it has one, characters."""
    page = f", page {source.page}" if source.page is not None else ""
    return f"{source.document}{page}, characters {source.start}–{source.end}"


def _article(content_type: ContentType, piece: Piece, sources: Sequence[Source]) -> str:
    blocks = [f"# {piece.title}"]
    if content_type is ContentType.WEBPAGE:
        blocks += [f"*{piece.subheadline}*"] if piece.subheadline else []
        blocks += [f"**{piece.call_to_action}**"] if piece.call_to_action else []
    for section in piece.sections:
        blocks += [f"{'#' * section.level} {section.heading}"] if section.heading else []
        blocks += _paragraphs(section, marked=True)
    return "\n\n".join([*blocks, "---", _source_list(piece, sources)]) + "\n"


def _source_list(piece: Piece, sources: Sequence[Source]) -> str:
    cited = [source for source in sources if source.n in piece.cited()]
    if not cited:
        return f"**Sources**\n\n{NO_SOURCES}"
    # No ordered list: HTML would number it anew, and the marks in the text would lead elsewhere.
    lines = [f"- [{source.n}] {source_label(source)}" for source in cited]
    return "\n".join(["**Sources**", "", *lines])


def _thread(piece: Piece) -> str:
    posts = packed([visible(sentence.text) for sentence in piece.sentences()])
    return "\n\n".join(numbered(posts)) + "\n"


def _plain(piece: Piece, call: str) -> str:
    blocks = [text for section in piece.sections for text in _paragraphs(section, marked=False)]
    blocks += [f"**{call}**"] if call else []
    blocks += [" ".join(piece.hashtags)] if piece.hashtags else []
    return "\n\n".join(blocks) + "\n"


def _paragraphs(section: Section, *, marked: bool) -> list[str]:
    return [
        " ".join(s.marked if marked else s.text for s in paragraph)
        for paragraph in section.paragraphs
    ]

"""A piece as Markdown or plain text, for the platform it is meant for."""

from collections.abc import Sequence

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.piece import Piece, Section, Source
from marketer_desktop.domain.posts import packed

NO_SOURCES = "No source found: no document was given, or none speaks of this topic."


def render(content_type: ContentType, piece: Piece, sources: Sequence[Source]) -> str:
    """The finished text; long forms carry citation marks and the list of sources."""
    if content_type in LONG_FORM:
        return _article(piece, sources)
    if content_type is ContentType.TWITTER:
        return _thread(piece)
    return _plain(piece)


def source_label(source: Source) -> str:
    """Where a passage stands, for people: file, page if it has one, characters."""
    page = f", page {source.page}" if source.page is not None else ""
    return f"{source.document}{page}, characters {source.start}–{source.end}"


def _article(piece: Piece, sources: Sequence[Source]) -> str:
    blocks = [f"# {piece.title}"]
    for section in piece.sections:
        blocks += [f"## {section.heading}"] if section.heading else []
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
    posts = packed([sentence.text for sentence in piece.sentences()])
    return "\n\n".join(f"{n}/{len(posts)} {post}" for n, post in enumerate(posts, 1)) + "\n"


def _plain(piece: Piece) -> str:
    blocks = [text for section in piece.sections for text in _paragraphs(section, marked=False)]
    blocks += [" ".join(piece.hashtags)] if piece.hashtags else []
    return "\n\n".join(blocks) + "\n"


def _paragraphs(section: Section, *, marked: bool) -> list[str]:
    return [
        " ".join(s.marked if marked else s.text for s in paragraph)
        for paragraph in section.paragraphs
    ]

"""The text of a piece as its platform shows it, which is what words are counted in."""

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.piece import Piece


def body_text(content_type: ContentType, piece: Piece) -> str:
    """Title and headings (long forms), sentences and hashtags; no citation marks, no sources."""
    lines = [piece.title] if content_type in LONG_FORM else []
    for section in piece.sections:
        lines.append(section.heading)
        lines += [" ".join(s.text for s in paragraph) for paragraph in section.paragraphs]
    lines.append(" ".join(piece.hashtags))
    return "\n\n".join(line for line in lines if line)

"""A piece as one HTML file that has its images inside."""

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.piece import Piece
from marketer_desktop.publishing.exporting import with_images
from marketer_desktop.publishing.html import article_page
from marketer_desktop.publishing.mail import mail, mail_page
from marketer_desktop.publishing.manuscript import Manuscript
from marketer_desktop.publishing.reading import read_piece


def file_of(manuscript: Manuscript) -> bytes:
    """The page; a mail is as mailboxes show it. Raises `OSError`."""
    page = (
        mail_page(_mail(manuscript), manuscript.language)
        if manuscript.content_type is ContentType.EMAIL
        else article_page(manuscript)
    )
    return with_images(page, manuscript.folder).encode("utf-8")


def message_of(manuscript: Manuscript) -> bytes | None:
    """A mail as mail programs open it; None for other texts."""
    if manuscript.content_type is not ContentType.EMAIL:
        return None
    return mail(_mail(manuscript), manuscript.language)


def _mail(manuscript: Manuscript) -> Piece:
    piece = read_piece(ContentType.EMAIL, manuscript.markdown, manuscript.title)
    piece.preview = manuscript.variants.get("preview", "")
    return piece

"""A piece as a mail that any mailbox can open: plain text and HTML in one message."""

from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.plain import plain_text
from marketer_desktop.publishing.html import to_html
from marketer_desktop.publishing.rendering import render

# Mailboxes show the first words of a mail beside its subject; opened, it begins with the text.
_PREVIEW = '<div style="display:none;max-height:0;overflow:hidden">{}</div>\n'


def mail(piece: Piece, language: str = "en") -> bytes:
    """The message without sender and recipient, which belong to whoever sends it."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(piece.title.split())
    message["Content-Language"] = language
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    message.set_content(plain_text(piece))
    message.add_alternative(mail_page(piece, language), subtype="html")
    return message.as_bytes()


def mail_page(piece: Piece, language: str = "en") -> str:
    """The mail as a page, with the preview where mailboxes look for it."""
    page = to_html(render(ContentType.EMAIL, piece, []), piece.title, "", language)
    preview = _PREVIEW.format(escape(piece.preview)) if piece.preview else ""
    return page.replace("<body>\n", f"<body>\n{preview}", 1)

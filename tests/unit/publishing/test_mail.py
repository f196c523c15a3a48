"""A mail that any mailbox can open."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.publishing.mail import mail, mail_page
from tests.factories.sound_pieces import CALL, sound_piece

PIECE = sound_piece(ContentType.EMAIL)


def test_a_mail_says_the_same_in_plain_text_and_in_html() -> None:
    message = message_from_bytes(mail(PIECE, "en"), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == PIECE.title
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None and page is not None
    text, markup = plain.get_content(), page.get_content()
    for sentence in PIECE.sentences():
        assert sentence.text in text
        assert sentence.text in markup
    assert CALL in text and "**" not in text
    assert f"<strong>{CALL}</strong>" in markup


def test_mailboxes_find_the_preview_first_and_nothing_in_it_becomes_html() -> None:
    page = mail_page(PIECE.model_copy(update={"preview": "<b>Now</b>"}))
    body = page[page.index("<body>") :]
    assert body.index("&lt;b&gt;Now") < body.index("Cold brew saves")
    assert "display:none" not in mail_page(PIECE.model_copy(update={"preview": ""}))


def test_a_title_of_several_lines_is_one_subject() -> None:
    odd = PIECE.model_copy(update={"title": "One\nBcc: somebody@example.org\r\nTwo 😀"})
    message = message_from_bytes(mail(odd), policy=policy.default)
    assert message["Bcc"] is None
    assert message["Subject"] == "One Bcc: somebody@example.org Two 😀"

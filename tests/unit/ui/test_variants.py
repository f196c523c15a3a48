"""Threads and mails are taken apart to be shown, and put together to be stored."""

import pytest

from marketer_desktop.ui.widgets.social.variants import (
    length,
    mail_of,
    place,
    posts_of,
    thread_of,
)

MAIL = "Subject: Coffee first\nPreview: What it costs\n\nHello.\n\nRead on."


def test_a_mail_has_a_subject_a_preview_and_a_body() -> None:
    mail = mail_of(MAIL)
    assert (mail.subject, mail.preview, mail.body) == (
        "Coffee first",
        "What it costs",
        "Hello.\n\nRead on.",
    )
    assert mail.text == MAIL


@pytest.mark.parametrize("text", ["", "Only a body.", "Subject: Only that", "Preview: p\n\nBody"])
def test_parts_of_a_mail_may_be_missing(text: str) -> None:
    mail = mail_of(text)
    assert mail_of(mail.text) == mail


def test_a_thread_is_its_posts() -> None:
    thread = "1/2 One.\nTwo.\n\n2/2 Three."
    assert posts_of(thread) == ["1/2 One.\nTwo.", "2/2 Three."]
    assert thread_of(posts_of(thread)) == thread
    assert thread_of(["a\n\nb", " ", "c"]) == "a\nb\n\nc"


def test_x_weighs_characters() -> None:
    assert (length("twitter", "☕" * 3), length("thread", "☕"), length("linkedin", "☕")) == (
        6,
        2,
        1,
    )


def test_variants_have_an_order() -> None:
    names = ["email", "other", "thread", "linkedin", "twitter"]
    assert sorted(names, key=place) == ["linkedin", "twitter", "thread", "email", "other"]

"""What the publish sheet decides."""

from datetime import date, datetime

import pytest

from marketer_desktop.ui.pages.editor.publish_presenter import (
    Choices,
    is_public,
    moment_of,
    news,
    order,
    slug_problem,
    verb,
)
from tests.factories.publications import a_preview, a_publication

NOW = datetime(2026, 5, 13, 12).astimezone()


def chosen(at: datetime | None = None) -> Choices:
    return Choices(1, "coffee", ["Coffee"], [], "", at)


def test_what_is_public_is_updated() -> None:
    seen = a_preview(publication=a_publication())
    assert is_public(seen)
    assert verb(seen, later=False) == "Update the post"
    assert order(7, chosen(), seen, as_draft=False).update


def test_what_is_gone_is_published_anew() -> None:
    seen = a_preview(publication=a_publication(cause="gone", state="failed"))
    assert not is_public(seen)
    assert verb(seen, later=False) == "Publish"


def test_a_draft_has_no_time() -> None:
    at = datetime(2026, 5, 20, 9).astimezone()
    assert order(7, chosen(at), a_preview(), as_draft=True).publish_at is None
    assert order(7, chosen(at), a_preview(), as_draft=False).publish_at == at
    assert verb(a_preview(), later=True) == "Schedule"


def test_a_day_and_a_time_make_a_moment() -> None:
    assert moment_of(date(2026, 5, 14), "9:05", NOW) == datetime(2026, 5, 14, 9, 5).astimezone()


@pytest.mark.parametrize(
    ("day", "clock", "said"),
    [
        (None, "09:00", "Choose a day"),
        (date(2026, 5, 14), "25:00", "such as 09:00"),
        (date(2026, 5, 14), "soon", "such as 09:00"),
        (date(2026, 5, 13), "11:59", "past"),
    ],
)
def test_what_is_no_time_to_come_is_said(day: date | None, clock: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        moment_of(day, clock, NOW)


def test_slugs_are_checked() -> None:
    assert slug_problem("fresh-coffee") == ""
    for wrong in ("", "Fresh Coffee", "-coffee", "café"):
        assert slug_problem(wrong)


def test_whether_the_post_has_the_text_of_now_is_said() -> None:
    same = a_preview(publication=a_publication())
    other = a_preview(publication=a_publication(revision=3))
    assert news(same) == "The post has the text as it stands."
    assert news(other) == "The text was changed since it was sent."
    assert news(a_preview()) == ""

"""The team: names, days and who is alone."""

from datetime import UTC, datetime

from marketer_desktop.services.team import Member
from marketer_desktop.ui.pages.team.presenter import TeamPresenter


def member(number: int, *, you: bool = False, name: str | None = None) -> Member:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC) if you else None
    return Member(user_id=number, name=name, email=None, role="owner", joined_at=at, is_you=you)


def test_someone_alone_is_found_and_has_no_name_at_first() -> None:
    assert TeamPresenter().you is None
    presenter = TeamPresenter()
    presenter.take([member(1, you=True)])
    assert presenter.is_alone and presenter.you is not None
    assert (presenter.you.name, presenter.you.email) == ("", "")
    assert presenter.you.joined is not None and presenter.you.joined.year == 2026


def test_two_are_no_longer_alone() -> None:
    presenter = TeamPresenter()
    presenter.take([member(1, name=" Ada "), member(2, you=True)])
    assert not presenter.is_alone
    assert presenter.lines[0].name == "Ada" and presenter.lines[0].joined is None
    assert presenter.you == presenter.lines[1]

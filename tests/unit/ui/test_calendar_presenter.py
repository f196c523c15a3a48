"""What the calendar shows, and what may be moved in it."""

from datetime import date, datetime, timedelta

from marketer_desktop.ui.pages.calendar.presenter import CalendarPresenter, day_of
from tests.factories.publications import a_publication

TODAY = date(2026, 5, 13)
NOW = datetime(2026, 5, 13, 12).astimezone()
AT = datetime(2026, 5, 20, 9).astimezone()


def presenter() -> CalendarPresenter:
    return CalendarPresenter(TODAY, first_day=1)


def test_a_month_is_shown_in_whole_weeks() -> None:
    days = presenter().days
    assert (days[0], days[-1]) == (date(2026, 4, 27), date(2026, 5, 31))
    assert len(days) == 35
    assert CalendarPresenter(TODAY, first_day=7).days[0] == date(2026, 4, 26)


def test_months_are_turned_over_the_year() -> None:
    shown = presenter()
    shown.turn(8)
    assert shown.month == date(2027, 1, 1)
    shown.turn(-13)
    assert shown.month == date(2025, 12, 1)
    shown.go_to_today()
    assert shown.month == date(2026, 5, 1)


def test_a_publication_lies_on_its_day() -> None:
    shown = presenter()
    planned = a_publication(state="waiting", published_at=None, publish_at=AT)
    shown.take([planned])
    assert shown.on(AT.date()) == [planned]
    assert shown.on(TODAY) == []
    assert not shown.is_empty
    assert day_of(planned) == AT.date()


def test_what_is_planned_moves_to_another_day_at_the_same_time() -> None:
    shown = presenter()
    shown.take([a_publication(state="scheduled", published_at=None, publish_at=AT)])
    call = shown.moved(1, date(2026, 5, 22), NOW)
    assert call is not None
    assert call.publish_at == AT + timedelta(days=2)
    assert shown.moved(1, AT.date(), NOW) is None
    assert shown.moved(1, date(2026, 5, 1), NOW) is None


def test_what_is_published_stays() -> None:
    shown = presenter()
    shown.take([a_publication()])
    assert shown.moved(1, date(2026, 5, 22), NOW) is None

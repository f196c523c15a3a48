"""The pace that everybody is kept to."""

from marketer_desktop.system import pace
from marketer_desktop.system.pace import Pace


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minute_allows_so_many_and_then_one_after_the_other() -> None:
    clock = Clock()
    kept = Pace(7, clock)
    assert [kept.keep("ada") for _ in range(7)] == [0.0] * 7
    wait = kept.keep("ada")
    assert 8.5 < wait < 8.6
    assert kept.keep("bob") == 0.0
    clock.now += wait
    assert kept.keep("ada") == 0.0
    assert kept.keep("ada") > 0
    clock.now += 600
    assert [kept.keep("ada") for _ in range(7)] == [0.0] * 7
    assert kept.keep("ada") > 0


def test_who_asks_no_more_is_forgotten() -> None:
    clock = Clock()
    kept = Pace(60, clock)
    for number in range(pace.MANY):
        kept.keep(number)
    clock.now += 60
    kept.keep("ada")
    assert len(kept._busy_until) == 1

"""The bus carries events to those who follow an activity."""

from marketer_desktop.events.bus import EventBus
from marketer_desktop.events.run_event import RunEvent


def event(activity_id: int, step: str) -> RunEvent:
    return RunEvent(activity_id=activity_id, kind="started", step=step, progress=0)


async def test_every_follower_of_an_activity_gets_its_events_in_order() -> None:
    bus = EventBus()
    async with bus.subscribe(1) as one, bus.subscribe(1) as other, bus.subscribe(2) as stranger:
        for step in ("writing", "editing"):
            bus.publish(event(1, step))
        told = [one.get_nowait(), one.get_nowait()]
        assert [each and each.step for each in told] == ["writing", "editing"]
        assert other.qsize() == 2
        assert stranger.empty()


async def test_nothing_is_kept_for_those_who_left_or_come_later() -> None:
    bus = EventBus()
    async with bus.subscribe(1) as left:
        pass
    bus.publish(event(1, "writing"))
    async with bus.subscribe(1) as late:
        assert left.empty()
        assert late.empty()
    assert bus._queues == {}


async def test_a_watcher_hears_all_runs_and_changes_until_it_is_dismissed() -> None:
    bus = EventBus()
    bus.changed("projects")
    async with bus.watch() as queue:
        bus.publish(event(1, "writing"))
        bus.changed("documents", "activities")
        bus.publish(event(2, "editing"))
        bus.dismiss_watchers()
        heard = [queue.get_nowait() for _ in range(5)]
    told = [getattr(each, "step", getattr(each, "subject", None)) for each in heard]
    assert told == ["writing", "documents", "activities", "editing", None]
    bus.changed("projects")
    assert queue.empty()

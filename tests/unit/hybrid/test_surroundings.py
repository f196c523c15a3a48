"""Sleep, and another network: noticed by clocks and addresses, never by a busy machine."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from marketer_desktop.hybrid import surroundings
from marketer_desktop.hybrid.surroundings import came_into_network, first_of, left_network, slept

TURNS = 30


class World:
    """Clocks and addresses that go as they are told, one step a look."""

    def __init__(self) -> None:
        self.monotonic_at = self.wall_at = 1000.0
        self.own: list[str] = ["192.168.1.7"]
        self.looks = 0
        self.befalls: dict[int, Callable[[], None]] = {}

    def time(self) -> float:
        return self.wall_at

    def monotonic(self) -> float:
        return self.monotonic_at

    def addresses(self) -> list[str]:
        return self.own

    async def sleep(self, seconds: float) -> None:
        self.looks += 1
        self.pass_by(seconds + 0.3, seconds + 0.3)
        self.befalls.get(self.looks, lambda: None)()
        await asyncio.sleep(0)
        if self.looks >= TURNS:
            await asyncio.Event().wait()

    def pass_by(self, monotonic: float, wall: float) -> None:
        self.monotonic_at += monotonic
        self.wall_at += wall


class Asyncio:
    """The module, with the world's sleep."""

    def __init__(self, world: World) -> None:
        self.sleep = world.sleep

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def to_thread(self, function: Callable[[], Any]) -> Any:
        return function()


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    monkeypatch.setattr(surroundings, "time", made)
    monkeypatch.setattr(surroundings, "asyncio", Asyncio(made))
    monkeypatch.setattr(surroundings, "own_addresses", made.addresses)
    return made


async def ends_at(world: World, work: Coroutine[Any, Any, None]) -> int | None:
    """The look at which it was over; None if it never was."""
    task = asyncio.ensure_future(work)
    for _ in range(10 * TURNS):  # more than all looks take
        await asyncio.sleep(0)
    if task.done():
        await task
        return world.looks
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return None


@pytest.mark.parametrize(
    ("monotonic", "wall"),
    [(0, 3600), (3600, 3600), (0, -86400), (0, 25)],
    ids=["Linux and macOS", "Windows", "the clock was set back", "a nap"],
)
async def test_sleep_is_noticed_at_the_next_look(
    world: World, monotonic: float, wall: float
) -> None:
    world.befalls[7] = lambda: world.pass_by(monotonic, wall)
    assert await ends_at(world, slept()) == 7


async def test_a_busy_machine_and_a_clock_that_is_corrected_are_no_sleep(world: World) -> None:
    for look in range(1, TURNS):
        world.befalls[look] = lambda: world.pass_by(12.0, 12.9)
    assert await ends_at(world, slept()) is None


async def test_a_connection_is_gone_with_its_address(world: World) -> None:
    world.befalls[3] = lambda: world.own.append("10.0.0.4")
    world.befalls[5] = lambda: world.own.remove("192.168.1.7")
    assert await ends_at(world, left_network("192.168.1.7")) == 5


async def test_a_connection_over_loopback_is_left_alone(world: World) -> None:
    world.befalls[5] = world.own.clear
    assert await ends_at(world, left_network("127.0.0.1")) is None


async def test_a_new_address_is_worth_a_try_and_a_lost_one_is_not(world: World) -> None:
    world.befalls[3] = world.own.clear
    world.befalls[6] = lambda: world.own.append("192.168.1.7")
    assert await ends_at(world, came_into_network()) == 6


async def test_the_first_to_end_ends_the_others() -> None:
    ended: list[str] = []

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("waits")

    async def fails() -> None:
        await asyncio.sleep(0)
        raise OSError("gone")

    await first_of(waits(), asyncio.sleep(0))
    with pytest.raises(OSError, match="gone"):
        await first_of(waits(), fails())
    assert ended == ["waits", "waits"]

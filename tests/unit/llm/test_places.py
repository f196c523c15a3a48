"""The places at a model's server: never too many at once, and shared out fairly."""

import asyncio
from collections import Counter
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from marketer_desktop.llm.places import Guest, Places


class Server:
    """Notes who is served, in which order, and how many at once."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.at_once: Counter[str] = Counter()
        self.most = 0

    async def serve(self, guest: Guest, name: str, turns: int = 2) -> None:
        async with guest.place():
            self.order.append(name)
            self.at_once[name] += 1
            self.most = max(self.most, self.at_once.total())
            try:
                for _ in range(turns):
                    await asyncio.sleep(0)
            finally:
                self.at_once[name] -= 1


async def test_no_more_than_the_places_are_served_at_once() -> None:
    places, server = Places(3), Server()
    guests = [places.guest() for _ in range(4)]
    await asyncio.gather(*(server.serve(guest, str(n)) for n, guest in enumerate(guests * 5)))
    assert (server.most, len(server.order)) == (3, 20)


async def test_one_that_asks_for_much_does_not_hold_up_another() -> None:
    places, server = Places(2), Server()
    greedy, modest = places.guest(), places.guest()
    calls = [server.serve(greedy, "greedy") for _ in range(20)]
    calls += [server.serve(modest, "modest") for _ in range(2)]
    await asyncio.gather(*calls)
    assert server.order[2] == "modest"
    assert Counter(server.order[2:6])["modest"] == 2


async def test_all_have_their_turns_one_after_the_other() -> None:
    places, server = Places(1), Server()
    names = "abcd"
    guests = {name: places.guest() for name in names}
    calls = [server.serve(guests[name], name) for name in names for _ in range(3)]
    await asyncio.gather(*calls)
    rounds = [set(server.order[n : n + 4]) for n in range(1, 9, 4)]
    assert rounds == [set(names)] * 2


async def test_who_had_fewer_turns_catches_up() -> None:
    """Else runs that began together would end far apart."""
    places, server = Places(1), Server()
    guests = {name: places.guest() for name in "abc"}
    for name in "abababab":
        await server.serve(guests[name], name)
    await asyncio.gather(*(server.serve(guests[name], name) for name in "abc" for _ in range(4)))
    assert server.order[8:13].count("c") == 4


async def test_who_comes_later_has_no_claim_to_what_was_before() -> None:
    places, server = Places(1), Server()
    first = places.guest()
    for _ in range(10):
        await server.serve(first, "first")
    later = places.guest()
    calls = [server.serve(later, "later") for _ in range(5)]
    calls += [server.serve(first, "first") for _ in range(5)]
    await asyncio.gather(*calls)
    assert Counter(server.order[10:16])["first"] >= 2


async def test_a_place_alone_serves_many_calls_of_one_guest() -> None:
    places, server = Places(4), Server()
    guest = places.guest()
    await asyncio.gather(*(server.serve(guest, "only") for _ in range(8)))
    assert server.most == 4


async def test_who_waits_for_others_is_known() -> None:
    places = Places(1)
    one, other = places.guest(), places.guest()
    async with one.place():
        waiting = asyncio.create_task(Server().serve(other, "other"))
        await asyncio.sleep(0)
        assert (one.kept_waiting, other.kept_waiting) == (False, True)
        own = asyncio.create_task(Server().serve(one, "own"))
        await asyncio.sleep(0)
        assert not one.kept_waiting  # it waits for itself
    await asyncio.gather(waiting, own)
    assert not other.kept_waiting


@settings(max_examples=40)
@given(
    guests=st.integers(1, 4),
    count=st.integers(1, 3),
    calls=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.booleans()), max_size=25),
)
def test_whoever_gives_up_leaves_no_place_taken(
    guests: int, count: int, calls: list[tuple[int, int, bool]]
) -> None:
    async def all_of_it() -> None:
        places, server = Places(count), Server()
        shares = [places.guest() for _ in range(guests)]
        tasks = []
        for guest, turns, gives_up in calls:
            call = server.serve(shares[guest % guests], "any", turns)
            tasks.append((asyncio.create_task(call), gives_up))
            await asyncio.sleep(0)
        for task, gives_up in tasks:
            if gives_up:
                task.cancel()
                await asyncio.sleep(0)
        for task, _ in tasks:
            with suppress(asyncio.CancelledError):
                await task
        assert server.most <= count
        server.at_once.clear()
        server.most = 0
        last = asyncio.gather(*(server.serve(shares[0], "last", 3) for _ in range(count)))
        await asyncio.wait_for(last, 5)
        assert server.most == count

    asyncio.run(all_of_it())


async def test_who_is_lent_a_place_comes_after_every_run() -> None:
    places, server = Places(1), Server()
    run, lent = places.guest(), places.guest(lent=True)
    calls = [server.serve(lent, "lent") for _ in range(3)]
    calls += [server.serve(run, "run") for _ in range(3)]
    await asyncio.gather(*calls)
    assert server.order == ["lent", "run", "run", "run", "lent", "lent"]
    later = places.guest()
    calls = [server.serve(run, "run"), server.serve(lent, "lent"), server.serve(later, "later")]
    await asyncio.gather(*calls)
    assert server.order[-1] == "lent"

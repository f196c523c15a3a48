"""Which of the agents that are free is asked next."""

from uuid import uuid4

from marketer_desktop.services.agent_frames import Hello
from marketer_desktop.services.agent_link import AgentLink, Asked
from marketer_desktop.services.agent_places import AgentPlaces


async def _send(frame: dict[str, object]) -> None:
    """Nothing is sent here."""


def agent(capacity: int, busy: int = 0, model: str = "tiny") -> AgentLink:
    hello = Hello(type="hello", agent_version="1", models=[model], capacity=capacity)
    link = AgentLink(1, 1, None, hello, _send, lambda code, reason: None)
    link.asked = {uuid4(): Asked() for _ in range(busy)}
    return link


def places_of(*links: AgentLink) -> AgentPlaces:
    places = AgentPlaces()
    for link in links:
        places.enter(link)
    return places


def test_the_least_busy_is_asked_until_all_are_full() -> None:
    first, second = agent(capacity=3, busy=1), agent(capacity=2)
    places = places_of(first, second)
    assert places.free == 4
    assert [places.take("tiny") for _ in range(5)] == [second, first, second, first, None]
    assert places.free == 0


def test_only_who_has_the_model_is_asked_and_the_others_keep_their_places() -> None:
    small, large = agent(capacity=1), agent(capacity=1, model="large")
    places = places_of(small, large)
    assert places.take("large") is large
    assert places.take("large") is None
    assert places.take() is small
    assert places.take() is None


def test_a_place_that_is_given_back_is_taken_again() -> None:
    only = agent(capacity=1)
    places = places_of(only)
    assert places.take() is only
    places.give_back(only)
    assert (places.free, places.take()) == (1, only)


def test_who_has_gone_is_asked_no_more_and_gives_nothing_back() -> None:
    gone, here = agent(capacity=2), agent(capacity=2, busy=1)
    places = places_of(gone, here)
    assert places.take() is gone
    places.leave(gone)
    places.give_back(gone)
    assert (places.free, places.take(), places.take()) == (1, here, None)
    places.leave(here)
    assert not places


def test_a_model_that_an_agent_names_twice_is_no_trouble() -> None:
    hello = Hello(type="hello", agent_version="1", models=["tiny", "tiny"], capacity=1)
    twice = AgentLink(1, 1, None, hello, _send, lambda code, reason: None)
    places = places_of(twice)
    assert (places.take("tiny"), places.take("tiny")) == (twice, None)

"""Which of the agents that are free is asked next."""

from uuid import uuid4

from marketer_desktop.services.agent_desk import AgentLink, Asked, least_busy, places_of
from marketer_desktop.services.agent_frames import Hello


async def _send(frame: dict[str, object]) -> None:
    """Nothing is sent here."""


def agent(capacity: int, busy: int = 0, model: str = "tiny") -> AgentLink:
    hello = Hello(type="hello", agent_version="1", models=[model], capacity=capacity)
    link = AgentLink(1, 1, None, hello, _send, lambda code, reason: None)
    link.asked = {uuid4(): Asked() for _ in range(busy)}
    return link


def test_the_least_busy_is_asked_until_all_are_full() -> None:
    first, second = agent(capacity=3, busy=1), agent(capacity=2)
    places = places_of([first, second])
    asked = [least_busy(places, "tiny") for _ in range(5)]
    assert asked == [second, first, second, first, None]


def test_only_who_has_the_model_is_asked_and_the_others_keep_their_places() -> None:
    small, large = agent(capacity=1), agent(capacity=1, model="large")
    places = places_of([small, large])
    assert least_busy(places, "large") is large
    assert least_busy(places, "large") is None
    assert least_busy(places) is small
    assert least_busy(places) is None

"""The hub: gives requests to the agents that are connected here, and keeps what they answer."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from marketer_desktop.observability.logs import log
from marketer_desktop.services.agent_desk import AgentDesk
from marketer_desktop.services.agent_frames import (
    CHANNEL,
    Answered,
    Beat,
    Offered,
    Over,
    Taken,
    Told,
    frame_of,
    request_frame,
)
from marketer_desktop.services.agent_link import AgentLink, Asked
from marketer_desktop.services.agent_places import AgentPlaces
from marketer_desktop.services.agent_problems import TOO_LONG, VANISHED
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import AgentConnectionRow, AgentRequestRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

REVOKED = 4401  # close codes; the reasons are for the log of the agent
NO_KEY = "The key of this agent is revoked or has expired. Make a new one."
AT_ONCE = 50  # requests given out in one transaction
LONGEST_ANSWER = 1_000_000  # characters; the longest texts asked for have some ten thousand


Pair = tuple[AgentRequestRow, AgentLink]


async def welcome(parts: Parts, link: AgentLink) -> None:
    """An agent has said hello: from now on it is sent requests."""
    parts.agents.enter(link)
    await register(parts, [link])
    parts.agents.waiting.put_nowait(link.organization_id)
    log.info("an agent has come", extra={"org_id": link.organization_id})


async def register(parts: Parts, links: Sequence[AgentLink]) -> None:
    """Have the database know of these agents; those with a revoked key are sent away."""
    async with parts.database.unit_of_work() as work:
        usable = await work.agent_connections.usable_keys({link.key_id for link in links})
        known = [link for link in links if link.key_id in usable]
        if known:
            await work.agent_connections.add([_row(parts, link) for link in known])
        await work.commit()
    for link in links:
        if link.key_id not in usable:
            link.end(REVOKED, NO_KEY)


def _row(parts: Parts, link: AgentLink) -> AgentConnectionRow:
    return AgentConnectionRow(
        id=link.id,
        organization_id=link.organization_id,
        agent_key_id=link.key_id,
        hub=parts.agents.hub,
        models=link.hello.models,
        capacity=link.hello.capacity,
    )


async def farewell(parts: Parts, link: AgentLink) -> None:
    """An agent has gone: others are offered what it was asked."""
    parts.agents.leave(link)
    await take_back(parts, [link.id])
    log.info("an agent has gone", extra={"org_id": link.organization_id})


async def take_back(parts: Parts, connections: Collection[UUID]) -> None:
    """Have others asked what these vanished agents were asked."""
    async with parts.database.unit_of_work() as work:
        rows = await work.agent_requests.take_back(connections, VANISHED.model_dump())
        await work.agent_connections.remove(connections)
        waiting = sorted({row.organization_id for row in rows if row.status == "waiting"})
        notices = [
            *(Over(request_id=row.id) for row in rows),
            *(Offered(organization_id=each) for each in waiting),
        ]
        await announce(work, notices)
        await work.commit()


async def announce(work: UnitOfWork, notices: Sequence[BaseModel]) -> None:
    """Tell every process, this one too, once the transaction is committed."""
    if notices:
        await work.announcements.say(CHANNEL, [each.model_dump_json() for each in notices])


async def hand_out(parts: Parts, organization_id: int) -> None:
    """Give the oldest waiting requests of an organization to its agents here that are free."""
    desk = parts.agents
    places = desk.places_of(organization_id)
    count = min(places.free, AT_ONCE)
    if not count:
        return
    with _taking(places) as taken:
        async with parts.database.unit_of_work() as work:
            rows = await work.agent_requests.waiting(organization_id, count, desk.withdrawn)
            await _match(work, desk, rows, taken)
            given = await _held(work, taken)
            for row, link in given:
                row.status, row.connection_id, row.offers = "sent", link.id, row.offers + 1
            await announce(work, [Taken(request_id=row.id) for row, _ in given])
            await work.commit()
        taken[:] = [pair for pair in taken if pair not in given]
    for row, link in given:
        desk.give(link, row.id)
        model = link.model_for(row.request["model"])
        desk.send(link, request_frame(row.id, row.request, model))
    if len(given) == count:
        desk.waiting.put_nowait(organization_id)


@contextmanager
def _taking(places: AgentPlaces) -> Iterator[list[Pair]]:
    """Pairs whose places are given back at the end, whatever happens."""
    taken: list[Pair] = []
    try:
        yield taken
    finally:
        for _, link in taken:
            places.give_back(link)


async def _match(
    work: UnitOfWork, desk: AgentDesk, rows: Sequence[AgentRequestRow], taken: list[Pair]
) -> None:
    """Each request with the least busy agent that has its model; with any if nobody has it."""
    for row in rows:
        # One whose former answer still comes is not asked for anew at the same agent.
        if desk.is_held(row.id):
            continue
        places, model = desk.places_of(row.organization_id), row.request["model"]
        link = places.take(model)
        if link is None and not await work.agent_connections.has_model(row.organization_id, model):
            link = places.take()
        if link is not None:
            taken.append((row, link))


async def _held(work: UnitOfWork, pairs: Sequence[Pair]) -> list[Pair]:
    """Those whose agents no other process takes for dead."""
    held = await work.agent_connections.held({link.id for _, link in pairs})
    return [(row, link) for row, link in pairs if link.id in held]


async def heard(parts: Parts, link: AgentLink, text: str) -> None:
    """Take in what an agent says. Raises `ValueError` for what is none of the protocol."""
    frame = frame_of(text)
    if isinstance(frame, Answered):
        await _answered(parts, link, frame)
    elif frame == Beat(type="ping"):
        parts.agents.send(link, {"type": "pong"})


async def _answered(parts: Parts, link: AgentLink, frame: Answered) -> None:
    asked = link.asked.get(frame.request_id)
    if asked is None:  # it was too late
        return
    ends = frame.done or frame.error is not None
    if not asked.withdrawn:
        await _take_in(parts, link, asked, frame, ends=ends)
    if ends:
        parts.agents.release(link, frame.request_id)


async def _take_in(
    parts: Parts, link: AgentLink, asked: Asked, frame: Answered, *, ends: bool
) -> None:
    # What PostgreSQL does not take; who asked sees that the answer is damaged.
    piece = frame.content.replace("\0", "\ufffd")
    before, asked.length = asked.length, asked.length + len(piece)
    asked.pieces.append(piece)
    problem = frame.error or (TOO_LONG if asked.length > LONGEST_ANSWER else None)
    if problem is not None:
        failed: dict[str, Any] = {"status": "failed", "error": problem.model_dump()}
        await _keep(parts, link, frame.request_id, failed)
        if not ends:
            parts.agents.withdraw(frame.request_id)
    elif ends:
        text, usage = "".join(asked.pieces), frame.usage.model_dump()
        whole: dict[str, Any] = {"status": "completed", "content": text, "usage": usage}
        await _keep(parts, link, frame.request_id, whole)
    else:
        news = Told(request_id=frame.request_id, at=before, text=piece)
        parts.agents.told.put_nowait(news)


async def _keep(parts: Parts, link: AgentLink, request_id: UUID, values: dict[str, Any]) -> None:
    async with parts.database.unit_of_work() as work:
        if await work.agent_requests.finish(request_id, link.id, values):
            await announce(work, [Over(request_id=request_id)])
        await work.commit()

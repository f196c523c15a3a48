"""Works for agents in the background: hands out requests, carries answers, misses the silent."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import aclosing
from datetime import UTC, datetime
from functools import partial

from marketer_desktop.observability.logs import log
from marketer_desktop.services.agent_frames import CHANNEL, Offered, Told, Withdrawn, notice_of
from marketer_desktop.services.agent_hub import (
    NO_KEY,
    REVOKED,
    announce,
    hand_out,
    register,
    take_back,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.listening import listen
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.repositories.agent_connections import lock_of
from marketer_desktop.storage.repositories.agent_keys import REVOKED as REVOKED_KEYS

GATHER_SECONDS = 0.2  # answers come a token at a time
LONGEST_PIECE = 1000  # characters: what is announced has less than 8,000 bytes
PING_SECONDS = 20.0
LOOK_SECONDS = 1.0
RETRY_SECONDS = 1.0


class AgentRelay:
    """Of an engine that shares its database; without it no agent is asked anything."""

    def __init__(
        self, parts: Parts, ping: float = PING_SECONDS, look: float = LOOK_SECONDS
    ) -> None:
        self._parts, self._desk = parts, parts.agents
        self._ping, self._look = ping, look
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin, in the background."""
        works = {
            "listening": self._listen,
            "handing out": self._hand_out,
            "telling": self._tell,
            "watching": self._watch,
        }
        self._tasks = [
            asyncio.create_task(work(), name=f"agent relay, {name}") for name, work in works.items()
        ]

    async def stop(self) -> None:
        """Stop at once; agents that are connected here count as gone."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks = []
        await self._desk.close()

    async def _listen(self) -> None:
        lock = lock_of(self._desk.hub)
        url = self._parts.database_url
        async with aclosing(listen(url, CHANNEL, REVOKED_KEYS, lock=lock)) as told:
            async for said in told:
                if said is None:
                    await _until_it_works(self._begin_anew)
                elif said.channel == REVOKED_KEYS:
                    self._send_away(int(said.text))
                else:
                    self._take_in(said.text)

    async def _begin_anew(self) -> None:
        """Nothing was heard for a while, and others may have taken this process for dead."""
        await register(self._parts, list(self._desk.links.values()))
        self._desk.look_again()

    def _send_away(self, key_id: int) -> None:
        for link in list(self._desk.links.values()):
            if link.key_id == key_id:
                link.end(REVOKED, NO_KEY)

    def _take_in(self, text: str) -> None:
        try:
            notice = notice_of(text)
        except ValueError:  # of another version
            return
        if isinstance(notice, Offered):
            self._desk.waiting.put_nowait(notice.organization_id)
        elif isinstance(notice, Withdrawn):
            self._desk.withdraw(notice.request_id)
        else:
            self._desk.tell(notice)

    async def _hand_out(self) -> None:
        while True:
            found = {await self._desk.waiting.get()}
            while not self._desk.waiting.empty():
                found.add(self._desk.waiting.get_nowait())
            for organization_id in found:
                await _until_it_works(partial(hand_out, self._parts, organization_id))

    async def _tell(self) -> None:
        while True:
            pieces = [await self._desk.told.get()]
            await asyncio.sleep(GATHER_SECONDS)
            while not self._desk.told.empty():
                pieces.append(self._desk.told.get_nowait())
            with contextlib.suppress(DatabaseOutage):  # the whole answer is kept at its end
                async with self._parts.database.unit_of_work() as work:
                    await announce(work, joined(pieces))
                    await work.commit()

    async def _watch(self) -> None:
        while True:
            self._look_after_links()
            with contextlib.suppress(DatabaseOutage):
                await self._take_back_lost()
            await asyncio.sleep(self._look)

    def _look_after_links(self) -> None:
        now, moment = time.monotonic(), datetime.now(UTC)
        for link in list(self._desk.links.values()):
            if link.expires_at is not None and link.expires_at <= moment:
                link.end(REVOKED, NO_KEY)
            elif now - link.pinged_at >= self._ping:
                link.pinged_at = now
                self._desk.send(link, {"type": "ping"})

    async def _take_back_lost(self) -> None:
        """What dead processes and agents that left in an outage had been asked."""
        desk = self._desk
        async with self._parts.database.unit_of_work() as work:
            found = await work.agent_connections.lost(desk.hub, set(desk.links))
            # Those that have come meanwhile are there; they are noted here before they are stored.
            lost = [each for each in found if each not in desk.links]
            await work.agent_requests.forget()
            for organization_id in await work.agent_requests.organizations_waiting():
                desk.waiting.put_nowait(organization_id)
            await work.commit()
        if lost:
            log.info("%d agents are gone without a word", len(lost))
        await take_back(self._parts, lost)


async def _until_it_works(work: Callable[[], Awaitable[None]]) -> None:
    """Do it again after an outage of the database."""
    while True:
        try:
            await work()
            return
        except DatabaseOutage:
            await asyncio.sleep(RETRY_SECONDS)
        except Exception:  # other organizations do not suffer; the next look tries again
            log.exception("agents could not be asked")
            return


def joined(pieces: Iterable[Told]) -> list[Told]:
    """The pieces of each answer put together, and cut where they would be too long to be said."""
    texts: dict[object, list[Told]] = {}
    for piece in pieces:
        of_answer = texts.setdefault(piece.request_id, [])
        last = of_answer[-1] if of_answer else None
        if last is not None and last.at + len(last.text) == piece.at:
            of_answer[-1] = last.model_copy(update={"text": last.text + piece.text})
        else:
            of_answer.append(piece)
    return [
        whole.model_copy(update={"at": whole.at + at, "text": whole.text[at : at + LONGEST_PIECE]})
        for of_answer in texts.values()
        for whole in of_answer
        for at in range(0, len(whole.text), LONGEST_PIECE)
    ]

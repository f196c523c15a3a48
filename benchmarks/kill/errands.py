"""What a user lets the engine do in the proof, and goes on asking for after a crash."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from procrastinate.exceptions import ConnectorException

from benchmarks.kill.evidence import RunState, Witness
from benchmarks.kill.places import Places
from marketer_desktop.bootstrap.handle import LocalHandle
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.activities import CancelActivity
from marketer_desktop.services.call import Call, ServiceError
from marketer_desktop.services.documents import IngestDocuments
from marketer_desktop.services.pause_runs import GoOn
from marketer_desktop.services.regenerate import RegenerateActivity
from marketer_desktop.services.review_outline import ApproveOutline
from marketer_desktop.services.start_activity import StartActivity
from marketer_desktop.storage.outage import DatabaseOutage, is_outage
from marketer_desktop.storage.repositories.activities import RUN_ENDED

STORIES = Path(__file__).parents[2] / "resources" / "samples" / "customer-stories.md"
TOPIC, KEYWORD = "better breakfast coffee in small hotels", "breakfast coffee"
POLL_S = 0.05
PATIENCE_S = 180.0  # on a busy machine
TOKENS_BEFORE_CANCEL = 40

Result = TypeVar("Result")


class Stuck(RuntimeError):
    """A run neither ends nor goes on."""


@dataclass
class Memo:
    """What a user remembers of an errand when the engine has died: none of it is on the disk."""

    errand: str
    before: int  # the highest number of an activity before it
    activity_id: int | None = None
    first_run: str | None = None  # of a text that is to be written again
    cancelled: bool = False  # whether the user has asked for it


class Errands:
    """Asks the engine of this process; a database that is away for a while is waited for."""

    def __init__(
        self, handle: LocalHandle, witness: Witness, places: Places, tell: Callable[[Memo], None]
    ) -> None:
        self._handle, self._witness, self._places = handle, witness, places
        self._tell = tell

    async def prepare(self) -> list[int]:
        """The documents that briefs name."""
        told = await self._ask(IngestDocuments(paths=[STORIES]))
        return [r.document_id for r in told.results if r.document_id is not None]

    async def go_on(self) -> None:
        """What a user asks for when the engine has died under a run."""
        await self._ask(GoOn())

    async def carry_out(self, memo: Memo, documents: list[int]) -> int:
        """Begin the errand if it has not begun, and see it to its end; the activity's number."""
        if memo.activity_id is None:
            newest = await self._patiently(lambda: _soon(self._witness.newest_activity))
            memo.activity_id = newest if newest > memo.before else None
        while memo.activity_id is None:
            memo.activity_id = await self._begun(memo, documents)
        self._tell(memo)
        if memo.errand == "written again" and memo.first_run is not None:
            await self._write_again(memo)
        if memo.errand == "cancelled":
            await self._cancel(memo)
        await self._to_its_end(memo.activity_id)
        return memo.activity_id

    async def _begun(self, memo: Memo, documents: list[int]) -> int | None:
        try:
            return int((await self._call(brief(memo.errand, documents))).activity_id)
        except (DatabaseOutage, ConnectorException):
            newest = await self._patiently(lambda: _soon(self._witness.newest_activity))
            return newest if newest > memo.before else None

    async def _write_again(self, memo: Memo) -> None:
        assert memo.activity_id is not None
        while (await self._run_of(memo.activity_id)).number == memo.first_run:
            with suppress(DatabaseOutage, ConnectorException):
                await self._call(RegenerateActivity(activity_id=memo.activity_id))

    async def _cancel(self, memo: Memo) -> None:
        """Cancel in the midst of the writing; again after a crash that was quicker."""
        activity = memo.activity_id
        assert activity is not None
        if not memo.cancelled:
            await self._some_tokens(activity)
            memo.cancelled = True
            self._tell(memo)
        while (await self._run_of(activity)).status == "generating":
            self._places.cancelling = True
            # Somebody may have ended it in the meantime.
            with suppress(DatabaseOutage, ConnectorException, ServiceError):
                await self._call(CancelActivity(activity_id=activity))
        await asyncio.sleep(0.2)  # the worker lets go
        self._places.cancelling = False

    async def _some_tokens(self, activity: int) -> None:
        async with self._handle.parts.bus.subscribe(activity) as events:
            heard = 0
            async with asyncio.timeout(PATIENCE_S):
                while heard < TOKENS_BEFORE_CANCEL:
                    event = await events.get()
                    if event is None or event.kind == "ended":  # None: some may have been missed
                        return
                    heard += event.kind == "draft"

    async def _to_its_end(self, activity: int) -> None:
        """Approve the outline that waits; nothing else is left to do for a user."""
        deadline = time.monotonic() + PATIENCE_S
        while (run := await self._run_of(activity)).status not in RUN_ENDED:
            if time.monotonic() > deadline:
                raise Stuck(f"Activity {activity} is {run.status} and nothing happens any more.")
            if run.waits:
                with suppress(DatabaseOutage, ServiceError):
                    await self._call(ApproveOutline(activity_id=activity))
            await asyncio.sleep(POLL_S)

    async def _run_of(self, activity: int) -> RunState:
        return await self._patiently(lambda: _soon(lambda: self._witness.run_of(activity)))

    async def _ask(self, call: Call[Any]) -> Any:
        return await self._patiently(lambda: self._call(call))

    async def _call(self, call: Call[Any]) -> Any:
        return await self._handle.call(call, lambda event: None)

    async def _patiently(self, make: Callable[[], Awaitable[Result]]) -> Result:
        """Ask again while the database is away."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                return await make()
            except Exception as error:
                away = is_outage(error) or isinstance(error, ConnectorException)
                if not away or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(POLL_S)


async def _soon(read: Callable[[], Result]) -> Result:
    return await asyncio.to_thread(read)


def brief(errand: str, documents: list[int]) -> StartActivity:
    """What an errand asks for."""
    if errand == "blog post with sources":
        return StartActivity(topic=TOPIC, keywords=[KEYWORD], words=350, document_ids=documents)
    kind = ContentType.LINKEDIN if errand == "outline approved" else ContentType.EMAIL
    return StartActivity(
        type=kind,
        topic=TOPIC,
        keywords=[KEYWORD],
        words=120 if kind is ContentType.LINKEDIN else 80,
        review_outline=errand == "outline approved",
    )


ERRANDS = (
    "blog post with sources",
    "e-mail",
    "outline approved",
    "cancelled",
    "written again",
)

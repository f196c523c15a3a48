"""The places where an engine may die: functions of the product and its libraries, wrapped."""

import functools
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

from marketer_desktop.services import run_activity
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.workflow import graph
from marketer_desktop.workflow.ledger import Ledger
from marketer_desktop.workflow.progress import RunProgress

_WRITING = re.compile(r"\s*(?:WITH\b.*?\)\s*)?(INSERT INTO|UPDATE|DELETE FROM)\s+(\S+)", re.S)
_QUEUE = re.compile(r"procrastinate_(\w+?)_v\d")
SET_UP = "checkpoint_migrations"  # written by the first run of a database alone
IDLE = {"fetch_job", "update_heartbeat", "prune_stalled_workers", "register_worker"}


@dataclass(frozen=True)
class Strike:
    """The `hit`-th time that a run comes by `place`, its `victim` dies."""

    place: str
    hit: int
    victim: str = "engine"  # or "database"


class Places:
    """Counts what a run comes by, and strikes where it was told to."""

    def __init__(self, strike: Callable[[Strike], None]) -> None:
        self._strike = strike
        self._target: Strike | None = None
        self._counting = False
        self.cancelling = False
        self.hits: Counter[str] = Counter()

    def arm(self, target: Strike | None) -> None:
        """Count from now on; strike at `target` if there is one."""
        self.hits.clear()
        self._target, self._counting = target, True

    def disarm(self) -> None:
        """Count no longer."""
        self._target, self._counting = None, False

    def reach(self, place: str) -> None:
        """A run comes by; with a target this may be the last thing that the process does."""
        if not self._counting:
            return
        name = f"while cancelling: {place}" if self.cancelling else place
        self.hits[name] += 1
        target = self._target
        if target and (target.place, target.hit) == (name, self.hits[name]):
            self.disarm()
            self._strike(target)

    def around(self, owner: Any, name: str, label: str) -> None:
        """Reach a place before and after each call of a coroutine function of `owner`."""
        original = getattr(owner, name)

        @functools.wraps(original)
        async def wrapped(*args: Any, **options: Any) -> Any:
            self.reach(f"{label}, before")
            result = await original(*args, **options)
            self.reach(f"{label}, after")
            return result

        setattr(owner, name, wrapped)


def watch(places: Places) -> None:
    """Wrap everything that a run's life depends on."""
    for node in graph.STEP_OF_NODE:
        places.around(graph, node, f"node: {node}")
    places.around(run_activity, "run_activity", "job")
    _watch_checkpoints(places)
    _watch_transactions(places)
    _watch_statements(places)
    _watch_answers(places)
    _watch_files(places)


def _watch_checkpoints(places: Places) -> None:
    put, put_writes = AsyncPostgresSaver.aput, AsyncPostgresSaver.aput_writes

    async def aput(self: Any, config: Any, checkpoint: Any, metadata: Any, versions: Any) -> Any:
        name = f"checkpoint: step {metadata['step']}"
        places.reach(f"{name}, before")
        kept = await put(self, config, checkpoint, metadata, versions)
        places.reach(f"{name}, after")
        return kept

    async def aput_writes(self: Any, config: Any, writes: Any, *rest: Any, **more: Any) -> None:
        name = f"checkpoint: writes of {writes[0][0]}"
        places.reach(f"{name}, before")
        await put_writes(self, config, writes, *rest, **more)
        places.reach(f"{name}, after")

    AsyncPostgresSaver.aput = aput  # type: ignore[method-assign]
    AsyncPostgresSaver.aput_writes = aput_writes  # type: ignore[method-assign]


def _watch_transactions(places: Places) -> None:
    commit = UnitOfWork.commit

    async def watched(self: UnitOfWork) -> None:
        caller = sys._getframe(1).f_code.co_qualname
        places.reach(f"commit: {caller}, before")
        await commit(self)
        places.reach(f"commit: {caller}, after")

    UnitOfWork.commit = watched  # type: ignore[method-assign]


def _watch_statements(places: Places) -> None:
    """Between any two statements that write, whoever makes them."""
    for name in ("execute", "executemany"):
        original = getattr(psycopg.AsyncCursor, name)

        setattr(psycopg.AsyncCursor, name, _telling(places, original))


def _telling(places: Places, execute: Any) -> Any:
    @functools.wraps(execute)
    async def wrapped(self: Any, query: Any, *rest: Any, **more: Any) -> Any:
        result = await execute(self, query, *rest, **more)
        name = statement_name(query)
        if name:
            places.reach(f"statement: {name}")
        return result

    return wrapped


def statement_name(query: Any) -> str | None:
    """What a statement writes; None if it only reads, or is what an idle worker asks."""
    text = query.decode() if isinstance(query, bytes) else str(query)
    writing = _WRITING.match(text)
    if writing and writing[2] != SET_UP:
        return f"{writing[1].split()[0].lower()} {writing[2]}"
    call = _QUEUE.search(text)
    return f"queue {call[1]}" if call and call[1] not in IDLE else None


def _watch_answers(places: Places) -> None:
    once, token = Ledger.once, RunProgress.token

    async def noted(self: Ledger, entry: Any, make: Any) -> Any:
        async def answered() -> Any:
            outcome = await make()
            places.reach("stream: answered, not noted")
            return outcome

        return await once(self, entry, answered)

    def told(self: RunProgress, *args: Any, **options: Any) -> None:
        places.reach("stream: a token")
        token(self, *args, **options)

    Ledger.once = noted  # type: ignore[method-assign]
    RunProgress.token = told  # type: ignore[method-assign]


def _watch_files(places: Places) -> None:
    write = run_activity.write_piece

    @functools.wraps(write)
    def wrapped(*args: Any, **options: Any) -> Any:
        places.reach("files, before")
        path = write(*args, **options)
        places.reach("files, after")
        return path

    run_activity.write_piece = wrapped


def without_ledger() -> None:
    """The control: every call is made, whatever has been made before."""

    async def always(self: Ledger, entry: Any, make: Any) -> Any:
        return await make()

    Ledger.once = always  # type: ignore[method-assign]

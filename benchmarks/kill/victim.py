"""The process that owns an engine and is to die: it does what it is told, and says how it went."""

import asyncio
import os
import signal
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from benchmarks.kill.errands import Errands, Memo
from benchmarks.kill.evidence import Witness
from benchmarks.kill.places import Places, Strike, watch, without_ledger
from benchmarks.kill.remembered_embeddings import remember_vectors
from marketer_desktop.bootstrap import engine as bootstrap
from marketer_desktop.bootstrap.handle import LocalHandle
from marketer_desktop.jobs.queue import Queue
from marketer_desktop.settings.settings import load_settings
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.system.processes import is_alive


@dataclass(frozen=True)
class Birth:
    """What a victim is made for: a data folder, a model server, and an errand that was cut off."""

    data_dir: Path
    vectors: Path
    ollama: str
    with_ledger: bool
    unfinished: Memo | None


@dataclass(frozen=True)
class Command:
    """Carry out `memo`; die at `strike` on the way if there is one."""

    memo: Memo
    strike: Strike | None
    documents: list[int]


class Victim:
    """Its messages are pairs of a word and what belongs to it."""

    def __init__(self, birth: Birth, wire: Connection) -> None:
        self._birth, self._wire = birth, wire
        self._places = Places(self._die)
        self._memo = birth.unfinished
        self._postgres: EmbeddedPostgres | None = None
        self._witness: Witness | None = None

    async def live(self) -> None:
        """Start the engine, obey until told to leave, stop the engine."""
        self._prepare_hooks()
        settings = load_settings(self._birth.data_dir)
        engine = await bootstrap.start_engine(settings, lambda text: None)
        self._postgres = engine.parts.postgres
        assert self._witness is not None
        errands = Errands(LocalHandle(engine), self._witness, self._places, self._remember)
        if self._birth.unfinished:
            await errands.go_on()
        self._say("ready", None)
        while (command := await asyncio.to_thread(self._wire.recv)) is not None:
            if command == "prepare":
                self._say("prepared", await errands.prepare())
            else:
                await self._obey(command, errands)
        await engine.stop()

    async def _obey(self, command: Command, errands: Errands) -> None:
        self._memo = command.memo
        self._places.arm(command.strike)
        try:
            activity = await errands.carry_out(command.memo, command.documents)
        except Exception:
            self._say("failed", traceback.format_exc())
            return
        finally:
            self._places.cancelling = False
        assert self._witness is not None
        seen = await asyncio.to_thread(self._witness.quiet_evidence, activity)
        hits = dict(self._places.hits)
        self._places.disarm()
        self._say("ended", (command.memo, seen, hits))

    def _remember(self, memo: Memo) -> None:
        self._memo = memo
        self._say("memo", memo)

    def _prepare_hooks(self) -> None:
        os.environ["OLLAMA_HOST"] = self._birth.ollama
        watch(self._places)
        if not self._birth.with_ledger:
            without_ledger()
        remember_vectors(self._birth.vectors)
        open_queue, take_up = Queue.open, bootstrap._take_up_runs

        async def after_looking(queue: Any) -> None:
            url = self._url()
            self._witness = Witness(url, self._birth.data_dir)
            self._say_book()
            await open_queue(queue)

        async def take_up_after_looking(parts: Any) -> None:
            self._say_book()
            await take_up(parts)

        Queue.open = after_looking  # type: ignore[method-assign]
        bootstrap._take_up_runs = take_up_after_looking
        launched = EmbeddedPostgres.start

        def known(server: EmbeddedPostgres) -> str:
            self._postgres = server
            return launched(server)

        EmbeddedPostgres.start = known  # type: ignore[method-assign]

    def _url(self) -> str:
        assert self._postgres is not None
        return self._postgres.url

    def _say_book(self) -> None:
        """What the ledger holds of the unfinished errand, before anything goes on."""
        memo, witness = self._memo, self._witness
        assert witness is not None
        if memo is None:
            return
        activity = memo.activity_id or witness.newest_activity()
        if activity > memo.before or memo.activity_id:
            self._say("book", witness.begun(activity))

    def _die(self, strike: Strike) -> None:
        self._say("struck", strike)
        if strike.victim == "engine":
            os.kill(os.getpid(), signal.SIGKILL)
        assert self._postgres is not None
        pid = self._postgres.state().pid
        assert pid is not None
        server = psutil.Process(pid)
        server.send_signal(signal.SIGQUIT)  # what `pg_ctl stop -m immediate` sends
        while is_alive(server):
            time.sleep(0.005)

    def _say(self, word: str, value: Any) -> None:
        self._wire.send((word, value))


def main(birth: Birth, wire: Connection) -> None:
    """The life of a victim in a process of its own."""
    asyncio.run(Victim(birth, wire).live())

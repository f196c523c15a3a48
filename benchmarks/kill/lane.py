"""One data folder with its model server and its victims, one errand after the other."""

import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.kill.errands import Memo
from benchmarks.kill.evidence import Evidence, asked_of_server
from benchmarks.kill.places import Strike
from benchmarks.kill.verdict import Book, Case, complaints, final_state, repeated
from benchmarks.kill.victim import Birth, Command, main
from tests.fakes.ollama_server import OllamaServer

# What a victim would otherwise load at each of its starts; it is forked from who has them loaded.
# The environment comes first, and is set there alone: who strikes may have other tests to do.
PRELOADED = [
    "benchmarks.kill.environment",
    "marketer_desktop.bootstrap.engine",
    "marketer_desktop.services.registry",
    "marketer_desktop.llm.ollama_chat",
    "benchmarks.kill.victim",
    "alembic.command",
    "chromadb",
    "onnxruntime",
]

SILENCE_S = 400.0
LOG_LINES = 4
AGAIN, WITH_SOURCES = "written again", "blog post with sources"
Draw = Callable[[bool], Strike | None]  # the next blow, given whether the run was struck before


@dataclass
class Outcome:
    """An errand that is over."""

    errand: str
    strikes: list[Strike] = field(default_factory=list)
    missed: list[Strike] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    repeated: int = 0
    hits: dict[str, int] = field(default_factory=dict)


class _Silent(RuntimeError):
    """A victim says nothing any more."""


class Lane:
    """`with Lane() as lane:`; what it made is gone afterwards."""

    def __init__(self, vectors: Path, *, with_ledger: bool = True) -> None:
        """`vectors` is a file for embeddings, which lanes may share."""
        self._vectors, self._with_ledger = vectors, with_ledger
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(PRELOADED)
        self._stack = ExitStack()
        self._victim: ForkServerProcess | None = None
        self._wire: Connection | None = None
        self._documents: list[int] = []
        self._newest = 0
        self._memo_said: Memo | None = None
        self.expected: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        folder = self._stack.enter_context(
            tempfile.TemporaryDirectory(prefix="mkt-", ignore_cleanup_errors=True)
        )
        Path(folder).chmod(0o711)
        self._data_dir = Path(folder) / "data"
        self._server = self._stack.enter_context(OllamaServer())
        try:
            self._awake(None)
        except BaseException:
            self._bury()
            self._stack.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._victim is not None:
            self._send(None)
            self._victim.join(SILENCE_S)
            if self._victim.is_alive():
                self._victim.kill()
        self._stack.close()

    def undisturbed(self, errands: Iterable[str]) -> dict[str, dict[str, int]]:
        """Learn how each errand ends, and which places it comes by."""
        hits = {}
        for errand in errands:
            if errand == WITH_SOURCES and not self._documents:
                self._send("prepare")
                self._documents = self._heard("prepared")
            outcome, seen = self._through(errand, lambda again: None)
            if outcome.complaints or seen is None:
                raise RuntimeError(f"{errand}, undisturbed: {outcome.complaints}")
            self.expected[errand] = final_state(seen)
            hits[errand] = outcome.hits
        return hits

    def errand(self, errand: str, draw: Draw) -> Outcome:
        """Carry out an errand through all the blows that `draw` deals."""
        outcome, _ = self._through(errand, draw)
        return outcome

    def _through(self, errand: str, draw: Draw) -> tuple[Outcome, Evidence | None]:
        outcome = Outcome(errand)
        try:
            memo = self._memo(errand)
            begin = len(self._server.requests)
            seen, books = self._blows(memo, draw, outcome)
        except (_Silent, RuntimeError) as error:
            outcome.complaints.append(f"{error}\n{self._log_end()}")
            self._newest = max(self._newest, (self._memo_said and self._memo_said.activity_id) or 0)
            self._bury()
            return outcome, None
        self._server.hang_up()
        requests = [asked_of_server(call.body) for call in self._server.requests[begin:]]
        outcome.repeated = repeated(requests).total()
        outcome.complaints += complaints(Case(seen, requests, books, self.expected.get(errand)))
        return outcome, seen

    def _memo(self, errand: str) -> Memo:
        if errand != AGAIN:
            return Memo(errand, self._newest)
        first, _ = self._through("e-mail", lambda again: None)
        if first.complaints:
            raise RuntimeError(f"the text to be written again: {first.complaints}")
        return Memo(errand, self._newest - 1, self._newest, self._last_run)

    def _blows(self, memo: Memo, draw: Draw, outcome: Outcome) -> tuple[Evidence, list[Book]]:
        books: list[Book] = []
        while True:
            self._awake(memo if outcome.strikes else None, books)
            strike = draw(bool(outcome.strikes))
            self._send(Command(memo, strike, self._documents))
            try:
                memo, seen, outcome.hits = self._listen(books, outcome)
            except EOFError:
                memo = self._memo_said or memo
                self._bury()
                continue
            if strike and strike not in outcome.strikes:
                outcome.missed.append(strike)
            self._newest = max(self._newest, seen.activity["id"])
            self._last_run = seen.activity["workflow_state"]["run_id"]
            return seen, books

    def _listen(self, books: list[Book], outcome: Outcome) -> tuple[Memo, Evidence, dict[str, int]]:
        self._memo_said = None
        while True:
            word, value = self._message()
            if word == "memo":
                self._memo_said = value
            elif word == "book":
                books.append(value)
            elif word == "struck":
                outcome.strikes.append(value)
            elif word == "failed":
                raise RuntimeError(value)
            elif word == "ended":
                ended: tuple[Memo, Evidence, dict[str, int]] = value
                return ended

    def _awake(self, unfinished: Memo | None, books: list[Book] | None = None) -> None:
        """Have a victim that is ready; one that is born says what the ledger holds."""
        if self._victim is not None:
            return
        self._wire, theirs = self._context.Pipe()
        birth = Birth(
            self._data_dir, self._vectors, self._server.address, self._with_ledger, unfinished
        )
        self._victim = self._context.Process(target=main, args=(birth, theirs))
        self._victim.start()
        theirs.close()
        while (message := self._message())[0] != "ready":
            if message[0] == "book" and books is not None:
                books.append(message[1])

    def _heard(self, wanted: str) -> Any:
        word, value = self._message()
        if word != wanted:
            raise RuntimeError(f"{word}: {value}")
        return value

    def _message(self) -> tuple[str, Any]:
        assert self._wire is not None
        if not self._wire.poll(SILENCE_S):
            raise _Silent(f"nothing was heard for {SILENCE_S:.0f} s")
        message: tuple[str, Any] = self._wire.recv()
        return message

    def _send(self, value: Any) -> None:
        assert self._wire is not None
        self._wire.send(value)

    def _log_end(self) -> str:
        """What the engine's own log says last."""
        log = self._data_dir / "logs" / "marketer.log"
        return "\n".join(log.read_text("utf-8").splitlines()[-LOG_LINES:])

    def _bury(self) -> None:
        if self._victim is not None:
            self._victim.kill()
            self._victim.join()
        if self._wire is not None:
            self._wire.close()
        self._victim = self._wire = None

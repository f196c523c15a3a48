"""A desktop without a screen: its engine behind the local API, its commands, and its agent."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import BaseModel

from benchmarks.hybrid_walk.api import Api
from benchmarks.hybrid_walk.owner import asked
from benchmarks.hybrid_walk.program import APP, END_SECONDS, Program
from benchmarks.hybrid_walk.seeing import Missed, until
from marketer_desktop.services.call import Call
from marketer_desktop.services.lend_model import ShowLending
from marketer_desktop.services.lending import Lending
from marketer_desktop.services.show_sync import AccountSync, SyncNow
from tests.factories.secret_service import without_bus

Result = TypeVar("Result", bound=BaseModel)
NO_OLLAMA = "127.0.0.1:9"
OPENED_BY = "words that open it"


class Desktop:
    """First `serving` its person, then lending its models as an agent; one engine at a time."""

    def __init__(self, folder: Path, account_password: str, ollama: str = NO_OLLAMA) -> None:
        self._folder, self.data_dir = folder, folder / "desktop"
        self._environment = without_bus() | {
            "MARKETER_DATA_DIR": str(self.data_dir),
            "MARKETER_PASSPHRASE": OPENED_BY,
            "MARKETER_ACCOUNT_PASSWORD": account_password,
            "OLLAMA_HOST": ollama,
        }
        self._engine = self._program("desktop", ("serve", "--role=local", "--port=0"))
        self._agents = 0
        self._clients: list[Api] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.end()
        for client in self._clients:
            client.close()

    def api(self, organization: str) -> Api:
        """The API of this computer, with the token of this start."""
        self._engine.ready()
        told = json.loads((self.data_dir / "api.json").read_text("utf-8"))
        self._clients.append(Api(told["address"], told["token"], organization))
        return self._clients[-1]

    def command(self, *words: str, typed: str = "") -> str:
        """What `marketer` prints, run to its end. Raises `Missed` unless it went well."""
        self._engine.ready()
        done = subprocess.run(
            [*APP, *words],
            env=self._environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=END_SECONDS,
        )
        if done.returncode:
            raise Missed(f"marketer {' '.join(words)}: {done.stderr[-2000:]}")
        return done.stdout

    def ask(self, call: Call[Result]) -> Result:
        """A call of the window."""
        return asked(self.data_dir, call)

    def synced(self) -> AccountSync:
        """How it stands after a round."""
        (account,) = self.ask(SyncNow()).accounts
        return account

    def lend(self, server: str, key: str) -> Lending:
        """Have `marketer agent` take the place of the engine, and wait until it is connected."""
        self._engine.end()
        self._agents += 1
        words = ("agent", "--server", server, "--json")
        more = {"MARKETER_AGENT_KEY": key}
        self._engine = self._program(f"agent-{self._agents}", words, more)
        self._engine.ready()
        return self.lends("connected")

    def lends(self, state: str) -> Lending:
        """How it stands once it is so."""
        return until(lambda: self._lending(state), f"an agent that is {state}")

    def writes(self) -> Lending:
        """How it stands as soon as it writes for the server."""
        return until(lambda: self._lending("connected", at_work=True), "a request that is written")

    def kill(self) -> None:
        """End the agent by kill -9."""
        self._engine.kill()

    def _lending(self, state: str, *, at_work: bool = False) -> Lending | None:
        told = self.ask(ShowLending())
        writes = any(each.state == "writing" for each in told.requests)
        return told if told.state == state and (writes or not at_work) else None

    def _program(
        self, name: str, words: tuple[str, ...], more: Mapping[str, Any] | None = None
    ) -> Program:
        return Program(self._folder, name, words, self._environment | dict(more or {}))

"""The team's server: the API over its own PostgreSQL, and if wanted a worker that writes for it."""

import json
import secrets
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from benchmarks.hybrid_walk.api import Api
from benchmarks.hybrid_walk.owner import asked
from benchmarks.hybrid_walk.program import Program
from marketer_desktop.services.databases import GetDatabaseUrl
from tests.factories.chroma import chroma_server
from tests.factories.secret_service import without_bus
from tests.factories.stripe import PRICES, SECRET
from tests.fakes.ollama_server import OllamaServer

EMAIL, PASSWORD, SLUG = "you@example.com", "a long one", "my-company"
WORDS = ("serve", "--role=server", "--port=0", f"--create-admin={EMAIL}")


class Server:
    """`ollama` is the one of its machine: who is asked is known by the calls that come there."""

    def __init__(self, folder: Path, *, has_worker: bool) -> None:
        self._folder, self._has_worker = folder, has_worker
        self._stack = ExitStack()
        self.ollama = OllamaServer()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self.ollama)
            self._start(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def client(self, token: str = "", organization: str = "") -> Api:
        """A client of anybody, or of who has the token."""
        made = Api(self.address, token, organization)
        self._stack.callback(made.close)
        return made

    def founder(self, organization: str = "") -> Api:
        """A client of the administrator."""
        who = {"email": EMAIL, "password": PASSWORD}
        return self.client(self.client().ask("POST", "/api/login", **who)["token"], organization)

    def _start(self, stack: ExitStack) -> None:
        environment = without_bus() | {
            "MARKETER_DATA_DIR": str(self._folder / "server"),
            "MARKETER_ADMIN_PASSWORD": PASSWORD,
            "MARKETER_TOKEN_SECRET": secrets.token_hex(32),
            "MARKETER_STRIPE_WEBHOOK_SECRET": SECRET,
            "MARKETER_STRIPE_PRICES": json.dumps(PRICES),
            "OLLAMA_HOST": self.ollama.address,
        }
        words = WORDS
        if self._has_worker:
            chroma = stack.enter_context(chroma_server(self._folder / "chroma"))
            environment |= {"MARKETER_CHROMA_URL": chroma}
            words = (*WORDS, "--concurrency=0")
        self.address = self._program(stack, "server", words, environment)
        if self._has_worker:
            url = asked(self._folder / "server", GetDatabaseUrl()).url
            environment |= {"MARKETER_DATABASE_URL": url}
            self._program(stack, "worker", ("worker",), environment)

    def _program(
        self, stack: ExitStack, name: str, words: tuple[str, ...], environment: dict[str, str]
    ) -> str:
        program = Program(self._folder, name, words, environment)
        stack.callback(program.end)
        return program.ready()

"""Servers and workers of one team, each a process that can be killed."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

Kind = Literal["api", "worker"]
EMAIL, PASSWORD = "owner@example.com", "correct horse battery"
END_SECONDS = 60.0
WORDS: Mapping[Kind, tuple[str, ...]] = {
    "api": ("serve", "--role=server", "--port=0", "--concurrency=0", f"--create-admin={EMAIL}"),
    "worker": ("worker", "--concurrency=4"),
}


@dataclass(frozen=True)
class Member:
    """A process, what it is, and what it said once it was ready: an API its address.

    `name` is that of its connections to the database.
    """

    kind: Kind
    name: str
    process: "subprocess.Popen[str]"
    said: str

    def kill(self) -> None:
        """Without a warning."""
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """Ask it to end in order; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(END_SECONDS)


class Team:
    """All on the database at `database_url`, the Chroma at `chroma_url` and one Ollama."""

    def __init__(self, folder: Path, database_url: str, chroma_url: str, ollama: str) -> None:
        self._folder, self._started = folder, 0
        self.members: list[Member] = []
        self.environment = os.environ | {
            "MARKETER_DATA_DIR": str(folder / "data"),
            "MARKETER_DATABASE_URL": database_url,
            "MARKETER_CHROMA_URL": chroma_url,
            "MARKETER_TOKEN_SECRET": secrets.token_hex(32),
            "MARKETER_ADMIN_PASSWORD": PASSWORD,
            "MARKETER_REQUESTS_PER_MINUTE": "0",
            "OLLAMA_HOST": ollama,
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for member in self.members:
            if member.process.poll() is None:
                member.kill()
            assert member.process.stdout is not None
            member.process.stdout.close()

    def start(self, kind: Kind) -> Member:
        """One more; blocks until it is ready."""
        self._started += 1
        name = f"{kind}-{self._started}"
        told = self._folder / f"{name}.log"
        url = self.environment["MARKETER_DATABASE_URL"]
        named = f"{url}{'&' if '?' in url else '?'}application_name={name}"
        with told.open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "marketer_desktop", *WORDS[kind]],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=self.environment | {"MARKETER_DATABASE_URL": named},
            )
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        member = Member(kind, name, process, said)
        self.members.append(member)
        if not said:
            raise RuntimeError(f"A process of the team did not start: {told.read_text()[-2000:]}")
        return member

    def alive(self, kind: Kind) -> list[Member]:
        """Those that live, the oldest first."""
        return [m for m in self.members if m.kind == kind and m.process.poll() is None]

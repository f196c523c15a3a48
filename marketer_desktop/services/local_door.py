"""The door for other programs of this computer: whether it is open, and why not if it should be."""

import asyncio
import errno
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import plain_message
from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.kept_token import KeptToken
from marketer_desktop.system.launch_file import forget_announced

REASONS = {
    errno.EADDRINUSE: "Another program uses port {port}. Choose another port, or end that program "
    "and try again.",
    errno.EACCES: "This computer keeps port {port} for its administrator. Choose another port.",
}
NOWHERE = "Nothing can listen at port {port}: {reason}. Choose another port."
ENDED = "It has ended by itself; the log says more. Try again."


class Serving(Protocol):
    """The API while it is answered."""

    address: str

    @property
    def is_open(self) -> bool:
        """Whether it still is."""

    async def close(self) -> None:
        """Finish what is under way, and take no more."""


# Answers the API at a port, to who has the token. Raises OSError if the port is taken.
OpenDoor = Callable[[int, KeptToken], Awaitable[Serving]]


class LocalDoor:
    """Closed until it is opened; a process that was not told how cannot open it."""

    def __init__(self) -> None:
        self._how: OpenDoor | None = None
        self._serving: Serving | None = None
        self._problem = ""
        self._token: KeptToken | None = None
        self._turn = asyncio.Lock()

    def learn(self, how: OpenDoor) -> None:
        """From now on this process can open it."""
        self._how = how

    @property
    def can_open(self) -> bool:
        """Whether this process can open it."""
        return self._how is not None

    @property
    def address(self) -> str:
        """Where it is open; empty while it is not."""
        is_open = self._serving is not None and self._serving.is_open
        return self._serving.address if self._serving is not None and is_open else ""

    @property
    def problem(self) -> str:
        """Why it is not open; empty if nobody wants it to be, or if it is."""
        return ENDED if self._serving is not None and not self.address else self._problem

    def token(self, data_dir: Path) -> KeptToken:
        """What opens it."""
        if self._token is None:
            self._token = KeptToken(data_dir)
        return self._token

    async def begin(self, settings: Settings) -> None:
        """Open it if that was wished before; what a killed process left is removed."""
        forget_announced(settings.data_dir)
        if settings.local_api:
            await self.open(settings)

    async def open(self, settings: Settings) -> None:
        """Open it at the port of the settings, also if it is open at another one."""
        async with self._turn:
            await self._shut()
            if self._how is None:
                return
            port, token = settings.local_api_port, self.token(settings.data_dir)
            try:
                self._serving = await self._how(port, token)
            except OSError as error:
                reason = REASONS.get(error.errno or 0, NOWHERE)
                self._problem = reason.format(port=port, reason=error.strerror)
            except Exception as error:  # the person is told; the engine works on
                log.exception("the local API could not be opened")
                self._problem = plain_message(error)

    async def close(self) -> None:
        """Close it; requests under way are finished."""
        async with self._turn:
            await self._shut()

    async def _shut(self) -> None:
        serving, self._serving, self._problem = self._serving, None, ""
        if serving is not None:
            await serving.close()

"""A socket of the web server that keeps little while nothing comes, as it is with agents."""

import asyncio
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request


class LightSocket(WebSocketsSansIOProtocol):
    """The server's own, without what it keeps of the handshake and the reserves of its queue."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.queue, self.writable = _Mailbox(), _Open()

    def handle_connect(self, event: Request) -> None:
        """Begin; from now on the headers are in the scope of the application."""
        super().handle_connect(event)
        event.headers.clear()

    async def send(self, message: Any) -> None:
        """Send what the application says, its answer to the handshake first."""
        await super().send(message)
        if self.handshake_complete:
            self.response.headers.clear()


class _Mailbox(asyncio.Queue[Any]):
    """What has come, for one reader. It begins without the reserves of the usual one."""

    def __init__(self) -> None:
        self._kept: list[Any] = []
        self._reader: asyncio.Future[None] | None = None

    def empty(self) -> bool:
        return not self._kept

    def put_nowait(self, item: Any) -> None:
        self._kept.append(item)
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def get(self) -> Any:
        while not self._kept:
            self._reader = asyncio.get_running_loop().create_future()
            await self._reader
        return self._kept.pop(0)


class _Open(asyncio.Event):
    """Set from the beginning; a list is enough for those who wait, who are few."""

    def __init__(self) -> None:
        self._waiters = []  # type: ignore[assignment]
        self._value = True

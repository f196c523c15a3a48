"""The other commands' end of the channel: calls the owner of the data folder."""

import asyncio
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from marketer_desktop import __version__
from marketer_desktop.system.attach.address import Address, noted, reach
from marketer_desktop.system.attach.wire import (
    HANDSHAKE_SECONDS,
    PROTOCOL,
    Emit,
    Message,
    NoOwner,
    OtherVersion,
    OwnerGone,
    RemoteError,
    WireError,
    encode,
    end,
    read,
    write,
)


@dataclass(frozen=True)
class _Call:
    answer: asyncio.Future[Message]
    on_emit: Emit | None

    def fail(self, error: BaseException) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


class AttachClient:
    """A connection to the owner; made by `connect`, used in one event loop."""

    def __init__(
        self, address: Address, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._owner = address.pid
        self._reader = reader
        self._writer = writer
        self._numbers = itertools.count(1)
        self._calls: dict[int, _Call] = {}
        self._listening: asyncio.Task[None] = asyncio.create_task(self._listen())

    @classmethod
    async def connect(cls, data_dir: Path) -> Self:
        """Attach to the owner of `data_dir`.

        Raises NoOwner if there is none, OtherVersion if it is of another version of the app,
        and OwnerGone if it does not answer.
        """
        address = noted(data_dir)
        reader, writer = await reach(address)
        try:
            await _greet(address, reader, writer)
        except BaseException:
            await end(writer)
            raise
        return cls(address, reader, writer)

    async def call(self, name: str, arguments: Message, on_emit: Emit | None = None) -> Message:
        """Have the owner do `name`; `on_emit` gets its events in order. Cancelling cancels there.

        Raises RemoteError if it fails there, and OwnerGone if the owner ends before its answer.
        """
        if self._listening.done():
            raise self._gone()
        number = next(self._numbers)
        line = encode({"call": number, "name": name, "arguments": arguments})
        call = _Call(asyncio.get_running_loop().create_future(), on_emit)
        self._calls[number] = call
        try:
            self._writer.write(line)
            return await call.answer
        except asyncio.CancelledError:
            if not self._listening.done():
                write(self._writer, {"cancel": number})
            raise
        finally:
            del self._calls[number]

    async def close(self) -> None:
        """Leave; calls still in flight are cancelled. Safe to call twice."""
        self._listening.cancel()
        await asyncio.gather(self._listening, return_exceptions=True)
        self._fail_all()
        await end(self._writer)

    async def _listen(self) -> None:
        try:
            while (message := await read(self._reader)) is not None:
                self._take(message)
        except WireError:
            self._writer.transport.abort()
        finally:
            self._fail_all()

    def _take(self, message: Message) -> None:
        number = message.get("emit") or message.get("result") or message.get("error")
        call = self._calls.get(number) if isinstance(number, int) else None
        if call is None or call.answer.done():
            return
        match message:
            case {"emit": _, "event": dict(event)}:
                _tell(call, event)
            case {"result": _, "value": value}:
                call.answer.set_result(value)
            case {"error": _, "kind": kind, "message": text}:
                call.fail(RemoteError(kind, text))

    def _fail_all(self) -> None:
        for call in self._calls.values():
            call.fail(self._gone())

    def _gone(self) -> OwnerGone:
        return OwnerGone(
            f"The app that did the work (process {self._owner}) ended before it had finished. "
            "Run the command again; finished steps are kept."
        )


def _tell(call: _Call, event: Message) -> None:
    """Hand `event` on; what its receiver raises ends the call it belongs to, and no other."""
    if call.on_emit is None:
        return
    try:
        call.on_emit(event)
    except Exception as error:
        call.fail(error)


async def _greet(
    address: Address, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    write(writer, {"token": address.token, "protocol": PROTOCOL, "version": __version__})
    try:
        async with asyncio.timeout(HANDSHAKE_SECONDS):
            answer = await read(reader)
    except (TimeoutError, WireError) as error:
        raise OwnerGone(
            f"The running app (process {address.pid}) does not answer. Close it, or wait, then "
            "try again."
        ) from error
    match answer:
        case {"welcome": True}:
            return
        case {"version": version}:
            raise OtherVersion(
                f"The running app (process {address.pid}) is version {version}, and this command "
                f"is version {__version__}. Close the running one, then try again."
            )
    raise NoOwner(f"The app that ran as process {address.pid} has ended.")

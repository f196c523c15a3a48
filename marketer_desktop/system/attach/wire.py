"""What goes over the channel: one JSON object a line, of bounded length, and its errors."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

PROTOCOL = 1
LINE_BYTES = 64 * 1024 * 1024
HANDSHAKE_SECONDS = 10.0

Message = dict[str, Any]
Emit = Callable[[Message], None]


class AttachError(RuntimeError):
    """The owner could not be used; the text says why."""


class NoOwner(AttachError):
    """Nobody listens for this data folder."""


class OtherVersion(AttachError):
    """The owner is of another version of the app."""


class OwnerGone(AttachError):
    """The owner ended, or went silent, before it answered."""


class RemoteError(AttachError):
    """A call failed at the owner: `kind` is the name of the exception there."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class WireError(AttachError):
    """A message is too long, or not in our language."""


def encode(message: Message) -> bytes:
    """The line for `message`. Raises TypeError for what JSON has no word for, else WireError."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n"
    # Names of files may be no UTF-8; Python writes such bytes as lone surrogates.
    line = text.encode("utf-8", "surrogatepass")
    if len(line) > LINE_BYTES:
        raise WireError(
            f"A message of {len(line):,} bytes is too large to be handed to another process. Use "
            "shorter texts."
        )
    return line


async def read(reader: asyncio.StreamReader) -> Message | None:
    """The next message, or None at the end. Raises WireError."""
    try:
        line = await reader.readline()
        if not line.endswith(b"\n"):
            return None
        message = json.loads(line)
    except ConnectionError:
        return None
    except ValueError as error:  # a line too long, or no JSON
        raise WireError(str(error)) from error
    if not isinstance(message, dict):
        raise WireError("not an object")
    return message


def write(writer: asyncio.StreamWriter, message: Message) -> None:
    """Send `message` without waiting; a peer that lets too much pile up is cut off."""
    writer.write(encode(message))
    transport = writer.transport
    if transport.get_write_buffer_size() > 2 * LINE_BYTES:
        transport.abort()


async def end(writer: asyncio.StreamWriter) -> None:
    """Close after what was written has gone out, or after a while if nobody reads it."""
    writer.close()
    try:
        async with asyncio.timeout(HANDSHAKE_SECONDS):
            await writer.wait_closed()
    except (OSError, TimeoutError):
        writer.transport.abort()

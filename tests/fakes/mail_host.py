"""A mail host that takes every mail, or none: as much of SMTP as a sender needs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_string, policy
from email.message import EmailMessage


class MailHostFake:
    """The mails that were handed in; with `refusing` it takes none."""

    def __init__(self, *, refusing: bool = False) -> None:
        self.mails: list[EmailMessage] = []
        self.port = 0
        self._refusing = refusing

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        writer.write(b"220 ready\r\n")
        while line := (await reader.readline()).decode().strip():
            word = line.split(":")[0].split()[0].upper()
            if word == "DATA":
                writer.write(b"354 go on\r\n")
                self._take(await reader.readuntil(b"\r\n.\r\n"))
            refused = word == "RCPT" and self._refusing
            writer.write(
                b"550 no\r\n" if refused else b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n"
            )
            if word == "QUIT":
                break
        await writer.drain()
        writer.close()

    def _take(self, text: bytes) -> None:
        self.mails.append(message_from_string(text.decode(), policy=policy.default))


@asynccontextmanager
async def mail_host(*, refusing: bool = False) -> AsyncIterator[MailHostFake]:
    """A mail host on a free port of this machine."""
    host = MailHostFake(refusing=refusing)
    server = await asyncio.start_server(host.talk, "127.0.0.1", 0)
    host.port = server.sockets[0].getsockname()[1]
    async with server:
        yield host

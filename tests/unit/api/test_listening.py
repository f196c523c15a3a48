"""The sockets that the API listens at."""

import asyncio
import socket

from marketer_desktop.api.serving import listen


async def test_an_answer_in_two_parts_does_not_wait_for_the_receipt_of_the_first() -> None:

    async def come(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken = writer.get_extra_info("socket")
        told.append(taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    told: list[int] = []
    listening = listen("127.0.0.1", 0)
    async with await asyncio.start_server(come, sock=listening):
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        await reader.read()
        writer.close()
        await writer.wait_closed()
    assert told and told[0] != 0

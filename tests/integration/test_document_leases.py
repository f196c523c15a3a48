"""Whoever reads a document holds its content alone, also among processes that are killed."""

import asyncio
import sys

import pytest

from marketer_desktop.storage.database import Database
from marketer_desktop.storage.document_leases import Taken

CONTENT, ANOTHER = "a" * 64, "b" * 64
HOLDER = f"""
import asyncio, sys
from marketer_desktop.storage.document_leases import DocumentLeases

async def main():
    async with DocumentLeases(sys.argv[1]).alone_with("{CONTENT}"):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_killed_process_gives_its_content_up(migrated_url: str) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, migrated_url, stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    database = Database(migrated_url)
    with pytest.raises(Taken):
        async with database.documents.alone_with(CONTENT, 0):
            pass
    async with database.documents.alone_with(ANOTHER, 0):
        pass
    holder.kill()
    await holder.wait()
    async with database.documents.alone_with(CONTENT, 30):
        with pytest.raises(Taken):
            async with database.documents.alone_with(CONTENT, 0):
                pass
    await database.close()

"""The engine of a window: a child process that owns it, or the owner there is."""

import asyncio
import json
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from marketer_desktop.bootstrap.owner import HANDOVER_SECONDS, attached, silent_owner
from marketer_desktop.services.call import EngineHandle, Say, ServiceError
from marketer_desktop.system.attach import AttachClient
from marketer_desktop.system.children import start_child
from marketer_desktop.system.owner import OwnerLock
from marketer_desktop.system.threads import run_to_the_end

POLL_SECONDS = 0.1
HANDLE = "marketer_desktop.bootstrap.attached_handle"  # brings all services, which takes a second


@asynccontextmanager
async def open_for_window(data_dir: Path, say: Say) -> AsyncIterator[EngineHandle]:
    """Attach to the owner of `data_dir`, or start one that ends with this context.

    The engine is not in this process: each call into Qt hands over the interpreter, and a busy
    engine takes its time to give it back.
    """
    deadline = time.monotonic() + HANDOVER_SECONDS
    while time.monotonic() < deadline:
        client = await attached(data_dir)
        if client is not None:
            async with _closing(client):
                yield await _handle(client)
            return
        child = await run_to_the_end(_start, data_dir)
        # While the child loads what it needs, this process loads the calls.
        loading = asyncio.ensure_future(run_to_the_end(import_module, HANDLE))
        try:
            if await _is_ready(child, say):
                async with _closing(await AttachClient.connect(data_dir)) as client:
                    yield await _handle(client)
                return
        finally:
            await run_to_the_end(_end, child, say)
            await asyncio.gather(loading, return_exceptions=True)
        await asyncio.sleep(POLL_SECONDS)
    raise silent_owner(data_dir, OwnerLock(data_dir).holder())


async def _handle(client: AttachClient) -> EngineHandle:
    module = await run_to_the_end(import_module, HANDLE)
    handle: EngineHandle = module.AttachedHandle(client)
    return handle


def _start(data_dir: Path) -> "subprocess.Popen[bytes]":
    return start_child("engine", [str(data_dir)])


async def _is_ready(child: "subprocess.Popen[bytes]", say: Say) -> bool:
    """Whether the child takes calls; False if another process owns the folder."""
    while line := await asyncio.to_thread(_line, child):
        match json.loads(line):
            case {"say": str(text)}:
                say(text)
            case {"ready": _}:
                return True
            case {"taken": _}:
                return False
            case {"failed": str(message), "details": str(details)}:
                failure = ServiceError(message)
                failure.add_note(details)
                raise failure
    raise ServiceError("The engine ended while it was starting. Its log says more.")


def _line(child: "subprocess.Popen[bytes]") -> bytes:
    assert child.stdout is not None
    return child.stdout.readline()


def _end(child: "subprocess.Popen[bytes]", say: Say) -> None:
    """Ask the child to end, pass on what it still says, and wait for it."""
    assert child.stdin is not None and child.stdout is not None
    child.stdin.close()
    with child.stdout:
        for line in child.stdout:
            message = json.loads(line)
            if "say" in message:
                say(message["say"])
    child.wait()


@asynccontextmanager
async def _closing(client: AttachClient) -> AsyncIterator[AttachClient]:
    try:
        yield client
    finally:
        await client.close()

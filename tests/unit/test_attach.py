"""The channel to the owner: calls, events, errors, ends of either side."""

import asyncio
import json
import os
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop import __version__
from marketer_desktop.system.attach import (
    AttachClient,
    AttachServer,
    Emit,
    NoOwner,
    OtherVersion,
    OwnerGone,
    RemoteError,
    address,
    client,
    wire,
)

Message = dict[str, Any]


class Work:
    """What a test's owner does; `events` and `done` tell how far it came."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.cancelled = asyncio.Event()

    async def dispatch(self, name: str, arguments: Message, emit: Emit) -> Message:
        match name:
            case "echo":
                return arguments
            case "count":
                for number in range(arguments["to"]):
                    emit({"number": number})
                return {"counted": arguments["to"]}
            case "double":
                return {"text": arguments["text"] * 2}
            case "fail":
                raise LookupError("There is no activity 7.")
            case "odd":
                return {"folder": Path("/")}
            case "wait":
                return await self._wait()
        raise AssertionError(name)

    async def _wait(self) -> Message:
        self.begun.set()
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return {"waited": True}


@pytest.fixture(autouse=True)
def short_runtime(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    yield
    assert not list(short_folder.glob("*-owner"))


@pytest.fixture(params=["socket", "loopback"])
async def work(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Work]:
    """An owner that listens in both ways a machine may offer."""
    monkeypatch.setattr(address, "HAS_UNIX_SOCKETS", request.param == "socket")
    async with listening(tmp_path) as work:
        assert (address.noted(tmp_path).path is None) == (request.param == "loopback")
        yield work


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@asynccontextmanager
async def listening(data_dir: Path) -> AsyncIterator[Work]:
    work = Work()
    owner = AttachServer(data_dir, work.dispatch)
    await owner.start()
    try:
        yield work
    finally:
        await owner.close()


@asynccontextmanager
async def attached(data_dir: Path) -> AsyncIterator[AttachClient]:
    peer = await AttachClient.connect(data_dir)
    try:
        yield peer
    finally:
        await peer.close()


async def test_a_call_answers(work: Work, tmp_path: Path) -> None:
    async with attached(tmp_path) as peer:
        assert await peer.call("echo", {"word": "żółw"}) == {"word": "żółw"}


async def test_a_text_of_megabytes_goes_both_ways(work: Work, tmp_path: Path) -> None:
    text = "line\n" * 1_000_000
    async with attached(tmp_path) as peer:
        assert await peer.call("echo", {"text": text}) == {"text": text}


async def test_events_arrive_in_order_and_before_the_answer(work: Work, tmp_path: Path) -> None:
    events: list[Message] = []
    async with attached(tmp_path) as peer:
        assert await peer.call("count", {"to": 500}, events.append) == {"counted": 500}
        assert events == [{"number": number} for number in range(500)]
        assert await peer.call("count", {"to": 3}) == {"counted": 3}


async def test_several_calls_run_at_once(work: Work, tmp_path: Path) -> None:
    async with attached(tmp_path) as peer:
        slow = asyncio.create_task(peer.call("wait", {}))
        await work.begun.wait()
        assert await peer.call("echo", {"n": 1}) == {"n": 1}
        work.may_end.set()
        assert await slow == {"waited": True}


async def test_an_exception_crosses_with_its_name_and_text(work: Work, tmp_path: Path) -> None:
    async with attached(tmp_path) as peer:
        with pytest.raises(RemoteError, match=r"^There is no activity 7\.$") as caught:
            await peer.call("fail", {})
        assert caught.value.kind == "LookupError"
        with pytest.raises(RemoteError) as caught:
            await peer.call("odd", {})
        assert caught.value.kind == "TypeError"
        assert await peer.call("echo", {}) == {}


async def test_what_a_receiver_of_events_raises_ends_its_call_alone(
    work: Work, tmp_path: Path
) -> None:
    def _fall_over(event: Message) -> None:
        raise ZeroDivisionError

    async with attached(tmp_path) as peer:
        with pytest.raises(ZeroDivisionError):
            await peer.call("count", {"to": 2}, _fall_over)
        assert await peer.call("echo", {}) == {}


async def test_a_cancelled_call_is_cancelled_at_the_owner(work: Work, tmp_path: Path) -> None:
    async with attached(tmp_path) as peer:
        call = asyncio.create_task(peer.call("wait", {}))
        await work.begun.wait()
        call.cancel()
        await asyncio.wait_for(work.cancelled.wait(), 5)
        with pytest.raises(asyncio.CancelledError):
            await call
        assert await peer.call("echo", {}) == {}


async def test_a_peer_that_leaves_has_its_calls_cancelled(work: Work, tmp_path: Path) -> None:
    async with attached(tmp_path) as peer:
        call = asyncio.create_task(peer.call("wait", {}))
        await work.begun.wait()
        await peer.close()
        await peer.close()
        await asyncio.wait_for(work.cancelled.wait(), 5)
        with pytest.raises(OwnerGone):
            await call
        with pytest.raises(OwnerGone):
            await peer.call("echo", {})


async def test_an_owner_finishes_calls_before_it_ends(tmp_path: Path) -> None:
    work = Work()
    owner = AttachServer(tmp_path, work.dispatch)
    await owner.start()
    async with attached(tmp_path) as peer:
        call = asyncio.create_task(peer.call("wait", {}))
        await work.begun.wait()
        assert owner.calls_in_flight == 1
        closing_owner = asyncio.create_task(owner.close())
        await asyncio.sleep(0.05)
        assert not closing_owner.done()
        with pytest.raises(NoOwner):
            await AttachClient.connect(tmp_path)
        with pytest.raises(RemoteError, match="is closing") as caught:
            await peer.call("echo", {})
        assert caught.value.kind == "OwnerClosing"
        work.may_end.set()
        assert await call == {"waited": True}
        await closing_owner
        assert owner.calls_in_flight == 0
        with pytest.raises(OwnerGone):
            await peer.call("echo", {})
    await owner.close()
    assert files_in(tmp_path) == []


async def test_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(NoOwner):
        await AttachClient.connect(tmp_path)
    (tmp_path / address.ADDRESS_FILE).write_text("{}")
    with pytest.raises(NoOwner):
        await AttachClient.connect(tmp_path)


async def test_an_owner_killed_in_the_middle_of_a_call(tmp_path: Path) -> None:
    script = """
import asyncio, sys
from pathlib import Path
from marketer_desktop.system.attach import AttachServer

async def dispatch(name, arguments, emit):
    emit({"begun": True})
    await asyncio.sleep(600)

async def main():
    await AttachServer(Path(sys.argv[1]), dispatch).start()
    print("listening", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""
    owner = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script, tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert owner.stdout
    await owner.stdout.readline()
    async with attached(tmp_path) as peer:
        with pytest.raises(OwnerGone, match=rf"process {owner.pid}\) ended before"):
            await peer.call("write", {}, lambda event: owner.kill())
    await owner.wait()
    with pytest.raises(NoOwner):
        await AttachClient.connect(tmp_path)
    # The next owner takes the place of the dead one.
    async with listening(tmp_path), attached(tmp_path) as peer:
        assert await peer.call("echo", {}) == {}


async def test_a_command_with_other_environment_variables_finds_the_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with listening(tmp_path):
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("XDG_RUNTIME_DIR", str(tmp_path))
            async with attached(tmp_path) as peer:
                assert await peer.call("echo", {}) == {}


async def test_only_this_user_can_come_in(tmp_path: Path) -> None:
    async with listening(tmp_path):
        noted = address.noted(tmp_path)
        assert noted.path
        assert stat.S_IMODE(Path(noted.path).parent.stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / address.ADDRESS_FILE).stat().st_mode) == 0o600


async def test_a_folder_that_others_may_enter_is_not_used(
    tmp_path: Path, short_folder: Path
) -> None:
    async with listening(tmp_path):
        folder = Path(address.noted(tmp_path).path or "").parent
    folder.mkdir()
    folder.chmod(0o777)
    async with listening(tmp_path), attached(tmp_path) as peer:
        assert address.noted(tmp_path).path is None
        assert await peer.call("echo", {}) == {}
    folder.rmdir()


async def test_another_version_is_told_so(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "__version__", "9.9")
    with pytest.raises(
        OtherVersion, match=rf"is version {__version__}, and this command is version 9\.9"
    ):
        await AttachClient.connect(tmp_path)


@pytest.mark.parametrize(
    "hello",
    [
        json.dumps({"token": "guessed", "protocol": wire.PROTOCOL, "version": __version__}),
        "GET / HTTP/1.1",
        "[]",
    ],
)
async def test_a_stranger_is_shown_the_door(work: Work, tmp_path: Path, hello: str) -> None:
    reader, writer = await address.reach(address.noted(tmp_path))
    writer.write(f"{hello}\n{json.dumps({'call': 1, 'name': 'echo', 'arguments': {}})}\n".encode())
    answer = await asyncio.wait_for(reader.read(), 5)
    assert answer in (b"", b'{"welcome":false}\n')
    await wire.end(writer)


async def test_a_message_without_bounds_is_refused(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "LINE_BYTES", 10_000)
    async with attached(tmp_path) as peer:
        with pytest.raises(wire.WireError, match="too large"):
            await peer.call("echo", {"text": "x" * 10_000})
        with pytest.raises(RemoteError, match="too large"):
            await peer.call("double", {"text": "x" * 6_000})
        assert await peer.call("echo", {}) == {}


async def test_a_line_without_end_is_not_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address, "LINE_BYTES", 1_000)
    async with listening(tmp_path):
        reader, writer = await address.reach(address.noted(tmp_path))
        writer.write(b"x" * 1_000_000)
        with suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 5) == b""
        await wire.end(writer)


async def test_an_owner_that_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "HANDSHAKE_SECONDS", 0.1)

    async def _stay_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            await reader.read()

    silent, where = await address.listen(tmp_path, _stay_silent)
    with pytest.raises(OwnerGone, match=rf"process {os.getpid()}\) does not answer"):
        await AttachClient.connect(tmp_path)
    silent.close()
    await silent.wait_closed()
    address.withdraw(tmp_path, where)

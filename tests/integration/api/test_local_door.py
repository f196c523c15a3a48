"""The API that a window's engine answers to other programs of this computer: off until wished."""

import asyncio
import json
import os
import socket
import stat
from collections.abc import AsyncIterator
from functools import partial
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from marketer_desktop.api.local_door import answer_this_computer
from marketer_desktop.services.call import Call
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.diagnose import Diagnose, diagnose
from marketer_desktop.services.local_api import (
    LocalApi,
    RenewLocalApiToken,
    ShowLocalApi,
    SwitchLocalApi,
)
from marketer_desktop.services.local_door import LocalDoor
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import load_settings
from marketer_desktop.system.kept_token import KeptToken
from marketer_desktop.system.launch_file import FILE
from tests.factories.ports import free_port
from tests.guards import Problems


@pytest.fixture
async def engine(parts: Parts) -> AsyncIterator[Parts]:
    """The parts of a window's engine, whose door is closed at the end."""
    parts.local_door.learn(partial(answer_this_computer, parts))
    yield parts
    await parts.local_door.close()


async def call(engine: Parts, asked: Call[LocalApi]) -> LocalApi:
    return await carry_out(asked, engine, lambda event: None)


async def opened(engine: Parts, port: int | None = None) -> LocalApi:
    told = await call(engine, SwitchLocalApi(on=True, port=port or free_port()))
    assert told.state == "listening", told.problem
    return told


def asking(address: str, **headers: str | None) -> httpx.AsyncClient:
    given = {name: value for name, value in headers.items() if value is not None}
    return httpx.AsyncClient(base_url=address, headers=given, trust_env=False, timeout=60)


def bearer(token: str | None) -> str:
    return f"Bearer {token}"


async def status(address: str, path: str = "/api/projects", **headers: str | None) -> int:
    async with asking(address, **headers) as client:
        return (await client.get(path)).status_code


async def test_nobody_listens_until_it_is_wished(engine: Parts) -> None:
    told = await call(engine, ShowLocalApi())
    assert told == LocalApi(on=False, port=8750, state="off", has_token=False)
    await engine.local_door.begin(engine.settings)
    assert engine.local_door.address == "" and not (engine.data_dir / FILE).exists()


async def test_a_program_with_the_token_is_let_in_and_no_other(engine: Parts) -> None:
    told = await opened(engine)
    assert told.token is not None and told.has_token
    port, host = told.port, f"127.0.0.1:{told.port}"
    right = bearer(told.token)
    refused = {
        "no token": (401, {}),
        "another token": (401, {"Authorization": bearer("x" * 32)}),
        "another kind": (401, {"Authorization": f"Basic {told.token}"}),
        "another host": (403, {"Authorization": right, "Host": f"evil.example:{port}"}),
        "no port": (403, {"Authorization": right, "Host": "127.0.0.1"}),
        "another origin": (403, {"Authorization": right, "Origin": "http://evil.example"}),
        "a sandboxed page": (403, {"Authorization": right, "Origin": "null"}),
    }
    found = {name: await status(told.address, **given) for name, (_, given) in refused.items()}
    assert found == {name: wanted for name, (wanted, _) in refused.items()}
    async with asking(told.address, Authorization=right, Origin=f"http://{host}") as client:
        form = await client.post("/api/projects", data={"name": "From a form"})
        assert form.status_code == 415
        made = await client.post("/api/projects", json={"name": "From a script"})
        assert made.status_code == 201, made.text
        names = [
            each["name"] for each in (await client.get("/api/projects")).json()["data"]["projects"]
        ]
        assert names == ["From a script"]
        assert (await client.get("/docs")).status_code == 200
        assert (await client.get("/metrics")).status_code == 200
        assert (await client.get("/sign-in")).status_code == 404


async def test_it_listens_at_loopback_alone(engine: Parts) -> None:
    port = (await opened(engine)).port
    listening = [
        each.laddr.ip
        for each in psutil.Process().net_connections("tcp")
        if each.status == psutil.CONN_LISTEN and each.laddr.port == port
    ]
    assert listening == ["127.0.0.1"]


async def test_it_can_be_closed_and_opened_again_at_another_port(engine: Parts) -> None:
    first = await opened(engine)
    launch = json.loads((engine.data_dir / FILE).read_text())
    assert launch["address"] == first.address
    assert await status(first.address, Authorization=bearer(launch["token"])) == 200
    second = await opened(engine)
    assert second.port != first.port and second.token is None
    with pytest.raises(httpx.ConnectError):
        await status(first.address)
    assert await status(second.address, Authorization=bearer(first.token)) == 200
    assert await status(second.address, Authorization=bearer(launch["token"])) == 401
    off = await call(engine, SwitchLocalApi(on=False))
    assert (off.state, off.address, off.port) == ("off", "", second.port)
    with pytest.raises(httpx.ConnectError):
        await status(second.address)
    assert not (engine.data_dir / FILE).exists()


async def test_a_stream_ends_when_it_is_closed(engine: Parts) -> None:
    told = await opened(engine)
    assert told.token is not None
    async with asking(told.address, Authorization=bearer(told.token)) as client:
        made = await client.post("/api/projects", json={"name": "Tea"})
        body = {"topic": "Tea", "project_id": made.json()["data"]["id"]}
        await engine.queue.pause()
        run = await client.post("/api/workflows/execute", json=body)
        assert run.status_code == 202, run.text
        activity = run.json()["data"]["activity_id"]
        async with client.stream("GET", f"/api/activities/{activity}/stream") as stream:
            assert stream.status_code == 200
            closing = asyncio.create_task(call(engine, SwitchLocalApi(on=False)))
            lines = [line async for line in stream.aiter_lines()]
        assert "event: closing" in lines
        assert (await closing).state == "off"


async def test_a_taken_port_is_said_and_another_one_works(engine: Parts) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        told = await call(engine, SwitchLocalApi(on=True, port=taken))
        assert (told.on, told.state, told.address) == (True, "failed", "")
        assert f"Another program uses port {taken}." in told.problem
        assert (await call(engine, ShowLocalApi())).problem == told.problem
    again = await opened(engine, taken)  # that program has ended
    assert again.problem == ""


async def test_what_was_wished_is_remembered(engine: Parts) -> None:
    told = await opened(engine)
    await engine.local_door.close()
    (engine.data_dir / FILE).write_text("left by a killed process")
    stored = load_settings(engine.data_dir)
    assert (stored.local_api, stored.local_api_port) == (True, told.port)
    door = LocalDoor()  # of the next start
    door.learn(partial(answer_this_computer, engine))
    await door.begin(engine.settings)
    try:
        assert await status(told.address, Authorization=bearer(told.token)) == 200
    finally:
        await door.close()
    await call(engine, SwitchLocalApi(on=False))
    (engine.data_dir / FILE).write_text("left by a killed process")
    await LocalDoor().begin(engine.settings)
    assert not (engine.data_dir / FILE).exists()


async def test_a_new_token_replaces_the_one_before_at_once(engine: Parts) -> None:
    first = await opened(engine)
    second = await call(engine, RenewLocalApiToken())
    assert second.token not in (None, first.token) and second.state == "listening"
    assert await status(first.address, Authorization=bearer(first.token)) == 401
    assert await status(first.address, Authorization=bearer(second.token)) == 200
    assert (await call(engine, ShowLocalApi())).token is None
    file = engine.data_dir / "secrets" / "local-api-token"
    assert second.token not in file.read_text()
    assert second.token not in repr(second)
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert KeptToken(engine.data_dir).fits(str(second.token))
    assert not KeptToken(engine.data_dir / "elsewhere").fits("")


async def test_an_engine_that_cannot_open_it_says_whose_it_is(parts: Parts) -> None:
    told = await call(parts, SwitchLocalApi(on=True))
    assert told.state == "elsewhere" and "marketer serve" in told.problem
    assert load_settings(parts.data_dir).local_api


async def test_what_nobody_foresaw_is_said_and_the_engine_works_on(
    parts: Parts, log_problems: Problems
) -> None:
    async def breaks(*arguments: object) -> None:
        raise RuntimeError("Something is broken.")

    parts.local_door.learn(breaks)  # type: ignore[arg-type]
    told = await call(parts, SwitchLocalApi(on=True))
    assert (told.state, told.problem) == ("failed", "Something is broken.")
    log_problems.records.clear()


async def diagnosed(engine: Parts) -> tuple[str, str, str]:
    """What the doctor says: state, place, advice."""
    told = (await diagnose(Diagnose(), engine, lambda event: None)).parts
    (part,) = [each for each in told if each.name == "local API"]
    return part.state, part.place, part.advice


async def test_the_doctor_says_how_it_stands(engine: Parts) -> None:
    told = await opened(engine)
    assert await diagnosed(engine) == ("ok", told.address, "")
    launch = (engine.data_dir / FILE).read_text("utf-8")
    await call(engine, SwitchLocalApi(on=False))
    assert (await diagnosed(engine))[0] == "off"
    (engine.data_dir / FILE).write_text(launch, "utf-8")  # as if it hung
    with socket.socket() as silent:
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        silent.bind(("127.0.0.1", urlsplit(told.address).port or 0))  # nobody else answers there
        state, place, advice = await diagnosed(engine)
    assert (state, place) == ("warning", told.address) and "does not answer" in advice


async def test_the_doctor_says_why_it_is_not_open(engine: Parts) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        await call(engine, SwitchLocalApi(on=True, port=port))
        state, place, advice = await diagnosed(engine)
    assert (state, place) == ("warning", f"port {port} of this computer")
    assert "Another program uses port" in advice


async def test_the_doctor_knows_that_it_opens_with_the_window(parts: Parts) -> None:
    await call(parts, SwitchLocalApi(on=True))
    state, _, advice = await diagnosed(parts)
    assert (state, advice) == ("off", "It is switched on, and opens with the window.")

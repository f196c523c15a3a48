"""The API of a window's engine: there at its start if it was wished before, gone with it."""

import socket

import httpx

from marketer_desktop.services.call import EngineHandle
from marketer_desktop.services.local_api import ShowLocalApi, SwitchLocalApi
from marketer_desktop.settings.settings import store_setting
from marketer_desktop.system.kept_token import KeptToken
from tests.end_to_end.conftest import Marketer, eventually
from tests.end_to_end.test_engine_of_a_window import engine_of, with_engine
from tests.factories.ports import free_port


def is_answered(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def test_a_script_is_let_in_as_long_as_the_engine_lives(marketer: Marketer) -> None:
    port = free_port()
    marketer.data_dir.mkdir(mode=0o711)
    store_setting(marketer.data_dir, "local_api", True)
    store_setting(marketer.data_dir, "local_api_port", port)
    token = KeptToken(marketer.data_dir).renew()

    async def asked() -> None:
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(headers=headers, trust_env=False, timeout=60) as script:
            answer = await script.get(f"http://127.0.0.1:{port}/api/me")
        assert answer.json()["data"]["email"] == "local@localhost", answer.text

    async def life(handle: EngineHandle) -> None:
        eventually(lambda: is_answered(port), "the API of an engine that begins")
        await asked()
        off = await handle.call(SwitchLocalApi(on=False), lambda event: None)
        assert off.state == "off" and not is_answered(port)
        on = await handle.call(SwitchLocalApi(on=True), lambda event: None)
        assert on.state == "listening" and on.token is None
        await asked()
        assert await handle.call(ShowLocalApi(), lambda event: None) == on
        engine_of(marketer).kill()
        eventually(lambda: not is_answered(port), "its end")

    with_engine(marketer.data_dir, life)
    log = (marketer.data_dir / "logs" / "marketer.log").read_text("utf-8")
    assert "GET /api/me 200" in log and token not in log

"""The built-in model's machine is measured again where the first time was cut off."""

from pathlib import Path
from unittest.mock import Mock

import httpx
import pytest

from marketer_desktop.llm.starter import StarterServer

ALIVE = Mock(**{"poll.return_value": None})


async def test_what_was_not_measured_to_the_end_is_measured_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = StarterServer(tmp_path)
    answers = iter([httpx.ReadTimeout("a busy machine")])

    async def rate(parallel: int) -> float:
        for failure in answers:
            raise failure
        return 10.0

    monkeypatch.setattr(server, "_launch", lambda *_: setattr(server, "_process", ALIVE))
    monkeypatch.setattr(server, "_rate", rate)
    with pytest.raises(httpx.ReadTimeout):
        await server.start()
    assert server.running
    await server.start()
    assert server.layout is not None

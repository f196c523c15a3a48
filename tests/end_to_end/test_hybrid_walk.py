"""The walk of `make proof-hybrid`, short: the desktop writes with an Ollama, the server itself."""

import os
from pathlib import Path

import pytest

from benchmarks.hybrid_walk.walk import walk
from tests.end_to_end.conftest import Marketer, eventually
from tests.fakes.ollama_server import OllamaServer

# Three commands more, and a wait of half a minute; both are seen in tests of their own, too.
LONG = ("edited on both sides", "killed, only desktops may write")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
@pytest.mark.timeout(600)
def test_from_the_sign_in_to_a_kill(data_dir: Path) -> None:
    folder = data_dir.parent
    with (
        OllamaServer(token_seconds=0.004) as ollama,
        walk(folder, has_worker=False, ollama=ollama.address) as steps,
    ):
        for what, step in steps:
            if what not in LONG:
                assert step()
    left = Marketer(folder, {}).processes
    eventually(lambda: not left(), "the end of every process", 20)

"""A machine that sleeps in the middle of a run: it goes on, and nothing is asked twice."""

import json
import signal
import time

import psutil

from tests.end_to_end.conftest import Gate, Marketer, eventually
from tests.fakes.ollama_server import OllamaServer

ASLEEP = 4.0
WORDS = ("generate", "--topic", "coffee for offices", "--type", "email", "--words", "60")


def family(marketer: Marketer) -> set[psutil.Process]:
    """Every process of the data folder, with those that do not name it."""
    own = marketer.processes()
    return {*own, *(child for each in own for child in each.children(recursive=True))}


def test_a_run_goes_on_after_a_sleep(
    marketer_with_ollama: Marketer, ollama: OllamaServer, gate: Gate
) -> None:
    marketer = marketer_with_ollama
    owner = marketer.start(*WORDS, "--json")
    eventually(lambda: ollama.started.total() >= 2, "the first calls", 90)
    processes = family(marketer)
    assert any("postgres" in process.name() for process in processes)
    for process in processes:
        process.send_signal(signal.SIGSTOP)
    time.sleep(ASLEEP)
    for process in processes:
        process.send_signal(signal.SIGCONT)
    out, said = owner.communicate(timeout=120)
    assert owner.returncode == 0, said
    told = json.loads(out)
    assert told["status"] in {"completed", "needs_attention"}
    assert set(ollama.started.values()) == {1}

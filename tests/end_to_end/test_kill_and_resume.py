"""kill -9 in the middle of a run: nothing stays behind, and no finished call is made again."""

import signal
import time
from pathlib import Path

from tests.end_to_end.conftest import SAMPLES, Gate, Marketer, eventually, is_asked
from tests.fakes.ollama_server import OllamaServer

BRIEF = ("--topic", "better breakfast coffee in small hotels", "--keyword", "breakfast coffee")
IN_FLIGHT = 5  # calls at once in one workflow
STORIES = str(SAMPLES / "customer-stories.md")


def test_killed_run_is_resumed_without_repeating_a_finished_call(
    marketer_with_ollama: Marketer, ollama: OllamaServer, gate: Gate
) -> None:
    marketer = marketer_with_ollama
    model = f"ollama:{next(iter(ollama.models))}"
    # Long enough that five calls are still under way when some sections are done.
    asked = (*BRIEF, "--doc", STORIES, "--words", "900")
    owner = marketer.start("generate", "--model", model, *asked)
    # The two calls of SEO research and some of the writing are done, others are under way.
    eventually(lambda: ollama.finished.total() >= 4, "the fourth answer", 90)
    gate.close()
    eventually(lambda: ollama.started.total() == ollama.finished.total() + IN_FLIGHT, "the pause")
    time.sleep(1)  # a call counts as finished when the owner has noted it, not when it was sent
    before = ollama.finished.copy()
    owner.send_signal(signal.SIGKILL)
    owner.communicate()
    eventually(lambda: not marketer.processes(), "the end of database and watchdog", 20)
    gate.open()

    (cut,) = marketer.json("activities", "list")["activities"]
    assert cut["status"] == "interrupted"
    told = marketer.json("activities", "resume", str(cut["activity_id"]))
    assert told["status"] in {"completed", "needs_attention"}
    assert ollama.finished.total() > before.total()
    assert {call: ollama.started[call] for call in before} == dict.fromkeys(before, 1)

    shown = marketer.json("activities", "show", str(cut["activity_id"]))
    assert [event["seq"] for event in shown["events"]] == list(range(1, len(shown["events"]) + 1))
    finished = [event["step"] for event in shown["events"] if event["kind"] == "finished"]
    assert finished == ["seo_research", "research", "writing", "editing", "social_media"]
    assert {execution["status"] for execution in shown["executions"]} == {"completed"}
    assert Path(told["path"]).read_text("utf-8").startswith("# ")


def test_an_owner_that_dies_is_named_to_those_attached(
    marketer_with_ollama: Marketer, ollama: OllamaServer, gate: Gate
) -> None:
    marketer = marketer_with_ollama
    gate.close()
    owner = marketer.start("generate", *BRIEF, "--words", "600")
    eventually(lambda: ollama.started.total() >= 1, "the first call", 90)
    attached = marketer.start("generate", "--topic", "milk for baristas", "--words", "400")
    eventually(lambda: is_asked(ollama, "milk for baristas"), "the second activity", 60)
    owner.send_signal(signal.SIGKILL)
    owner.communicate()
    _, said = attached.communicate(timeout=30)
    assert attached.returncode == 1
    assert "resume" in said or "again" in said, said

"""While one command runs, others on the same data folder attach and work."""

import json
from typing import Any

from tests.end_to_end.conftest import SAMPLES, Gate, Marketer, eventually, is_asked
from tests.fakes.ollama_server import OllamaServer

GENERATE = ("generate", "--topic", "coffee subscriptions for small offices", "--words", "200")


def written(marketer: Marketer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = marketer.json("activities", "list")["activities"]
    return found


def test_other_commands_attach_to_the_owner(
    marketer_with_ollama: Marketer, ollama: OllamaServer, gate: Gate
) -> None:
    marketer = marketer_with_ollama
    gate.close()
    owner = marketer.start(*GENERATE, "--json")
    eventually(lambda: ollama.started.total() >= 1, "the first call", 90)

    facts = str(SAMPLES / "product-facts.docx")
    ingested = json.loads(marketer.run("ingest", facts, "--json").stdout)
    assert ingested["status"] == "indexed" and ingested["chunk_count"] > 3
    again = json.loads(marketer.run("ingest", facts, "--json").stdout)
    assert again["document_id"] == ingested["document_id"]
    found = marketer.json("search", "How long does the espresso machine warm up?")["results"]
    assert found[0]["document"] == "product-facts.docx"
    assert found[0]["start"] < found[0]["end"]

    (running,) = marketer.json("activities", "list")["activities"]
    assert running["status"] == "generating"
    assert owner.poll() is None
    gate.open()
    out, said = owner.communicate(timeout=120)
    told = json.loads(out)
    assert owner.returncode == 0, said
    assert told["activity_id"] == running["activity_id"]
    assert [step["name"] for step in told["steps"]][-1] == "social_media"
    assert told["model"].startswith("ollama:")


def test_an_owner_finishes_the_calls_of_others(
    marketer_with_ollama: Marketer, ollama: OllamaServer, gate: Gate
) -> None:
    marketer = marketer_with_ollama
    gate.close()
    owner = marketer.start(*GENERATE)
    eventually(lambda: ollama.started.total() >= 1, "the first call", 90)
    longer = marketer.start("generate", "--topic", "milk for baristas", "--words", "400", "--json")
    eventually(lambda: is_asked(ollama, "milk for baristas"), "the second run", 60)
    owner_run, other_run = written(marketer)[::-1]
    assert owner_run["status"] == other_run["status"] == "generating"
    gate.open()
    out, said = longer.communicate(timeout=200)
    assert longer.returncode == 0, said
    assert json.loads(out)["status"] in {"completed", "needs_attention"}
    owner.communicate(timeout=30)
    assert owner.returncode == 0


def test_cancel_from_another_command_ends_the_run(
    marketer_with_ollama: Marketer, ollama: OllamaServer, gate: Gate
) -> None:
    marketer = marketer_with_ollama
    gate.close()
    owner = marketer.start(*GENERATE, "--json")
    eventually(lambda: ollama.started.total() >= 1, "the first call", 90)
    (running,) = marketer.json("activities", "list")["activities"]
    cancelled = marketer.json("activities", "cancel", str(running["activity_id"]))
    assert cancelled["status"] == "cancelled"
    out, _ = owner.communicate(timeout=30)
    assert owner.returncode == 1
    assert json.loads(out)["status"] == "cancelled"
    gate.open()
    calls = ollama.started.total()
    resumed = marketer.json("activities", "resume", str(running["activity_id"]))
    assert resumed["status"] in {"completed", "needs_attention"}
    assert ollama.started.total() > calls

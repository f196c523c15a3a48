"""kill -9 under the window: typing is kept to the last two seconds, and runs are taken up again."""

import time
from collections.abc import Iterator

import pytest

from tests.end_to_end.conftest import Gate
from tests.end_to_end.window.screen import Person
from tests.fakes.ollama_server import OllamaServer

TYPING_SECONDS = 9.0
LOSS_SECONDS = 2.0


@pytest.fixture
def person_with_ollama(
    person: Person, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    monkeypatch.setenv("OLLAMA_HOST", ollama.address)
    yield person


def past_the_welcome(person: Person) -> None:
    person.see("Welcome to Marketer")
    for heading in ("How do you sound?", "What should it know?", "Who writes?", "A finished piece"):
        person.click("Skip")
        person.see(heading)
        time.sleep(0.5)  # a person reads
    person.click("Go to the dashboard")
    person.see("Recent activities")


def order_an_email(person: Person) -> None:
    person.press("ctrl+n")
    person.see("Campaign")
    person.press("ctrl+Return")
    person.click("Email")
    person.click("Topic", "TextInput")
    person.type("A quiet place for breakfast")
    person.click("Add a keyword, press Enter")
    person.type("breakfast")
    person.press("Return", "ctrl+Return")
    person.see("Reference documents")
    person.press("ctrl+Return")
    person.see("Generating: A quiet place")


def test_a_kill_while_typing_loses_two_seconds_at_most(person: Person) -> None:
    person.open_app()
    past_the_welcome(person)
    person.click("Sample: How Kestrow", "Row")
    person.editor()
    person.click("Text", "PassageEditor")
    person.press("ctrl+Home", "End")
    began = time.monotonic()
    typed: list[float] = []
    while time.monotonic() - began < TYPING_SECONDS:
        number = len(typed)
        person.type(f" w{number}x")
        typed.append(time.monotonic())
    person.kill()
    killed = time.monotonic()

    person.open_app()
    person.see("Recent activities")
    person.click("Sample: How Kestrow", "Row")
    text = person.editor()["text"]
    lost = [at for number, at in enumerate(typed) if f"w{number}x" not in text]
    # The two seconds of the promise, and one for what lies between a key press and the app.
    assert all(killed - at < LOSS_SECONDS + 1 for at in lost), [killed - at for at in lost]
    assert len(lost) < len(typed)


def test_a_kill_while_writing_is_offered_and_finished_by_the_next_start(
    person_with_ollama: Person, ollama: OllamaServer, gate: Gate
) -> None:
    person = person_with_ollama
    person.open_app()
    past_the_welcome(person)
    gate.close()
    order_an_email(person)
    person.until(lambda: ollama.started.total() > 0, "the first call")
    person.kill()
    gate.open()

    person.open_app()
    person.see("Resume the run that was cut off?")
    person.click("Resume", "Button")
    person.see("Your piece is ready", seconds=90)
    person.click("Open", "Button")
    assert len(person.editor()["text"].split()) > 40

"""First run, wizard and editor by keyboard alone; every control has a name, and none keeps Tab."""

from functools import partial

import pytest

from tests.end_to_end.window.screen import Control, Person
from tests.fakes.ollama_server import OllamaServer

MOST_STOPS = 150
FEWEST_STOPS = 4  # a control that keeps Tab makes a shorter round
PAGES = {"1": "Recent activities", "2": "Projects", "3": "Documents", "4": "Team", "5": "Settings"}


def place(control: Control) -> tuple[str, str, str, tuple[int, ...]]:
    return control["kind"], control["name"], control["text"][:40], tuple(control["rect"][:2])


def is_elsewhere(person: Person, focused: Control) -> bool:
    now = person.focus()
    return now is not None and place(now) != place(focused)


def tab_round(person: Person) -> list[Control]:
    """Every stop of Tab until it comes to one again."""
    stops: list[Control] = []
    while len(stops) < MOST_STOPS:
        focused = person.until(person.focus, "a control with the focus", 10)
        # Not the very first alone: a page that still fills may have moved that one meanwhile.
        known = [place(stop) for stop in stops]
        if place(focused) in known:
            assert len(stops) - known.index(place(focused)) >= FEWEST_STOPS, known
            return stops
        stops.append(focused)
        person.press("Tab")
        person.until(partial(is_elsewhere, person, focused), "Tab to take the focus on", 10)
    raise AssertionError(f"Tab does not come round: {[place(stop) for stop in stops[-6:]]}")


def assert_named(stops: list[Control]) -> None:
    nameless = [stop for stop in stops if not (stop["name"] or stop["text"] or stop["hint"])]
    assert [place(stop) for stop in nameless] == []


def focus_on(person: Person, words: str) -> None:
    """Press Tab until the focus is on what says `words`."""
    for _ in range(MOST_STOPS):
        focused = person.until(person.focus, "a control with the focus", 10)
        if words in (focused["name"], focused["text"]):
            return
        person.press("Tab")
    raise AssertionError(f"“{words}” cannot be reached by Tab")


def through_the_welcome(person: Person) -> None:
    person.see("Welcome to Marketer")
    person.until(lambda: (person.focus() or {}).get("name") == "Your name", "focus on the name")
    person.type("Ada Bright")
    assert_named(tab_round(person))
    for heading in ("How do you sound?", "What should it know?", "Who writes?", "A finished piece"):
        person.press("ctrl+Return")
        person.see(heading)
    focus_on(person, "Go to the dashboard")
    person.press("Return")


def round_the_pages(person: Person) -> None:
    for key, heading in PAGES.items():
        person.press(f"ctrl+{key}")
        person.see(heading)
        stops = tab_round(person)
        assert_named(stops)
        assert len(stops) > 8


def through_the_wizard(person: Person) -> None:
    person.press("ctrl+n")
    person.see("Campaign")
    assert_named(tab_round(person))
    person.press("ctrl+Return")
    person.see("What should it be?")
    focus_on(person, "Topic")
    person.type("A quiet place for breakfast")
    person.press("Tab")
    person.type("breakfast")
    person.press("Return")
    assert_named(tab_round(person))
    person.press("ctrl+Return")
    person.see("Reference documents")
    focus_on(person, "Length")
    person.type("120")
    assert_named(tab_round(person))
    person.press("ctrl+Return")
    person.see("Generating: A quiet place")
    person.see("Your piece is ready", seconds=120)
    focus_on(person, "Open")
    person.press("Return")


def write_in_the_editor(person: Person) -> None:
    before = person.editor()["text"]
    for _ in range(4):
        if (person.focus() or {}).get("kind") == "PassageEditor":
            break
        person.press("F6")
    else:
        focus_on(person, "Text")
    person.press("ctrl+End")
    person.type("Typed without a mouse.")
    person.see("Saved")
    assert person.editor()["text"] != before
    for number in "234":
        person.press(f"ctrl+shift+{number}")
    person.press("F6")
    stops = tab_round(person)
    assert_named(stops)
    assert {"IconButton", "Button"} <= {stop["kind"] for stop in stops}
    person.press("alt+Left")
    person.see("Your piece is ready")


@pytest.mark.timeout(420)
def test_the_whole_way_by_keyboard(
    person: Person, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", ollama.address)
    person.open_app()
    through_the_welcome(person)
    round_the_pages(person)
    through_the_wizard(person)
    write_in_the_editor(person)
    person.press("F1")
    person.see("Keyboard shortcuts")
    person.press("Escape", "ctrl+k")
    person.see("Search pages, actions, projects, texts and documents")
    person.type("settings")
    person.press("Return")
    person.see("Appearance")

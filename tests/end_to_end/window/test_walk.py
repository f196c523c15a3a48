"""From the first run to an edited piece and back after a restart, by mouse and keyboard only."""

import re
from pathlib import Path

import pytest

from tests.end_to_end.conftest import SAMPLES
from tests.end_to_end.window.screen import Person

GUIDELINES = SAMPLES / "brand-guidelines.pdf"
TYPED = "A sentence typed by a person."


def through_the_welcome(person: Person) -> None:
    person.see("Welcome to Marketer")
    person.click("Your name")
    person.type("Ada Bright")
    person.click("Your organization")
    person.type("Kestrow Coffee")
    person.click("Continue")
    person.see("How do you sound?")
    person.click("Continue")
    person.see("What should it know?")
    person.click("Drop PDF, Word")
    person.see("Add files", "QFileDialog")
    person.type(f"{GUIDELINES}")
    person.press("Return")
    person.see(GUIDELINES.name, seconds=30)
    person.see("Read", "Label", seconds=60)
    person.click("Continue")
    person.see("Who writes?")
    person.see("Starter model")
    person.click("Continue")
    person.see("A finished piece")
    person.click("Go to the dashboard")
    person.see("Recent activities")


def order_a_piece(person: Person) -> None:
    person.click("New activity", "Button")
    person.see("Campaign")
    person.click("Next")
    person.see("What should it be?")
    person.click("LinkedIn")
    person.click("Topic", "TextInput")
    person.type("Fresh coffee in small offices")
    person.click("Add a keyword, press Enter")
    person.type("office coffee")
    person.press("Return")
    person.click("Next")
    person.see("Reference documents")
    person.see(GUIDELINES.name)
    person.click("Generate")


@pytest.mark.starter
@pytest.mark.timeout(600)
def test_first_run_to_an_edit_that_survives_a_restart(person: Person, tmp_path: Path) -> None:
    person.open_app()
    through_the_welcome(person)
    order_a_piece(person)
    person.see("Generating: Fresh coffee in small offices")
    person.see("Writing", seconds=120)
    person.click("Open", "Button")
    editor = person.editor()
    assert len(editor["text"].split()) > 40
    person.click("Text", "PassageEditor")
    person.press("ctrl+Home", "End")
    person.type(f" {TYPED}")
    person.see("Saved")
    stored = tmp_path / "picture.png"
    person.photograph(stored)
    assert stored.stat().st_size > 20_000

    person.press("ctrl+q")
    assert person.wait_for_end() == 0
    (article,) = person.data_dir.glob("content/2/article.md")
    assert TYPED in article.read_text("utf-8")

    person.open_app()
    person.see("Recent activities")
    newest = person.until(person.rows, "the activities")[0]
    person.point_and_click(newest)
    editor = person.editor()
    assert TYPED in editor["text"]

    # The tray: the window's cross hides it, a click on the icon brings it back.
    person.press("alt+F4")
    person.until(lambda: person.find("Text", "PassageEditor") is None, "the hidden window")
    person.see("Still running in the tray.")
    person.click_tray()
    person.editor()
    person.press("ctrl+q")
    assert person.wait_for_end() == 0
    assert re.search("Traceback", person.log()) is None

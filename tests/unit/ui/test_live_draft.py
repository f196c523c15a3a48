"""The live draft: parallel sections in their places, the stream and the store put together."""

import pytest

from marketer_desktop.services.show_draft import Draft, DraftPart
from marketer_desktop.ui.pages.progress.live_draft import LiveDraft, blocks_of

PLAN = [
    DraftPart(node="title", style="title", text="Fresh coffee"),
    DraftPart(node="writing/introduction", style="paragraph", text=""),
    DraftPart(node="writing/section:0", style="heading", text="Why it matters"),
    DraftPart(node="writing/section:0/fact:0", style="paragraph", text="Beans age."),
    DraftPart(node="writing/section:0/answer", style="paragraph", text=""),
    DraftPart(node="writing/section:1", style="heading", text="How to brew"),
    DraftPart(node="writing/section:1/answer", style="paragraph", text=""),
]


def planned() -> LiveDraft:
    draft = LiveDraft()
    draft.load(Draft(parts=PLAN))
    return draft


def texts(draft: LiveDraft) -> list[str]:
    return [block.text for block in draft.shown()]


def test_the_plan_is_shown_at_once_with_headings_that_still_wait() -> None:
    assert [(b.style, b.text) for b in planned().shown()] == [
        ("title", "Fresh coffee"),
        ("heading", "Why it matters"),
        ("paragraph", "Beans age."),
        ("planned", "How to brew"),
    ]


def test_sections_written_at_once_stand_in_order() -> None:
    draft = planned()
    for node, delta in (
        ("writing/section:1/answer", "Grind"),
        ("writing/introduction", "Mornings"),
        ("writing/section:0/fact:0", "Buy"),
        ("writing/section:1/answer", " finely."),
        ("writing/introduction", " matter."),
        ("writing/section:0/fact:0", " little."),
    ):
        draft.write(node, delta)
    assert texts(draft) == [
        "Fresh coffee",
        "Mornings matter.",
        "Why it matters",
        "Beans age. Buy little.",
        "How to brew",
        "Grind finely.",
    ]
    assert draft.shown()[4].style == "heading"


def test_the_next_attempt_is_set_off_from_the_one_before() -> None:
    draft = planned()
    for delta in ("One", ".", "Two", " more.", " Three"):
        draft.write("writing/introduction", delta)
    assert texts(draft)[1] == "One. Two more. Three"


def test_a_repeated_call_takes_back_what_came_in_vain() -> None:
    draft = planned()
    node = "writing/section:0/fact:0"
    for delta in ("Buy ", "litt"):
        draft.write(node, delta)
    assert texts(draft)[2] == "Beans age. Buy litt"
    draft.restart(node, "The answer broke off; trying again in 4 s.", "Buy litt")
    assert texts(draft)[2].strip() == "Beans age."
    assert (draft.shown()[-1].style, texts(draft)[-1][-4:]) == ("note", "4 s.")
    draft.write(node, "")
    assert draft.shown()[-1].style == "note"
    draft.write(node, "Grind fresh.")
    assert texts(draft)[2] == "Beans age. Grind fresh."
    assert draft.shown()[-1].style != "note"


def test_a_call_that_waits_before_its_first_word_takes_nothing_back() -> None:
    draft = planned()
    draft.write("writing/introduction", "  Mornings matter.")
    draft.restart("writing/introduction", "The model server is busy.", "")
    assert texts(draft)[1] == "Mornings matter."
    draft.restart("writing/introduction", "The model server is busy.", "  Mornings matter.")
    assert "Mornings matter." not in texts(draft)


def test_a_node_without_a_place_goes_to_the_end_of_its_section() -> None:
    draft = planned()
    draft.write("writing/section:0/extra", "More.")
    assert texts(draft)[:4] == ["Fresh coffee", "Why it matters", "Beans age.", "More."]


def test_what_came_before_the_plan_was_read_is_kept() -> None:
    draft = LiveDraft()
    draft.write("writing/introduction", "Mornings")
    draft.write("writing/section:0/fact:0", "Buy little")
    assert draft.shown() == []
    draft.load(Draft())
    draft.load(Draft(parts=PLAN))
    draft.write("writing/introduction", " matter.")
    assert texts(draft)[1] == "Mornings matter."
    assert texts(draft)[3] == "Beans age. Buy little"


@pytest.mark.parametrize("stored", ["Beans age. Buy little. Grind fresh.", "Beans age."])
def test_reading_again_loses_and_doubles_nothing(stored: str) -> None:
    draft = planned()
    draft.write("writing/section:0/fact:0", "Buy little.")
    again = [
        part.model_copy(update={"text": stored}) if part.node.endswith("fact:0") else part
        for part in PLAN
    ]
    draft.load(Draft(parts=again))
    expected = "Beans age. Buy little." if stored == "Beans age." else stored
    assert texts(draft)[2] == expected


def test_what_agents_say_by_the_way_is_a_note_until_the_step_ends() -> None:
    draft = planned()
    draft.write("seo_research/title", "“Coffee!”")
    assert all(block.style != "note" for block in draft.shown())
    draft.write("seo_research/questions", "1. Who")
    draft.write("editing/length", "It")
    draft.write("editing/length", " helps.")
    assert (draft.shown()[-1].style, texts(draft)[-1]) == ("note", "It helps.")
    draft.step_ended()
    assert all(block.style != "note" for block in draft.shown())


def test_the_text_put_together_takes_the_place_of_its_parts() -> None:
    draft = planned()
    draft.write("writing/introduction", "raw")
    draft.load(Draft(markdown="# Fresh coffee\n\nMornings matter.\n"))
    draft.write("writing/introduction", " late")
    assert texts(draft) == ["Fresh coffee", "Mornings matter."] and draft.is_whole


def test_a_finished_text_falls_into_blocks() -> None:
    markdown = (
        "# Title\n\nOne line\nand its rest.\n\n## Heading\n\n- [1] a.pdf, page 2\n- [2] b.md\n\n"
        "---\n\n**Sources**\n\n"
    )
    assert [(b.style, b.text) for b in blocks_of(markdown)] == [
        ("title", "Title"),
        ("paragraph", "One line and its rest."),
        ("heading", "Heading"),
        ("item", "[1] a.pdf, page 2"),
        ("item", "[2] b.md"),
        ("rule", ""),
        ("subheading", "Sources"),
    ]
    whole = LiveDraft()
    whole.load(Draft(markdown=markdown))
    assert [block.style for block in whole.shown()].count("rule") == 1

"""What the palette finds, and in which order."""

import pytest

from marketer_desktop.ui.shell.palette_entries import (
    PaletteEntry,
    before_typing,
    matching,
    remembered,
)
from marketer_desktop.ui.shell.palette_scoring import score


def entry(title: str, group: str = "Go to", note: str = "") -> PaletteEntry:
    return PaletteEntry(title.lower(), group, "folder", title, lambda: None, note)


def found(query: str, *titles: str) -> list[str]:
    groups = matching(query, [entry(title) for title in titles], [])
    return [each.title for group in groups for each in group.entries]


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("set", "Settings", "Dataset notes"),
        ("na", "New activity", "Banana bread"),
        ("doc", "Documents", "A long text about a doctor in the country"),
        ("mark", "Marketing", "Remarkable"),
        ("kest", "Sample: how Kestrow buys its coffee", "Keyboard shortcuts"),
        ("plan", "Plan", "Plan for the whole of next year"),
    ],
)
def test_the_better_fit_scores_higher(query: str, better: str, worse: str) -> None:
    first, second = score(query, better), score(query, worse)
    assert first is not None and second is not None
    assert first > second


@pytest.mark.parametrize(
    ("query", "text"),
    [("bjork", "Ada Björk"), ("ADA", "ada björk"), ("new act", "New activity"), ("", "anything")],
)
def test_case_accents_and_spaces_do_not_matter(query: str, text: str) -> None:
    assert score(query, text) is not None


@pytest.mark.parametrize(
    ("query", "text"), [("zz", "Dashboard"), ("dashboards", "Dashboard"), ("ma", "from the launch")]
)
def test_what_does_not_fit_is_not_found(query: str, text: str) -> None:
    assert score(query, text) is None


def test_the_best_comes_first() -> None:
    assert found("te", "Latest report", "Team", "Dashboard") == ["Team", "Latest report"]


def test_a_group_with_the_best_entry_comes_first() -> None:
    entries = [entry("Later team", "Activities"), entry("Team", "Go to")]
    assert [group.name for group in matching("team", entries, [])] == ["Go to", "Activities"]


def test_what_is_recent_wins_a_tie() -> None:
    entries = [entry("Plan a"), entry("Plan b")]
    (group,) = matching("plan", entries, ["plan b"])
    assert [each.title for each in group.entries] == ["Plan b", "Plan a"]


def test_a_note_is_searched_too() -> None:
    (group,) = matching("theme", [entry("Dark", note="Theme")], [])
    assert group.entries[0].title == "Dark"


def test_before_typing_the_recent_ones_stand_first_and_once() -> None:
    entries = [entry("Dashboard"), entry("Team"), entry("Quit", "Actions")]
    groups = before_typing(entries, ["team", "gone"], "Recent")
    assert [(group.name, [each.title for each in group.entries]) for group in groups] == [
        ("Recent", ["Team"]),
        ("Go to", ["Dashboard"]),
        ("Actions", ["Quit"]),
    ]


def test_a_group_shows_a_few() -> None:
    (group,) = before_typing([entry(f"Text {n}", "Activities") for n in range(20)], [], "Recent")
    assert len(group.entries) == 6


def test_the_last_choice_comes_to_the_front_of_five() -> None:
    assert remembered("b", ["a", "b", "c"]) == ["b", "a", "c"]
    assert remembered("f", list("abcde")) == ["f", "a", "b", "c", "d"]

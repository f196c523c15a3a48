"""The outline while it is changed: order, undo, lengths, and what is wrong with it."""

import pytest

from marketer_desktop.ui.pages.progress.outline.presenter import OutlinePresenter
from tests.factories.outlines import make_outline, make_short_outline


@pytest.fixture
def outline() -> OutlinePresenter:
    made = OutlinePresenter()
    assert made.take(make_outline())
    return made


def headings(outline: OutlinePresenter) -> list[str]:
    return [section.heading for section in outline.sections]


def keys(outline: OutlinePresenter) -> list[int]:
    return [section.key for section in outline.sections]


def test_it_begins_with_what_is_proposed(outline: OutlinePresenter) -> None:
    assert outline.result() == make_outline().sections
    assert (outline.total, outline.target, outline.is_changed) == (536, 600, False)


def test_sections_move_and_stop_at_the_ends(outline: OutlinePresenter) -> None:
    first, _, _, last = keys(outline)
    assert outline.move(first, 1)
    assert headings(outline)[:2] == ["Start small", "Where it pays off"]
    assert not outline.move(last, 9)
    assert outline.move(last, -3)
    assert headings(outline)[0] == "Next steps"
    assert outline.is_changed


def test_a_removed_section_comes_back_where_it_was(outline: OutlinePresenter) -> None:
    place, section = outline.remove(keys(outline)[1])
    assert headings(outline) == ["Where it pays off", "What to measure", "Next steps"]
    outline.remove(keys(outline)[0])
    assert outline.is_too_short
    outline.restore(place, section)
    assert headings(outline) == ["What to measure", "Start small", "Next steps"]


def test_a_new_section_is_as_long_as_the_others(outline: OutlinePresenter) -> None:
    outline.set_words(keys(outline)[0], 334)
    assert outline.add().words == 184
    assert outline.total == 536 + 200 + 184


def test_points_are_lines_and_empty_ones_are_left_out(outline: OutlinePresenter) -> None:
    outline.set_points(keys(outline)[3], "One  thing\n\n Another \n")
    outline.set_heading(keys(outline)[3], "  Next   steps ")
    assert outline.result()[3].points == ["One thing", "Another"]
    assert outline.result()[3].heading == "Next steps"


def test_what_is_wrong_is_said_once_it_was_left_or_asked_for(outline: OutlinePresenter) -> None:
    first, second, third, _ = keys(outline)
    outline.set_heading(second, " where IT pays  off")
    outline.set_heading(third, " ")
    assert [outline.problem(key) for key in (first, second, third)] == [None, None, None]
    outline.leave(second)
    assert [outline.problem(key) for key in (first, second, third)] == [None, "twice", None]
    assert outline.first_wrong() == second
    assert outline.problem(third) == "missing"
    outline.set_heading(second, "Other")
    outline.set_heading(third, "Third")
    assert outline.first_wrong() is None


def test_more_points_than_can_be_kept_are_a_problem(outline: OutlinePresenter) -> None:
    key = keys(outline)[0]
    outline.set_points(key, "\n".join(f"Point {n}" for n in range(21)))
    assert outline.first_wrong() == key
    assert outline.problem(key) == "points"
    outline.set_points(key, "\n".join(f"Point {n}" for n in range(20)))
    assert outline.first_wrong() is None


def test_what_is_changed_here_is_not_lost_to_an_older_answer(outline: OutlinePresenter) -> None:
    outline.set_heading(keys(outline)[0], "Mine")
    outline.kept(outline.result())
    assert not outline.is_changed
    assert not outline.take(make_outline())
    assert headings(outline)[0] == "Mine"
    assert outline.take(make_outline(8))
    assert headings(outline)[0] == "Where it pays off"


def test_a_post_has_one_section_without_a_heading() -> None:
    outline = OutlinePresenter()
    outline.take(make_short_outline())
    assert not outline.is_long_form
    assert not outline.can_add
    assert not outline.is_too_short
    assert outline.first_wrong() is None

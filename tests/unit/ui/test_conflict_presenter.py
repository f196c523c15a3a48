"""What was changed on both sides, gathered by row, with values that can be read."""

from typing import Any

import pytest

from marketer_desktop.ui.pages.settings.conflict_presenter import (
    Difference,
    disputed,
    lines_of,
    place_of,
)
from marketer_desktop.ui.pages.settings.conflict_words import FieldWords
from tests.factories.accounts_window import make_conflict


def test_fields_of_a_row_stand_together_in_the_order_they_came() -> None:
    rows = disputed(
        [
            make_conflict(1),
            make_conflict(2, what="Other", project_id=8),
            make_conflict(3, "description"),
            make_conflict(4, account_id=2),
        ]
    )
    numbers = [[each.conflict.conflict_id for each in row.differences] for row in rows]
    assert numbers == [[1, 3], [2], [4]]
    assert (rows[0].what, rows[0].organization) == ("Spring", "Kestrow")


@pytest.mark.parametrize(
    ("entity", "project", "activity", "place"),
    [
        ("activity", 7, 3, ("activity", {"activity_id": 3})),
        ("project", 7, None, ("project", {"project_id": 7, "tab": "settings"})),
        ("campaign", 7, None, ("project", {"project_id": 7, "tab": "activities"})),
        ("member", None, None, ("team", {})),
        ("notification", None, None, None),
    ],
)
def test_each_row_has_the_page_on_which_it_is_edited(
    entity: str, project: int | None, activity: int | None, place: object
) -> None:
    assert place_of(entity, project, activity) == place


@pytest.mark.parametrize(
    ("mine", "theirs", "is_text"),
    [
        ("Spring", "Summer", False),
        ("a" * 81, "b", True),
        ("one line", "two\nlines", True),
        ("a line\n", "another", False),
        ({"tone": "warm"}, {}, True),
        (["tea", "coffee"], [], False),
        (True, False, False),
        (None, None, False),
    ],
)
def test_long_values_are_compared_as_texts(mine: Any, theirs: Any, is_text: bool) -> None:
    assert Difference(make_conflict(mine=mine, theirs=theirs)).is_text == is_text


def test_a_row_that_was_deleted_is_no_text() -> None:
    gone = Difference(make_conflict(field="", mine={"name": "Spring"}, theirs=None))
    assert gone.is_whole and not gone.is_text
    words = FieldWords()
    assert words.field("") == "Deleted by somebody else"
    assert words.value("", gone.mine) == "Kept, with your changes"
    assert words.value("", gone.theirs) == "Deleted"


def test_values_are_read_as_lines() -> None:
    voice = {"tone": "warm", "forbidden": ["synergy", "unleash"], "style": ""}
    assert lines_of(voice) == "Tone: warm\nForbidden: synergy, unleash"
    assert lines_of(["one", {"title": "two"}]) == "one\nTitle two"
    assert lines_of(None) == ""


def test_fields_and_values_have_words() -> None:
    words = FieldWords()
    assert words.field("content.meta_description") == "Search description"
    assert words.field("brief.target_words") == "Brief: target words"
    assert words.field("something_new") == "Something new"
    assert words.value("is_archived", True) == "Yes"
    assert words.value("default_keywords", ["tea", "coffee"]) == "tea, coffee"
    assert words.value("default_keywords", []) == "Nothing"
    assert words.value("status", "in_review") == "In review"
    assert words.value("visibility", "private") == "Only its owner"
    assert words.value("role", "admin") == "Admin"
    assert words.value("name", "private") == "private"

"""A text goes to review, is approved and published, and comes back."""

import itertools

import pytest

from marketer_desktop.domain.activity_status import NEXT, may_become
from marketer_desktop.storage.tables.activities import STATUSES


def test_the_way_goes_forth_and_back() -> None:
    way = ["draft", "in_review", "approved", "published"]
    for before, after in itertools.pairwise(way):
        assert may_become(before, after)
        assert may_become(after, before)
    assert not may_become("draft", "published")
    assert not may_become("in_review", "published")


def test_everything_goes_into_the_archive_and_comes_back() -> None:
    for status in NEXT:
        if status != "archived":
            assert may_become(status, "archived")
            assert may_become("archived", status)


@pytest.mark.parametrize("status", NEXT)
def test_only_a_run_says_that_it_runs_or_has_ended(status: str) -> None:
    runs = {"generating"} | (set() if status == "archived" else {"completed", "needs_attention"})
    assert not runs & set(NEXT[status])


def test_every_stored_status_has_a_way_but_that_of_a_run() -> None:
    assert set(NEXT) == set(STATUSES) - {"generating"}
    assert not may_become("generating", "draft")

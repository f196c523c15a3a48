"""Three-way merge of fields: nothing that somebody changed is lost, whoever it was."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from marketer_desktop.domain.sync_merge import alike, differing, merge

VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "a", "b", " b ", "c", [], ["x"], {}, 1, True]
)
ROWS = st.fixed_dictionaries(dict.fromkeys(("name", "goal", "status"), VALUES))


def test_each_side_keeps_what_it_alone_changed() -> None:
    base = {"name": "a", "goal": "b", "status": "c"}
    merged = merge(base, base | {"name": "mine"}, base | {"goal": "theirs"})
    assert merged.fields == {"name": "mine", "goal": "theirs", "status": "c"}
    assert merged.disputes == []


def test_what_both_changed_differently_is_theirs_and_disputed() -> None:
    merged = merge({"name": "a"}, {"name": "mine"}, {"name": "theirs"})
    assert merged.fields == {"name": "theirs"}
    assert merged.disputes == [("name", "mine", "theirs")]


def test_without_a_common_past_all_that_differs_is_disputed() -> None:
    merged = merge(None, {"name": "a", "goal": "x"}, {"name": "b", "goal": "x"})
    assert merged.disputes == [("name", "a", "b")]


@given(ROWS, ROWS, ROWS)
def test_every_field_has_a_value_that_somebody_gave_it(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    merged = merge(base, mine, theirs)
    disputed = {each.field: each.mine for each in merged.disputes}
    for name, value in merged.fields.items():
        assert alike(value, mine[name]) or alike(value, theirs[name])
        if not alike(mine[name], base[name]):  # changed here: it is in the row, or shown
            assert alike(value, mine[name]) or alike(disputed[name], mine[name])
        if not alike(theirs[name], base[name]):
            assert alike(value, theirs[name])


@given(ROWS, ROWS, ROWS)
def test_merging_once_more_changes_nothing(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    once = merge(base, mine, theirs).fields
    again = merge(theirs, once, theirs)
    assert again.disputes == []
    assert differing(once, again.fields) == {}


@given(ROWS, ROWS)
def test_where_only_one_side_changed_something_the_row_is_theirs_or_mine(
    base: dict[str, Any], changed: dict[str, Any]
) -> None:
    assert differing(merge(base, changed, base).fields, changed) == {}
    assert differing(merge(base, base, changed).fields, changed) == {}

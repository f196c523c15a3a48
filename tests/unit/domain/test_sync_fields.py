"""Rows taken apart into fields, put together again, and told to a server."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from marketer_desktop.domain.sync import Entity
from marketer_desktop.domain.sync_fields import (
    BRIEF,
    CONTENT,
    fields_of,
    told,
    told_anew,
    with_fields,
)
from marketer_desktop.domain.sync_merge import alike

TEXTS = st.text(max_size=5)
FIELDS = st.fixed_dictionaries(
    {"status": TEXTS}
    | {f"brief.{name}": TEXTS for name in BRIEF}
    | {f"content.{name}": TEXTS for name in CONTENT}
)
ACTIVITY: dict[str, Any] = {
    "type": "blog",
    "topic": "Tea",
    "status": "completed",
    "brief": {"topic": "Tea", "batch": "7", "words": 300, "audience": ""},
    "content": {
        "final_content": "It is good.",
        "seo_data": {"slug": "tea", "title": "Tea"},
        "metadata": {"title": "On tea", "word_count": 3},
    },
    "report": {"checks": []},
}


@given(FIELDS)
def test_what_is_put_in_is_found_again(fields: dict[str, Any]) -> None:
    found = fields_of(Entity.ACTIVITY, with_fields(Entity.ACTIVITY, ACTIVITY, fields))
    assert all(alike(found[name], value) for name, value in fields.items())


def test_what_is_no_field_stays_as_it_was() -> None:
    row = with_fields(Entity.ACTIVITY, ACTIVITY, {"content.slug": "green", "brief.topic": "Green"})
    assert row["content"]["metadata"]["word_count"] == 3
    assert row["brief"]["batch"] == "7"
    assert row["topic"] == "Green"
    assert ACTIVITY["content"]["seo_data"]["slug"] == "tea"


def test_a_text_is_told_as_a_whole_and_a_brief_in_parts() -> None:
    fields = told(Entity.ACTIVITY, ACTIVITY, {"content.slug": "tea", "brief.audience": None})
    assert fields == {
        "brief": {"audience": ""},  # null would leave it as it is
        "content": {
            "final_content": "It is good.",
            "seo_data": {"slug": "tea", "title": "Tea"},
            "metadata": {"title": "On tea", "word_count": 3},
        },
        "report": {"checks": []},
    }


def test_nothing_is_told_in_the_words_that_a_server_takes_for_it() -> None:
    changed = {"description": None, "default_keywords": None, "name": "Tea"}
    assert told(Entity.PROJECT, {}, changed) == {
        "description": "",
        "default_keywords": [],
        "name": "Tea",
    }
    assert told(Entity.CAMPAIGN, {}, {"goal": None}) == {"goal": None}


def test_a_new_row_names_what_it_hangs_on() -> None:
    project = {"name": "Tea", "description": None, "share_with_team": True}
    assert told_anew(Entity.PROJECT, project, "o") == {"organization": "o", "name": "Tea"}
    fields = told_anew(Entity.ACTIVITY, ACTIVITY | {"status": "draft", "content": None}, "c")
    assert fields == {
        "campaign": "c",
        "brief": {"type": "blog", "topic": "Tea", "words": 300, "audience": ""},
    }

"""What the editor knows of a text, what it stores of it, and what it offers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.services.content import Content, ContentSource, Saved
from marketer_desktop.ui.pages.editor.presenter import TextState
from tests.factories.contents import ARTICLE, SOURCES
from tests.factories.reports import report_of, score_of

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def content(**values: Any) -> Content:
    return Content.model_validate(
        {
            "activity_id": 7,
            "type": "blog",
            "topic": "Coffee for the office",
            "status": "completed",
            "run_status": "completed",
            "error": None,
            "title": "Coffee first",
            "markdown": ARTICLE,
            "description": "All about coffee.",
            "slug": "coffee",
            "keyphrase": "coffee",
            "keywords": ["coffee"],
            "words": 60,
            "tone": "professional",
            "language": "en",
            "seo_priority": "medium",
            "headlines": [{"text": "Coffee first", "score": 80}, {"text": "Tea", "score": 60}],
            "revision": 3,
            "word_count": 42,
            "saved_at": NOW,
            "variants": {"twitter": "Coffee."},
            "sources": SOURCES,
            "checks": [Check(id="length", hard=True, passed=False, message="Too short.")],
            "steps": [],
            "model": "starter",
            "tokens": 0,
            "cost_usd": 0,
            "folder": "/nowhere",
            "dictionary": "/nowhere/dictionary.txt",
            "project_id": 1,
            "project": "My content",
            "campaign": "General",
            **values,
        }
    )


def saved(revision: int) -> Saved:
    return Saved(revision=revision, word_count=1, saved_at=NOW)


def test_only_what_was_changed_is_stored() -> None:
    state = TextState(content())
    call = state.save_call("# New")
    assert (call.markdown, call.base_revision) == ("# New", 3)
    assert (call.title, call.description, call.variants) == (None, None, None)
    assert state.set_field("slug", "new")
    assert not state.set_field("slug", "new")
    assert state.set_variant("twitter", "Tea.")
    call = state.save_call("# New")
    assert (call.slug, call.variants, call.title) == ("new", {"twitter": "Tea."}, None)


def test_what_is_changed_during_a_save_is_stored_by_the_next_one() -> None:
    state = TextState(content())
    state.set_field("title", "One")
    state.set_field("slug", "one")
    call = state.save_call("a")
    state.set_field("title", "Two")
    state.saved(call, saved(4))
    after = state.save_call("b")
    assert (after.base_revision, after.title, after.slug) == (4, "Two", None)
    state.saved(after, saved(5))
    assert state.save_call("b").title is None


def test_a_long_title_is_cut_where_it_is_stored() -> None:
    state = TextState(content())
    state.set_field("title", "x" * 300)
    call = state.save_call("a")
    assert call.title == "x" * 255
    state.saved(call, saved(4))
    assert state.save_call("a").title is None


def test_the_heading_is_the_title_or_the_topic() -> None:
    state = TextState(content())
    assert state.heading == "Coffee first"
    state.set_field("title", " ")
    assert state.heading == "Coffee for the office"


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("draft", ["in_review"]),
        ("completed", ["draft", "in_review", "approved", "published"]),
        ("needs_attention", ["draft", "in_review"]),
        ("approved", ["draft", "in_review", "published"]),
        ("published", ["draft", "approved"]),
        ("generating", []),
    ],
)
def test_the_menu_offers_what_is_allowed(status: str, offered: list[str]) -> None:
    state = TextState(content(status=status))
    assert state.next_statuses() == offered
    assert state.may_be_published() == ("published" in offered)


def test_the_checks_of_the_run_hold_until_the_text_is_checked() -> None:
    state = TextState(content())
    assert [each.message for each in state.findings().failing()] == ["Too short."]
    assert (state.score, state.seo) == (None, None)
    state.report = report_of(
        [Check(id="length", hard=True, passed=True, message="Long enough.")], score_of(seo=62)
    )
    assert state.findings().failing() == []
    assert state.findings().counts() == {"open": 0, "good": 1, "all": 1}
    assert state.seo == 62
    state.set_field("keyphrase", " ")
    assert state.seo is None


@pytest.mark.parametrize(
    ("kind", "priority", "required"),
    [
        ("blog", "low", None),
        ("blog", "medium", 60),
        ("webpage", "high", 75),
        ("email", "high", None),
    ],
)
def test_the_brief_asks_for_a_score(kind: str, priority: str, required: int | None) -> None:
    assert TextState(content(type=kind, seo_priority=priority)).required_score == required


def test_posts_are_not_scored_for_searching() -> None:
    state = TextState(content(type="linkedin"))
    state.report = report_of([])
    assert [each.group for each in state.findings().scored] == ["readability"]


def test_the_text_is_checked_for_what_was_asked() -> None:
    state = TextState(content())
    state.set_field("keyphrase", "tea")
    call = state.check_call("# Tea")
    assert (call.words, call.keywords, call.keyphrase) == (60, ["coffee"], "tea")
    assert call.sources == [ContentSource.model_validate(source) for source in SOURCES]


def test_a_citation_leads_to_its_source() -> None:
    state = TextState(content())
    source = state.source(2)
    assert source is not None
    assert source.document == "survey.pdf"
    assert state.source(9) is None


def test_a_file_is_named_after_the_text() -> None:
    assert TextState(content()).file_name(".md") == "coffee.md"
    named = TextState(content(slug="", title="Größe: 10/20?"))
    assert named.file_name(".html") == "Größe 1020.html"
    assert TextState(content(slug="", title="?!")).file_name(".md") == "text.md"


def test_a_fix_is_asked_for_with_all_that_a_check_is_told() -> None:
    state = TextState(content())
    check, fix = state.check_call("# Tea"), state.fix_call("# Tea", "slug")
    assert fix.check_id == "slug"
    assert fix.model_dump(exclude={"check_id"}) == check.model_dump()
    assert (check.activity_id, check.slug, check.variants) == (7, "coffee", {"twitter": "Coffee."})


def test_the_contract_speaks_of_each_variant() -> None:
    wrong = Check(
        id="variant_twitter", hard=True, passed=False, message="Too long.", group="variants"
    )
    state = TextState(content(checks=[wrong]))
    assert state.variant_check("twitter") == wrong
    assert state.variant_check("linkedin") is None

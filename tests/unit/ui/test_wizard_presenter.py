"""The brief in the wizard: what it begins with, what is wrong with it, the way through."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.brief_suggestions import BriefChoices, BriefSuggestion
from marketer_desktop.services.document_library import DocumentEntry
from marketer_desktop.services.projects import CampaignRef, ProjectSummary
from marketer_desktop.ui.pages.wizard.presenter import WizardPresenter

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def project(number: int, *campaigns: int, archived: bool = False) -> ProjectSummary:
    return ProjectSummary(
        project_id=number,
        name=f"Project {number}",
        is_archived=archived,
        campaigns=[CampaignRef(campaign_id=n, name=f"Campaign {n}") for n in campaigns],
        activity_count=0,
        published_count=0,
        document_count=0,
        updated_at=NOW,
    )


def document(number: int, status: str = "indexed") -> DocumentEntry:
    return DocumentEntry(
        id=number,
        filename=f"{number}.pdf",
        project_id=1,
        project="Project 1",
        type="pdf",
        size=1,
        status=status,
        percent=None,
        error=None,
        tags=[],
        chunk_count=1,
        pages=1,
        created_at=NOW,
        path=Path("x.pdf"),
    )


def begun(choices: dict[str, Any] | None = None, **prefill: Any) -> WizardPresenter:
    presenter = WizardPresenter(prefill)
    last = BriefChoices.model_validate(choices or {})
    suggestion = BriefSuggestion(choices=last, keywords=["CRM", "email", "AI"], model="starter")
    presenter.take(suggestion, [project(1, 11, 12), project(2, 21), project(3, archived=True)])
    return presenter


def test_it_begins_with_the_last_choices() -> None:
    presenter = begun(
        {"project_id": 2, "campaign_id": 21, "type": "email", "words": {"email": 90}}
        | {"tone": "friendly", "audience": "bakers", "seo_priority": "low"}
    )
    values = presenter.values
    assert (values.project_id, values.campaign_id, values.type) == (2, 21, ContentType.EMAIL)
    assert (values.tone, values.audience, values.seo_priority) == ("friendly", "bakers", "low")
    assert presenter.words == 90
    assert presenter.step == 0
    assert not presenter.is_typed_in


@pytest.mark.parametrize("number", [3, 99, None])
def test_a_project_that_is_gone_gives_way_to_the_first(number: int | None) -> None:
    presenter = begun({"project_id": number, "campaign_id": 99})
    assert (presenter.values.project_id, presenter.values.campaign_id) == (1, 11)


def test_what_the_caller_names_goes_first() -> None:
    presenter = begun(
        {"project_id": 1, "type": "email"},
        campaign_id=21,
        type="linkedin",
        topic="Roasting",
        keywords=["roast"],
    )
    assert (presenter.values.project_id, presenter.values.campaign_id) == (2, 21)
    assert (presenter.values.type, presenter.values.topic) == (ContentType.LINKEDIN, "Roasting")
    assert presenter.step == 1
    assert not presenter.is_typed_in
    assert begun(project_id=2).values.campaign_id == 21


def test_without_a_project_a_brief_can_still_be_written() -> None:
    presenter = WizardPresenter({})
    suggestion = BriefSuggestion(choices=BriefChoices(), keywords=[], model="starter")
    presenter.take(suggestion, [])
    assert presenter.go_on() is None
    presenter.set(topic="Coffee at work", keywords=("coffee",))
    call = presenter.call()
    assert (call.project_id, call.campaign_id) == (None, None)


def test_each_type_has_a_length_of_its_own() -> None:
    presenter = begun({"words": {"blog": 900}})
    assert presenter.words == 900
    presenter.set(type=ContentType.TWITTER)
    assert presenter.words == 120
    presenter.set_words(80)
    presenter.set(type=ContentType.BLOG)
    assert presenter.words == 900
    presenter.set(type=ContentType.TWITTER)
    assert presenter.call().words == 80


def test_nothing_is_wrong_until_a_field_was_left() -> None:
    presenter = begun()
    assert presenter.problem("topic") is None
    presenter.leave("topic")
    assert presenter.problem("topic") == "missing"
    presenter.set(topic=" a ")
    assert presenter.problem("topic") == "short"
    presenter.set(topic="x" * 201)
    assert presenter.problem("topic") == "long"
    presenter.set(topic="x" * 200)
    assert presenter.problem("topic") is None
    assert presenter.problem("keywords") is None


def test_a_step_is_left_only_when_it_is_right() -> None:
    presenter = begun()
    assert presenter.go_on() is None
    assert (presenter.step, presenter.go_on()) == (1, "topic")
    presenter.set(topic="Coffee at work")
    assert presenter.go_on() == "keywords"
    assert presenter.problem("keywords") == "missing"
    presenter.set(keywords=("coffee",), audience="x" * 501)
    assert presenter.go_on() == "audience"
    presenter.set(audience="")
    assert presenter.go_on() is None
    assert (presenter.step, presenter.is_last_step) == (2, True)
    assert presenter.go_on() is None
    assert presenter.step == 2
    presenter.go_back()
    presenter.go_back()
    presenter.go_back()
    assert presenter.step == 0


def test_chosen_keywords_are_not_suggested_again() -> None:
    presenter = begun()
    presenter.set(keywords=("crm",))
    assert presenter.suggested == ["email", "AI"]


def test_only_what_can_be_quoted_is_offered_and_stays_chosen() -> None:
    presenter = begun({"document_ids": [1, 2, 3, 9]})
    presenter.take_documents([document(1), document(2, "error"), document(3)])
    assert [entry.id for entry in presenter.documents] == [1, 3]
    assert presenter.values.document_ids == {1, 3}
    presenter.add_documents([7])
    presenter.take_documents([document(7), document(1)])
    assert presenter.call().document_ids == [1, 7]
    presenter.choose_project(2)
    assert presenter.documents == []


def test_what_is_made_in_place_is_chosen() -> None:
    presenter = begun()
    presenter.add_campaign(CampaignRef(campaign_id=13, name="New"))
    assert presenter.values.campaign_id == 13
    assert [campaign.campaign_id for campaign in presenter.campaigns] == [11, 12, 13]
    presenter.add_project(project(4, 41))
    assert (presenter.values.project_id, presenter.values.campaign_id) == (4, 41)
    assert [each.project_id for each in presenter.projects] == [4, 1, 2]


def test_typing_is_what_closing_would_lose() -> None:
    presenter = begun()
    presenter.set(tone="technical", type=ContentType.EMAIL)
    assert not presenter.is_typed_in
    presenter.set(topic="C")
    assert presenter.is_typed_in


def test_the_switches_are_as_they_were_chosen_last_and_are_sent() -> None:
    presenter = begun({"only_documents": True, "review_outline": True})
    presenter.take_documents([document(1)])
    assert (presenter.call().only_documents, presenter.call().review_outline) == (True, True)
    presenter.set(only_documents=False, review_outline=False)
    assert (presenter.call().only_documents, presenter.call().review_outline) == (False, False)
    assert not begun().values.review_outline


def test_without_a_document_there_is_more_to_say_than_they_do() -> None:
    presenter = begun({"only_documents": True})
    presenter.take_documents([document(1, "error")])
    assert not presenter.call().only_documents
    presenter.take_documents([document(1)])
    assert presenter.call().only_documents
    presenter.choose_project(2)
    assert not presenter.call().only_documents

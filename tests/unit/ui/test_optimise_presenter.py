"""Optimising a text: what is asked, which report counts, and which version stands."""

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.ui.pages.optimise.presenter import OptimisePresenter, heading_of
from tests.factories.reports import report_of, score_of, scored


def presenter(text: str = "# Coffee\n\nOne.") -> OptimisePresenter:
    made = OptimisePresenter()
    made.set_text(text)
    return made


def test_the_text_is_checked_for_its_keyphrase_and_type() -> None:
    assert OptimisePresenter().is_empty
    made = presenter()
    made.set_field("keyphrase", "  fresh coffee ")
    made.set_field("slug", "coffee")
    made.type = ContentType.EMAIL
    asked = made.check()
    assert (asked.keywords, asked.keyphrase) == (["fresh coffee"], "fresh coffee")
    assert (asked.words, asked.slug, asked.title) == (None, "coffee", "Coffee")
    saved = made.save()
    assert (saved.markdown, saved.type) == ("# Coffee\n\nOne.", ContentType.EMAIL)
    assert (saved.keyphrase, saved.title, saved.slug) == ("fresh coffee", "Coffee", "coffee")
    assert made.fix("slug").model_dump(exclude={"check_id"}) == asked.model_dump()
    assert made.repurpose().keywords == ["fresh coffee"]
    made.set_field("keyphrase", " ")
    assert made.check().keywords == []


def test_the_title_follows_the_heading_until_somebody_gives_one() -> None:
    made = presenter()
    made.set_text("# Tea\n")
    assert made.fields["title"] == "Tea"
    made.set_field("title", "Mine")
    made.set_text("# Cocoa\n")
    assert made.fields["title"] == "Mine"
    made.set_field("title", "")
    made.set_text("# Water\n")
    assert made.fields["title"] == "Water"
    assert heading_of("Text\n\n## Two\n\n# **One** #\n") == "One"
    assert heading_of("no heading") == ""


def test_a_report_of_an_older_text_is_dropped() -> None:
    made = presenter("One")
    asked = made.check()
    made.set_text("One more")
    assert not made.take(asked, report_of()) and made.report is None
    assert made.take(made.check(), report_of())
    assert made.checked_markdown == "One more"


def test_what_is_found_depends_on_the_type() -> None:
    made = presenter()
    assert made.findings().counts() == {"open": 0, "good": 0, "all": 0}
    score = score_of([scored("a", 3), scored("b", 9, "b", "readability")])
    failing = Check(id="headings", hard=True, passed=False, message="None.")
    made.take(made.check(), report_of([failing], score))
    assert made.findings().counts() == {"open": 2, "good": 1, "all": 3}
    assert made.findings().failing()[0].fixable
    made.type = ContentType.LINKEDIN
    assert [each.id for each in made.findings().scored] == ["b"]
    made.clear()
    assert made.is_empty and made.report is None and not any(made.fields.values())


def test_versions_come_and_go() -> None:
    made = presenter()
    before = made.version()
    made.set_field("slug", "s")
    made.set_text("# Tea\n")
    made.put(before)
    assert (made.markdown, made.fields["slug"], made.fields["title"]) == (
        "# Coffee\n\nOne.",
        "",
        "Coffee",
    )
    assert made.version() == before

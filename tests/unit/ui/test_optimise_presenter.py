"""Optimising a text: what is asked, which report counts, and where a passage is."""

import re

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.keyphrase import KeyphraseUse
from marketer_desktop.services.check_text import TextReport
from marketer_desktop.ui.pages.optimise.presenter import OptimisePresenter, place_of


def report(*passed: bool) -> TextReport:
    return TextReport(
        checks=[
            Check(id=f"c{n}", hard=True, passed=ok, message=f"Check {n}")
            for n, ok in enumerate(passed)
        ],
        word_count=5,
        minutes=1,
        keyphrase=KeyphraseUse(count=0, density=0),
    )


def test_the_text_is_checked_for_its_keyphrase_and_type() -> None:
    presenter = OptimisePresenter()
    assert presenter.is_empty
    presenter.markdown, presenter.keyphrase = "# Coffee", "  fresh coffee "
    presenter.type = ContentType.EMAIL
    asked = presenter.check()
    assert (asked.keywords, asked.keyphrase) == (["fresh coffee"], "fresh coffee")
    assert asked.words is None
    saved = presenter.save()
    assert (saved.markdown, saved.type, saved.keyphrase) == (
        "# Coffee",
        ContentType.EMAIL,
        "fresh coffee",
    )
    presenter.keyphrase = " "
    assert presenter.check().keywords == []


def test_a_report_of_an_older_text_is_dropped() -> None:
    presenter = OptimisePresenter()
    presenter.markdown = "One"
    asked = presenter.check()
    presenter.markdown = "One more"
    assert not presenter.take(asked, report(True)) and presenter.report is None
    assert presenter.take(presenter.check(), report(True))


def test_checks_are_counted_and_filtered() -> None:
    presenter = OptimisePresenter()
    assert presenter.counts() == {"open": 0, "good": 0, "all": 0}
    presenter.markdown = "One"
    presenter.take(presenter.check(), report(False, True, True))
    assert presenter.counts() == {"open": 1, "good": 2, "all": 3}
    assert [check.id for check in presenter.shown("open")] == ["c0"]
    presenter.clear()
    assert presenter.is_empty and presenter.report is None


@pytest.mark.parametrize(
    ("message", "text", "found"),
    [
        ("Twice: “good coffee (really) works”.", "x Good *coffee* (really), works!", True),
        ("[2] does not say: “Sales rose by 12%”", "Sales rose by 12% in May.", True),
        ("Twice: “good coffee”.", "good tea, coffee", False),
    ],
)
def test_a_quoted_passage_is_found_whatever_is_between_its_words(
    message: str, text: str, found: bool
) -> None:
    pattern = place_of(message)
    assert pattern and bool(re.search(pattern, text, re.IGNORECASE)) is found


def test_a_check_that_quotes_nothing_has_no_place() -> None:
    assert place_of("Only 2 subheadings.") is None and place_of("“…”") is None

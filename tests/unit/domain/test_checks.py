"""The checks: what they accept, and what they say when they do not."""

import pytest

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.checks.check import Check, Subject
from marketer_desktop.domain.checks.citations import check_citations
from marketer_desktop.domain.checks.headings import check_headings
from marketer_desktop.domain.checks.keywords import check_keywords
from marketer_desktop.domain.checks.length import bounds, check_length
from marketer_desktop.domain.checks.repetition import check_repetition
from marketer_desktop.domain.piece import Piece, Section, Sentence, Source
from tests.factories.pieces import make_piece, make_section, make_source

SOURCE = make_source(2, "The Hollin grinder costs 89 euros. It lasts for years.")


def subject(piece: Piece, sources: list[Source] | None = None, **brief: object) -> Subject:
    asked = Brief.model_validate({"topic": "coffee", **brief})
    return Subject(asked, piece, sources or [], body_text(asked.type, piece))


def cites(text: str, origin: str = "source", source: int = 2) -> Piece:
    sentence = Sentence.model_validate({"text": text, "origin": origin, "source": source})
    return make_piece(Section(heading="Heading", paragraphs=[[sentence]]))


@pytest.mark.parametrize("words", [30, 70, 110, 155, 600, 4999])
def test_ten_percent_are_exact(words: int) -> None:
    fewest, most = bounds(words)
    assert (fewest - 1) * 10 < words * 9 <= fewest * 10
    assert most * 10 <= words * 11 < (most + 1) * 10


@pytest.mark.parametrize(
    ("words", "passed", "message"),
    [
        (89, False, "89 words for 100 asked: add at least 1."),
        (90, True, "90 words for 100 asked."),
        (110, True, "110 words for 100 asked."),
        (115, False, "115 words for 100 asked: cut at least 5."),
    ],
)
def test_the_length_says_how_much_is_missing(words: int, passed: bool, message: str) -> None:
    piece = make_piece(make_section("", ["word " * words]))
    check = check_length(subject(piece, words=100, type="email"))
    assert check == Check(id="word_count", hard=True, passed=passed, message=message)


def test_missing_keywords_are_named() -> None:
    piece = make_piece(make_section("Cold brew", ["We grind it."]), title="Coffee")
    assert check_keywords(subject(piece, keywords=["COLD brew", "grind"])).passed
    check = check_keywords(subject(piece, keywords=["cold brew", "hand grinder", "grinding"]))
    assert not check.passed
    assert check.message == "Not in the text: hand grinder, grinding. Work them into a sentence."


@pytest.mark.parametrize("priority", ["low", "medium", "high"])
def test_every_keyword_has_to_occur_whatever_the_priority(priority: str) -> None:
    plain = make_piece(make_section("Brewing", ["We grind for cold brew."]), title="Coffee")
    words = ["cold brew", "hand grinder"]
    assert not check_keywords(subject(plain, keywords=words, seo_priority=priority)).passed
    assert check_keywords(subject(plain, keywords=words[:1], seo_priority=priority)).passed


SOUND = [make_section(f"Heading {n}", ["One two three."]) for n in range(3)]


@pytest.mark.parametrize(
    ("sections", "title", "message"),
    [
        (SOUND, "", "The main heading is missing: give"),
        (SOUND[1:], "Title", "Only 2 subheadings: at least 3 are needed."),
        ([*SOUND, make_section("HEADING 1", ["Four."])], "Title", "the same heading: rename one"),
        ([*SOUND, make_section("Long", ["w " * 300])], "Title", "“Long” has 301 words: split it."),
        ([make_section("", ["w " * 301]), *SOUND], "Title", "“Introduction” has 301 words"),
    ],
)
def test_headings_say_what_is_wrong(sections: list[Section], title: str, message: str) -> None:
    check = check_headings(subject(make_piece(*sections, title=title)))
    assert not check.passed
    assert message in check.message


def test_sound_headings_pass_and_short_forms_need_none() -> None:
    assert check_headings(subject(make_piece(make_section("", ["Hello."]), *SOUND))).passed
    assert check_headings(subject(make_piece(title=""), type="twitter")).passed


def test_a_sentence_that_comes_twice_is_quoted() -> None:
    piece = make_piece(make_section("", ["We roast it."]), make_section("More", ["we ROAST it!"]))
    check = check_repetition(subject(piece))
    assert not check.passed
    assert check.message == "A sentence stands there twice: “we roast it”."


def test_a_run_of_five_words_may_come_three_times() -> None:
    lines = [f"In our hall we roast {thing}." for thing in ("beans", "nuts", "seeds", "corn")]
    assert check_repetition(subject(make_piece(make_section("", lines[:3])))).passed
    check = check_repetition(subject(make_piece(make_section("", lines))))
    assert (check.passed, check.message) == (
        False,
        "“in our hall we roast” stands there more than 3 times.",
    )
    allowed = subject(make_piece(make_section("", lines)), keywords=["in our hall we roast"])
    assert check_repetition(allowed).passed


@pytest.mark.parametrize(
    ("piece", "message"),
    [
        (cites("The Hollin grinder costs 89 euros.", source=3), "[3] leads to no passage."),
        (
            cites("The Hollin grinder costs 98 euros."),
            "[2] does not say: “The Hollin grinder costs 98",
        ),
        (cites("The Hollin grinder costs many euros."), "[2] does not say"),
        (cites("It is yours for 98 euros.", "model"), "[2] does not say"),
    ],
)
def test_a_citation_that_leads_nowhere_is_quoted(piece: Piece, message: str) -> None:
    check = check_citations(subject(piece, [SOURCE]))
    assert not check.passed
    assert message in check.message


def test_an_empty_span_is_no_passage() -> None:
    empty = SOURCE.model_copy(update={"end": 0})
    assert not check_citations(subject(cites("It lasts for years."), [empty])).passed


def test_true_citations_pass_and_so_does_none() -> None:
    quoted = cites("the Hollin grinder costs 89 euros")
    assert check_citations(subject(quoted, [SOURCE])).message == "All 1 cited passages are found."
    own = cites("A good grinder for 89 euros is a rare thing.", "model")
    assert check_citations(subject(own, [SOURCE])).passed
    none = check_citations(subject(make_piece(*SOUND), [SOURCE]))
    assert (none.passed, none.message) == (True, "No source found; none cited.")


def test_a_mark_that_somebody_wrote_must_lead_somewhere_too() -> None:
    written = make_piece(make_section("", ["It costs 89 euros [7]."]))
    assert "[7] leads to no passage" in check_citations(subject(written, [SOURCE])).message
    known = make_piece(make_section("", ["It costs 89 euros [2]."]))
    assert check_citations(subject(known, [SOURCE])).passed


def test_headings_and_calls_count_as_words_of_the_body() -> None:
    lines = ["We roast it twice."]
    piece = make_piece(make_section("", lines)).model_copy(
        update={"subheadline": "We roast it twice."}
    )
    assert not check_repetition(subject(piece, type="webpage")).passed
    heads = [make_section(f"In our hall we roast {n}", ["Some."]) for n in ("a", "b", "c", "d")]
    assert not check_repetition(subject(make_piece(*heads))).passed


def test_a_piece_of_which_only_the_posts_have_changed_is_scored_once() -> None:
    first = subject(make_piece(make_section("Cold brew", ["We grind it."])), keywords=["cold brew"])
    posted = first.with_piece(first.piece.model_copy(update={"variants": {"twitter": "Grind!"}}))
    renamed = first.with_piece(first.piece.model_copy(update={"title": "Warm brew"}))
    assert first.score is not None and first.score is posted.score
    assert first.score is not renamed.score

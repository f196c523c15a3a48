"""The readability checks, each at its limits."""

import pytest

from marketer_desktop.domain.scoring.languages.english import ENGLISH
from marketer_desktop.domain.scoring.paper import Block, Text
from marketer_desktop.domain.scoring.readability import (
    readability,
    readability_total,
    unavailable,
)
from marketer_desktop.domain.scoring.verdict import ScoredCheck
from marketer_desktop.publishing.paper_text import html_text

LONG = (
    "birds sing and fly over green fields near every small town "
    "where people like to walk with dogs on sunny days"
)


def checked(html: str) -> dict[str, ScoredCheck]:
    return {check.id: check for check in readability(html_text(html), ENGLISH)}


def paragraph(*sentences: str) -> str:
    return "<p>" + " ".join(sentences) + "</p>"


def varied(count: int, text: str = "sing") -> list[str]:
    """Sentences that all begin with another word."""
    return [f"Bird{n} {text}." for n in range(count)]


def words(count: int) -> str:
    return " ".join(["word"] * count)


def test_the_checks_of_a_text_in_their_order() -> None:
    assert list(checked(paragraph(*varied(30)))) == [
        "subheadingsTooLong",
        "textParagraphTooLong",
        "textSentenceLength",
        "textTransitionWords",
        "passiveVoice",
        "sentenceBeginnings",
    ]


@pytest.mark.parametrize(("characters", "present"), [(49, True), (50, False), (0, True)])
def test_hardly_any_text_is_told(characters: int, present: bool) -> None:
    found = checked(f"<p>{'a' * characters}</p>")
    assert ("textPresence" in found) is present
    assert all(check.score == 3 for check in found.values() if check.id == "textPresence")


@pytest.mark.parametrize(
    ("count", "headed", "expected"),
    [
        (300, True, 9),
        (301, True, 6),
        (350, True, 6),
        (351, True, 3),
        (300, False, 9),
        (301, False, 2),
    ],
)
def test_a_section_has_at_most_300_words(count: int, headed: bool, expected: int) -> None:
    heading = "<h3>Heading</h3>" if headed else ""
    check = checked(f"{heading}<p>{words(count)}</p>")["subheadingsTooLong"]
    assert check.score == expected
    assert bool(check.positions) is (expected < 9)


def test_a_long_beginning_before_the_first_heading_is_a_section() -> None:
    html = f"<p>{words(301)}</p><h2>Heading</h2><p>{words(20)}</p>"
    check = checked(html)["subheadingsTooLong"]
    assert check.score == 6
    assert html[check.positions[0].start :].startswith("word word")
    assert "301" in check.message


def test_a_heading_without_words_parts_sections() -> None:
    html = f"<h2>One</h2><p>{words(200)}</p><h2><code>x</code></h2><p>{words(200)}</p>"
    assert checked(html)["subheadingsTooLong"].score == 9


@pytest.mark.parametrize(("count", "expected"), [(150, 9), (151, 6), (200, 6), (201, 3)])
@pytest.mark.parametrize("tag", ["p", "li"])
def test_a_paragraph_has_at_most_150_words(count: int, expected: int, tag: str) -> None:
    html = f"<p>Short.</p><{tag}>{words(count)}</{tag}>"
    check = checked(html)["textParagraphTooLong"]
    assert check.score == expected
    if expected < 9:
        assert html[check.positions[0].start : check.positions[0].end] == words(count)


def test_a_heading_is_no_paragraph() -> None:
    assert checked(f"<h2>{words(160)}</h2>")["textParagraphTooLong"].score == 9


@pytest.mark.parametrize(
    ("long", "short", "expected"), [(1, 3, 9), (3, 8, 6), (3, 7, 6), (4, 9, 3), (0, 0, 9)]
)
def test_at_most_a_quarter_of_long_sentences(long: int, short: int, expected: int) -> None:
    html = paragraph(*[f"Many{n} {LONG}." for n in range(long)], *varied(short))
    check = checked(html)["textSentenceLength"]
    assert check.score == expected
    assert len(check.positions) == (long if expected < 9 else 0)
    assert all(html[p.start : p.end] == p.text for p in check.positions)


def test_twenty_words_are_not_long_but_twenty_one_are() -> None:
    assert checked(f"<p>{words(20)}</p>")["textSentenceLength"].score == 9
    assert checked(f"<p>{words(21)}</p>")["textSentenceLength"].score == 3


@pytest.mark.parametrize(
    ("passive", "active", "expected"), [(1, 9, 9), (1, 8, 6), (3, 17, 6), (1, 5, 3)]
)
def test_at_most_a_tenth_in_the_passive_voice(passive: int, active: int, expected: int) -> None:
    html = paragraph(*varied(passive, "was seen"), *varied(active))
    check = checked(html)["passiveVoice"]
    assert check.score == expected
    assert len(check.positions) == (passive if expected < 9 else 0)
    if check.positions:
        assert check.positions[0].text == "Bird0 was seen."


def test_lines_and_bare_markup_count_as_sentences_for_the_passive_voice() -> None:
    one_line = checked("<p>It was seen. We sing and\nfly.</p>")["passiveVoice"]
    assert "33.3 %" in one_line.message
    bare = "<p><a href='x'><img src='y'></a></p>" * 8
    assert checked(f"<p>It was seen. We sing and\nfly.</p>{bare}")["passiveVoice"].score == 9


@pytest.mark.parametrize(
    ("joined", "plain", "expected"), [(30, 70, 9), (29, 71, 6), (20, 80, 6), (19, 81, 3)]
)
def test_three_of_ten_sentences_have_a_transition(joined: int, plain: int, expected: int) -> None:
    html = paragraph(*varied(joined, "sing however"), *varied(plain, "sing low"))
    assert checked(html)["textTransitionWords"].score == expected


def test_a_text_under_200_words_needs_no_transitions() -> None:
    assert checked(paragraph(*varied(99)))["textTransitionWords"].score == 9
    assert checked(paragraph(*varied(100)))["textTransitionWords"].score == 3


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Birds sing. Birds fly. Birds rest.</p>", 3),
        ("<p>Birds sing. Birds fly. Cats rest. Birds rest.</p>", 9),
        ("<h2>Birds</h2><p>Birds fly.</p><p>“Birds” rest.</p>", 3),
        ("<p>The cat sat. The dog sat. The bird sat.</p>", 9),
        ("<p>The cat sat. The cat ran. The cat hid.</p>", 3),
        ("<ul><li>Birds sing.</li><li>Birds fly.</li><li>Birds rest.</li></ul>", 9),
        ("<ul><li><p>Birds sing. Birds fly. Birds rest.</p></li></ul>", 9),
        ("<table><tr><td>Birds.</td><td>Birds.</td><td>Birds.</td></tr></table>", 9),
        ("<p>Birds sing.</p><ul><li>Cats.</li></ul><p>Birds fly. Birds rest.</p>", 3),
    ],
)
def test_three_sentences_in_a_row_begin_differently(html: str, expected: int) -> None:
    check = checked(html)["sentenceBeginnings"]
    assert check.score == expected
    assert len(check.positions) == (3 if expected == 3 else 0)


def test_quotes_and_code_are_not_judged() -> None:
    shown = "<p>It was seen.</p>"
    hidden = f"<blockquote>{shown}</blockquote><pre>It was seen. {words(400)}</pre>"
    assert checked(hidden)["passiveVoice"].score == 9
    assert checked(hidden)["subheadingsTooLong"].score == 9
    assert checked(shown)["passiveVoice"].score == 3


def test_without_a_language_its_checks_are_left_out_and_named() -> None:
    text = html_text(paragraph(*varied(40)))
    found = {check.id for check in readability(text, None)}
    everything = {check.id for check in readability(text, ENGLISH)}
    assert set(unavailable(None)) == everything - found
    assert len(unavailable(None)) == 3
    assert unavailable(ENGLISH) == ()


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([9, 9], 90),
        ([6, 6], 90),
        ([3, 6], 60),
        ([6, 6, 6], 60),
        ([3, 3], 60),
        ([3, 6, 6], 30),
        ([], 90),
        ([2, 3, 3], 30),
    ],
)
def test_the_total_is_by_penalties(scores: list[int], expected: int) -> None:
    checks = [ScoredCheck(id="x", group="readability", score=s, message="") for s in scores]
    assert readability_total(checks) == expected


def test_every_fault_says_how_to_mend_it() -> None:
    faulty = paragraph(*[f"It was seen {LONG}." for _ in range(12)])
    bad = [check for check in readability(html_text(faulty), ENGLISH) if check.score < 9]
    assert len(bad) >= 4
    assert all(":" in check.message or ";" in check.message for check in bad)
    assert all(check.group == "readability" for check in bad)


def test_blocks_without_places_are_judged_too() -> None:
    text = Text((Block("paragraph", "It was seen. It was heard.", 5, 31),))
    check = next(c for c in readability(text, ENGLISH) if c.id == "passiveVoice")
    assert [(p.start, p.end) for p in check.positions] == [(5, 17), (18, 31)]

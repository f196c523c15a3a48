"""Each repair mends what its check objects to, with words that were there, or does nothing."""

from collections.abc import Callable

import pytest

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.check import Check, Subject, subject_of
from marketer_desktop.domain.checks.report import report
from marketer_desktop.domain.descriptions import descriptions
from marketer_desktop.domain.hashtags import hashtags
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.posts import weight
from marketer_desktop.domain.repairs.keyphrase import heading_without
from marketer_desktop.domain.repairs.repair import PROPOSALS, REPAIRS, better, repaired
from marketer_desktop.domain.repairs.search_entry import fitted_title
from marketer_desktop.domain.repairs.structure import structured, with_short_paragraphs
from marketer_desktop.domain.scoring.paper import Block, Paper, Text
from marketer_desktop.domain.scoring.pixel_width import pixel_width
from marketer_desktop.domain.variants import built
from tests.factories.pieces import make_section
from tests.factories.sound_pieces import DESCRIPTION, TITLE, sound_subject

BLOG, PAGE, LINKEDIN, POST, MAIL = ContentType
Breaking = Callable[[Piece], Piece]
LONG = "Cold brew and everything else that an office kitchen needs for a good day at work"


def with_text(*texts: str, section: int = -1, at: int | None = None) -> Breaking:
    """Puts sentences into the last paragraph of a section."""

    def broken(piece: Piece) -> Piece:
        sections = [part.model_copy(deep=True) for part in piece.sections]
        paragraph = sections[section].paragraphs[-1]
        place = len(paragraph) if at is None else at
        paragraph[place:place] = [Sentence(text=text) for text in texts]
        return piece.model_copy(update={"sections": sections})

    return broken


def with_headings(*headings: str, level: int = 2) -> Breaking:
    def broken(piece: Piece) -> Piece:
        sections = [part.model_copy(deep=True) for part in piece.sections]
        for part, heading in zip(sections[1:], headings, strict=False):
            part.heading, part.level = heading, level
        return piece.model_copy(update={"sections": sections})

    return broken


def setting(**values: object) -> Breaking:
    return lambda piece: piece.model_copy(update=values)


def without_phrase_in_front(piece: Piece) -> Piece:
    """The keyphrase stands in a later section instead of the first one."""
    plain = setting_text("Cold brew is such a coffee, because", "It is good, because")(piece)
    return with_text("A jar of cold brew keeps for a week.", section=2)(plain)


def setting_text(old: str, new: str) -> Breaking:
    def broken(piece: Piece) -> Piece:
        sections = [part.model_copy(deep=True) for part in piece.sections]
        for part in sections:
            for sentence in part.sentences():
                sentence.text = sentence.text.replace(old, new)
        return piece.model_copy(update={"sections": sections})

    return broken


def verdict_on(subject: Subject, check_id: str) -> Check:
    return next(check for check in report(subject) if check.id == check_id)


MENDED: list[tuple[ContentType, str, Breaking]] = [
    (BLOG, "reasoning", with_text("<think>We need a jar.", "It is round.</think>", section=2)),
    (BLOG, "prompt_echo", with_text("Sure, here is a paragraph about jars.")),
    (MAIL, "ai_talk", with_text("As an AI, I like jars.")),
    (POST, "placeholders", with_text("Call [Your Company] now.")),
    (BLOG, "placeholders", setting(title="[Your Company] and cold brew")),
    (BLOG, "placeholders", with_headings("Cold brew at [Your Company]")),
    (BLOG, "markdown", with_headings("What cold brew needs", level=4)),
    (BLOG, "markdown", with_text("The jar is **round.")),
    (BLOG, "markdown", with_headings("## What cold brew needs")),
    (LINKEDIN, "no_markdown", with_text("The jar is **round**.")),
    (MAIL, "plain_text", with_text("The jar is <i>round</i>.")),
    (BLOG, "repetition", with_text("Every kitchen knows the question of who cleans up.")),
    (POST, "repetition", with_text("Start with one jar and one floor.")),
    (MAIL, "word_count", with_text("The jar stands in a corner of the kitchen.")),
    (LINKEDIN, "characters", with_text(*(f"Jar number {n} is full of coffee." for n in range(99)))),
    (POST, "post_length", with_text(f"It is {'very ' * 40}good, and {'so ' * 40}we drink it.")),
    (BLOG, "headings", with_headings("Cold brew for all", level=1)),
    (BLOG, "headings", with_headings("What it costs")),
    (BLOG, "headings", setting(title="")),
    (BLOG, "title_length", setting(title=LONG)),
    (BLOG, "title_width", setting(title="COLD BREW: WWWW WWWW WWWW WWWW WWWW WWWW WWWW WWWW")),
    (BLOG, "keyphrase_in_title", setting(title="Calm office kitchens")),
    (PAGE, "headline", setting(title=LONG)),
    (BLOG, "description_length", setting(description="")),
    (BLOG, "description_length", setting(description="Cold brew " * 20)),
    (BLOG, "keyphrase_in_description", setting(description="x" * 130)),
    (BLOG, "slug", setting(slug="Cold Brew!")),
    (BLOG, "keyphrase_in_slug", setting(slug="office-kitchen")),
    (BLOG, "keyphrase_in_introduction", without_phrase_in_front),
    (BLOG, "keyphrase_in_subheadings", with_headings("What it needs", "Who looks", "A start")),
    (
        BLOG,
        "keyphrase_in_subheadings",
        with_headings("Cold brew: why", "Care for cold brew", "Cold brew: how", "Cold brew: cost"),
    ),
    (PAGE, "subheadline", setting(subheadline="")),
    (PAGE, "subheadline", setting(subheadline=f"{LONG}, {DESCRIPTION}")),
    (MAIL, "call_to_action", setting(call_to_action="Order a jar\nCall us")),
    (MAIL, "call_to_action", setting(call_to_action="")),
    (MAIL, "subject_length", setting(title=LONG)),
    (MAIL, "preview_length", setting(preview="")),
    (MAIL, "preview_length", setting(preview=f"{LONG}. {LONG}.")),
    (LINKEDIN, "hook", with_text("Cold brew is " + "good and " * 30 + "mild.", at=0)),
    (LINKEDIN, "hashtags", setting(hashtags=["#One"])),
    (LINKEDIN, "hashtags", setting(hashtags=[f"#T{n}" for n in range(9)])),
    (BLOG, "variant_linkedin", setting(variants={})),
    (BLOG, "variant_twitter", setting(variants={"twitter": "x" * 281})),
    (PAGE, "variant_thread", setting(variants={"thread": "1/2 One.\n\nTwo."})),
    (PAGE, "variant_email", setting(variants={"email": "Hello"})),
]


@pytest.mark.parametrize(("kind", "check_id", "broken"), MENDED)
def test_what_is_broken_is_mended_and_nothing_else_breaks(
    kind: ContentType, check_id: str, broken: Breaking
) -> None:
    sound = sound_subject(kind)
    subject = sound.with_piece(broken(sound.piece))
    assert not verdict_on(subject, check_id).passed
    piece = REPAIRS[check_id](subject)
    other = subject.with_piece(piece)
    assert verdict_on(other, check_id).passed
    assert better(report(other), report(subject))
    piece, told = repaired(subject, report(subject))
    whole = report(subject.with_piece(piece))
    assert told == whole
    # What went may leave the text too short: only a model can write more.
    assert {check.id for check in whole if check.hard and not check.passed} <= {"word_count"}


def test_forbidden_phrases_go_with_their_sentence() -> None:
    sound = sound_subject(BLOG)
    voice = BrandVoice(forbidden=["last glass stays"])
    subject = subject_of(sound.brief, sound.piece, sound.sources, voice=voice)
    piece = REPAIRS["forbidden_phrases"](subject)
    gone = {s.text for s in sound.piece.sentences()} - {s.text for s in piece.sentences()}
    assert gone == {"That sounds fair, but then the last glass stays there for days."}


def test_what_needs_a_model_stays_as_it_is() -> None:
    sound = sound_subject(POST, keywords=["hand grinder"], words=90)
    piece, _ = repaired(sound, report(sound))
    failing = {check.id for check in report(sound.with_piece(piece)) if not check.passed}
    assert failing == {"keywords", "word_count"}
    assert piece == sound.piece


def test_a_repair_that_would_break_something_else_is_not_kept() -> None:
    sound = sound_subject(MAIL)
    short = "Cold brew is good. Call [Your Company] now.".split(". ")
    piece = sound.piece.model_copy(update={"sections": [make_section("", short)]})
    asked = {"keywords": ["your company"], "words": 14}
    keyed = subject_of(sound.brief.model_copy(update=asked), piece)
    assert not verdict_on(keyed, "placeholders").passed
    assert REPAIRS["placeholders"](keyed) is piece  # the keyword would be lost


def test_an_edited_thread_is_numbered_anew() -> None:
    sound = sound_subject(POST)
    text = "1/3 Cold brew saves your team ten minutes every morning.\n\nStart with one jar."
    subject = subject_of(sound.brief, sound.piece, text=text)
    assert not verdict_on(subject, "thread_numbering").passed
    piece = REPAIRS["thread_numbering"](subject)
    assert verdict_on(subject.with_piece(piece), "thread_numbering").passed


def test_every_repair_is_for_a_check_that_exists() -> None:
    known = {check.id for kind in ContentType for check in report(sound_subject(kind))}
    linked = sound_subject(BLOG, seo_priority="high")
    known |= {check.id for check in report(linked)}
    assert set(REPAIRS) == set(PROPOSALS)
    assert set(REPAIRS) - known <= {"thread_numbering", "forbidden_phrases"}


def checks(*failed: str, hard: bool = True, score: int = 50) -> list[Check]:
    names = ("one", "two", "three")
    made = [Check(id=n, hard=hard, passed=n not in failed, message=n) for n in names]
    return [*made, Check(id="seo_score", hard=False, passed=True, message="s", score=score)]


def test_better_means_fewer_failures_and_none_that_is_new() -> None:
    assert better(checks("one"), checks("one", "two"))
    assert better(checks(), checks("one", hard=False))
    assert better(checks("one", score=60), checks("one", score=50))
    assert not better(checks("one"), checks("one"))
    assert not better(checks("three"), checks("one", "two"))
    assert not better(checks("one", score=40), checks("one", score=50))


def test_a_long_section_is_split_between_paragraphs_under_the_passages_own_heading() -> None:
    sound = sound_subject(BLOG)
    lines = [[f"Line {n} of the text has exactly eight words."] for n in range(45)]
    *others, last = sound.piece.sections
    long = make_section("What it costs", *lines)
    long.paragraphs[40] = last.paragraphs[0]  # the cited one
    subject = sound.with_piece(sound.piece.model_copy(update={"sections": [*others, long]}))
    piece = next(structured(subject))
    headings = [section.heading for section in piece.sections]
    assert headings[-2:] == ["What it costs", "Prices of the jars"]
    assert all(section.word_count <= 300 for section in piece.sections)
    assert list(piece.sentences()) == list(subject.piece.sentences())


def test_a_long_paragraph_becomes_two() -> None:
    sound = sound_subject(BLOG)
    lines = [f"Line {n} of the text has exactly eight words." for n in range(24)]
    piece = sound.piece.model_copy(update={"sections": [make_section("", lines)]})
    (other,) = with_short_paragraphs(sound.with_piece(piece))
    assert [len(paragraph) for paragraph in other.sections[0].paragraphs] == [12, 12]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Cold brew: what it needs", "What it needs"),
        ("How does cold brew work?", "How does it work?"),
        ("How do you clean your cold brew?", "How do you clean it?"),
        ("Getting started with cold brew", "Getting started"),
        ("The benefits of COLD BREW", "The benefits"),
        ("Cold brew wins", ""),
        ("Cold brew", ""),
        ("Costs of cold brew", "Costs"),
        ("Why cold brew", ""),
    ],
)
def test_a_heading_loses_the_keyphrase_only_where_it_still_means_something(
    heading: str, expected: str
) -> None:
    assert heading_without(heading, "cold brew") == expected


@pytest.mark.parametrize("title", [LONG, "W" * 100, "cold brew", "", "日本 " * 60, TITLE])
@pytest.mark.parametrize("phrase", ["cold brew", "kitchen needs", ""])
def test_a_fitted_title_fits(title: str, phrase: str) -> None:
    fitted = fitted_title(title, phrase)
    assert len(fitted) <= 60
    assert pixel_width(fitted) <= 600
    assert phrase in fitted.casefold()


def test_descriptions_are_whole_sentences_with_the_keyphrase_first() -> None:
    said = [
        "The jar stands in the fridge for twelve hours, and nobody has to look after it.",
        "It is cold.",
        "Cold brew needs coarse grounds and clean water from the tap.",
    ]
    found = list(descriptions(said, "cold brew"))
    assert found[0] == " ".join(said)
    assert all(121 <= len(text) <= 156 for text in found)
    assert list(descriptions(["Short."], "cold brew")) == []


def test_a_description_is_never_cut_inside_a_word() -> None:
    clause = "Cold brew is a drink that a whole office can share, because one jar holds enough for "
    long = f"{clause}every single person in it, whoever comes first and whoever comes last of all."
    (text,) = descriptions([long], "cold brew")
    assert text.endswith(("in it.", "…"))
    assert 121 <= len(text) <= 156
    assert set(text.rstrip(".…").replace(",", "").split()) <= set(long.replace(",", "").split())


def test_variants_say_what_the_piece_says() -> None:
    sound = sound_subject(BLOG)
    made = built(sound.brief, sound.piece, opening="Is your kitchen calm?")
    assert set(made) == {"linkedin", "twitter", "thread", "email"}
    assert made["linkedin"].startswith("Is your kitchen calm?\n\n")
    assert weight(made["twitter"]) <= 280
    assert "A jar of twelve litres costs 89 euros." in made["linkedin"]
    assert built(sound.brief, Piece(title="Empty", sections=[Section()])) == {}


def test_words_of_a_keyword_are_the_last_to_become_tags() -> None:
    brief = sound_subject(BLOG).brief
    assert hashtags(brief) == ["#ColdBrew", "#Coffee", "#Office"]
    alone = brief.model_copy(update={"topic": "cold brew"})
    assert hashtags(alone) == ["#ColdBrew", "#Cold", "#Brew"]


def test_a_keyphrase_that_stands_everywhere_is_thinned_out() -> None:
    names = "apple pear plum lime fig kiwi nut oat rye bean leek".split()
    sound = sound_subject(BLOG, seo_priority="high")
    lines = [f"Cold brew number {name} is cold brew of {name}." for name in names]
    subject = sound.with_piece(with_text(*lines, section=2)(sound.piece))
    assert not verdict_on(subject, "keyphraseDensity").passed
    piece, told = repaired(subject, report(subject))
    whole = report(subject.with_piece(piece))
    assert told == whole
    assert [check.message for check in whole if check.hard and not check.passed] == []


def test_an_edited_text_is_scored_as_it_stands() -> None:
    sound = sound_subject(BLOG)
    block = Block("paragraph", "Cold brew.", 0, 10)
    subject = subject_of(sound.brief, sound.piece, paper=Paper(Text((block,)), "cold brew"))
    assert subject.paper.title == ""
    assert not verdict_on(subject, "textLength").passed
    assert verdict_on(subject.with_piece(sound.piece), "textLength").passed

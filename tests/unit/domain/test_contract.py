"""The contract: what a brief asks for, and each of its checks both ways."""

from collections.abc import Callable

import pytest

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.checks.check import Check, Subject, subject_of
from marketer_desktop.domain.checks.report import acceptable, compiled, report
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.teaser import read_teaser
from tests.factories.sound_pieces import sound_subject

BLOG, PAGE, LINKEDIN, POST, MAIL = ContentType
Breaking = Callable[[Piece], Piece]


def setting(**values: object) -> Breaking:
    return lambda piece: piece.model_copy(update=values)


def saying(*texts: str) -> Breaking:
    """Adds sentences at the end of the last paragraph."""

    def broken(piece: Piece) -> Piece:
        *sections, last = piece.sections
        *paragraphs, end = last.paragraphs
        added = [*end, *(Sentence(text=text) for text in texts)]
        other = last.model_copy(update={"paragraphs": [*paragraphs, added]})
        return piece.model_copy(update={"sections": [*sections, other]})

    return broken


def headed(*headings: str, level: int = 2) -> Breaking:
    """Gives the headings of the piece other names."""

    def broken(piece: Piece) -> Piece:
        first, *others = piece.sections
        named = [
            section.model_copy(update={"heading": heading, "level": level})
            for heading, section in zip(headings, others, strict=False)
        ]
        return piece.model_copy(update={"sections": [first, *named, *others[len(named) :]]})

    return broken


def opening(text: str) -> Breaking:
    """Gives the piece another first paragraph."""

    def broken(piece: Piece) -> Piece:
        first, *others = piece.sections
        paragraphs = [[Sentence(text=text)], *first.paragraphs[1:]]
        other = first.model_copy(update={"paragraphs": paragraphs})
        return piece.model_copy(update={"sections": [other, *others]})

    return broken


def variant(name: str, change: Callable[[str], str]) -> Breaking:
    def broken(piece: Piece) -> Piece:
        variants = {**piece.variants, name: change(piece.variants[name])}
        return piece.model_copy(update={"variants": variants})

    return broken


def longer_preview(text: str) -> str:
    return text.replace("Preview:", f"Preview: {'x' * 111}")


def without_variant(name: str) -> Breaking:
    return lambda piece: piece.model_copy(
        update={"variants": {k: v for k, v in piece.variants.items() if k != name}}
    )


def verdicts(subject: Subject) -> dict[str, Check]:
    checks = report(subject)
    assert len({check.id for check in checks}) == len(checks)
    return {check.id: check for check in checks}


@pytest.mark.parametrize("kind", list(ContentType))
def test_a_sound_piece_passes_every_hard_check(kind: ContentType) -> None:
    checks = report(sound_subject(kind))
    assert [(c.id, c.message) for c in checks if c.hard and not c.passed] == []
    assert acceptable(checks)


FAULTS: list[tuple[ContentType, Breaking, str, str]] = [
    (POST, saying("One two three four five six."), "word_count", "cut at least"),
    (MAIL, saying("Long " * 21_000 + "text."), "size", "at most 100,000"),
    (MAIL, opening("Nothing of it is said here."), "keywords", "Not in the text: cold brew"),
    (MAIL, saying("Start with one jar and one floor."), "repetition", "twice"),
    (BLOG, saying("Call [Your Company] today."), "placeholders", "[Your Company]"),
    (POST, saying("Lorem ipsum dolor sit amet."), "placeholders", "Lorem ipsum"),
    (BLOG, setting(description="TODO"), "placeholders", "In the meta description: “TODO”"),
    (MAIL, setting(title="Hello {first_name}"), "placeholders", "{first_name}"),
    (BLOG, headed("Why [insert brand] matters"), "placeholders", "In the heading"),
    (BLOG, saying("Tone: professional."), "prompt_echo", "Tone:"),
    (MAIL, opening("Sure, here is a short email about coffee."), "prompt_echo", "Sure, here"),
    (POST, saying("Here are three sentences about it."), "prompt_echo", "Here are three"),
    (BLOG, saying("Based on the provided text, jars are good."), "prompt_echo", "provided text"),
    (BLOG, saying("<think>Is that so?"), "reasoning", "<think>"),
    (LINKEDIN, saying("All done.<|im_end|>"), "reasoning", "<|im_end|>"),
    (MAIL, saying("As an AI, I like jars."), "ai_talk", "As an AI"),
    (BLOG, saying("I am a language model."), "ai_talk", "language model"),
    (BLOG, headed("# Marks"), "markdown", "begins with a mark"),
    (BLOG, headed("What cold brew needs", level=4), "markdown", "level 4 under level 1"),
    (MAIL, opening("Cold brew has **open marks."), "markdown", "without its partner"),
    (BLOG, saying("It has <b>tags</b>."), "markdown", "HTML"),
    (BLOG, saying("It has a [link](https://example.org"), "markdown", "a link without"),
    (BLOG, saying("So it is [9]."), "citations", "[9] leads to no passage"),
    (BLOG, headed("Who looks after the jar"), "headings", "the same heading"),
    (BLOG, headed("Another title", level=1), "headings", "second main heading"),
    (BLOG, setting(sections=[]), "headings", "Only 0 subheadings"),
    (BLOG, saying(*(f"Word number {n} is a new one." for n in range(60))), "headings", "split it"),
    (BLOG, setting(title="Cold brew " + "x" * 51), "title_length", "shorten it to 60"),
    (PAGE, setting(title=""), "title_length", "is missing"),
    (BLOG, setting(title="Cold brew " + "W" * 45), "title_width", "pixels wide"),
    (BLOG, setting(description="Cold brew. " + "x" * 109), "description_length", "120 characters"),
    (BLOG, setting(description="Cold brew. " + "x" * 146), "description_length", "157 characters"),
    (BLOG, setting(description=" "), "description_length", "is missing"),
    (BLOG, setting(slug="Cold-brew"), "slug", "lower-case"),
    (BLOG, setting(slug="cold brew"), "slug", "is no slug"),
    (BLOG, setting(slug=""), "slug", "is missing"),
    (BLOG, setting(slug="cold-brew-" + "x" * 66), "slug", "76 characters"),
    (BLOG, setting(title="A brew that is cold"), "keyphrase_in_title", "lacks “cold brew”"),
    (BLOG, opening("Coffee is good."), "keyphrase_in_introduction", "lacks “cold brew”"),
    (BLOG, setting(description="x" * 130), "keyphrase_in_description", "lacks “cold brew”"),
    (BLOG, setting(slug="cold-coffee"), "keyphrase_in_slug", "lacks “brew”"),
    (BLOG, headed("Needs", "Care", "Start"), "keyphrase_in_subheadings", "0 of 4"),
    (
        BLOG,
        headed("Cold brew one", "Cold brew two", "Cold brew three", "Cold brew four"),
        "keyphrase_in_subheadings",
        "leave it out",
    ),
    (PAGE, setting(title="Cold brew " + "x" * 61), "headline", "shorten it to 70"),
    (PAGE, setting(subheadline=""), "subheadline", "is missing"),
    (PAGE, setting(subheadline="x" * 141), "subheadline", "shorten it to 140"),
    (PAGE, setting(call_to_action=" "), "call_to_action", "is missing"),
    (MAIL, setting(call_to_action="Order now\nCall us"), "call_to_action", "2 calls to action"),
    (LINKEDIN, saying("word " * 700), "characters", "The post has 3"),
    (LINKEDIN, opening("Cold brew " + "is good and " * 20 + "mild."), "hook", "end it within 210"),
    (LINKEDIN, opening("#ColdBrew is the topic."), "hook", "does not begin with a sentence"),
    (LINKEDIN, setting(hashtags=["#One", "#Two"]), "hashtags", "2 hashtags: add"),
    (LINKEDIN, setting(hashtags=[f"#T{n}" for n in range(6)]), "hashtags", "6 hashtags: delete"),
    (LINKEDIN, setting(hashtags=["#Tea", "#tea", "#Cup"]), "hashtags", "twice"),
    (LINKEDIN, saying("It is **bold**."), "no_markdown", "**bold**"),
    (LINKEDIN, saying("See [it](https://example.org)."), "no_markdown", "]("),
    (POST, saying("Word " * 60 + "end."), "post_length", "fits into no post"),
    (MAIL, setting(title="x" * 61), "subject_length", "shorten it to 60"),
    (MAIL, setting(title=""), "subject_length", "is missing"),
    (MAIL, setting(preview="x" * 111), "preview_length", "shorten it to 110"),
    (MAIL, setting(preview=""), "preview_length", "is missing"),
    (MAIL, saying("It is <i>odd</i>."), "plain_text", "In the plain-text alternative"),
    (MAIL, setting(sections=[], call_to_action=""), "plain_text", "is empty"),
    (BLOG, without_variant("linkedin"), "variant_linkedin", "LinkedIn post: it is missing"),
    (PAGE, variant("linkedin", lambda t: t + " #A1 #B1 #C1"), "variant_linkedin", "delete some"),
    (BLOG, variant("twitter", lambda t: "日" * 141), "variant_twitter", "counts 282"),
    (BLOG, variant("thread", lambda t: t.replace("2/", "3/")), "variant_thread", "“2/"),
    (BLOG, variant("email", lambda t: t.removeprefix("Subject: ")), "variant_email", "Begin with"),
    (BLOG, variant("email", longer_preview), "variant_email", "cut"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "broken", "check_id", "message"), FAULTS)
def test_each_fault_fails_its_check_and_says_what_is_wrong(
    kind: ContentType, broken: Breaking, check_id: str, message: str
) -> None:
    sound = sound_subject(kind)
    assert verdicts(sound)[check_id].passed
    check = verdicts(sound.with_piece(broken(sound.piece)))[check_id]
    assert (check.passed, check.hard) == (False, True)
    assert message in check.message


def test_every_check_of_the_contract_is_broken_somewhere_above() -> None:
    known = {
        check.id
        for kind in ContentType
        for check in report(sound_subject(kind))
        if check.group in ("contract", "variants")
    }
    broken_in_posts = {"thread_numbering"}  # below, in edited text
    assert known == {check_id for _, _, check_id, _ in FAULTS} | broken_in_posts


def test_forbidden_phrases_are_found_everywhere_but_in_what_the_brief_asks_for() -> None:
    voice = BrandVoice(forbidden=["plain roast", "cold brew"])
    sound = sound_subject(BLOG)
    subject = subject_of(sound.brief, sound.piece, sound.sources, voice=voice)
    check = verdicts(subject)["forbidden_phrases"]
    assert not check.passed
    assert "plain roast" in check.message
    assert [position.text for position in check.positions] == ["plain roast"]
    place = check.positions[0]
    assert subject.body[place.start : place.end] == "plain roast"
    fine = subject_of(sound.brief, sound.piece, sound.sources, voice=BrandVoice(forbidden=["xyz"]))
    assert verdicts(fine)["forbidden_phrases"].passed
    assert "forbidden_phrases" not in verdicts(sound)


def test_an_instruction_that_stands_in_the_text_is_found_whatever_it_is() -> None:
    prompt = "Use short words that a child of ten would understand at once."
    sound = sound_subject(MAIL)
    piece = saying("We use short words that a child of ten would understand.")(sound.piece)
    subject = subject_of(sound.brief, piece, prompts=[prompt])
    assert not verdicts(subject)["prompt_echo"].passed
    assert verdicts(subject_of(sound.brief, piece))["prompt_echo"].passed


@pytest.mark.parametrize(
    "text",
    [
        "Certainly it pays to wait.",
        "Write a list of names on the door.",
        "The tone of a jar is low.",
        "Ask your barista: here is where the trick lies.",
        "Give every name on the list a day; see [the plan](https://example.org/plan).",
        "Everybody thinks about it as an aid.",
        "The jar is filled as requested by the [website](https://example.org) of the shop.",
        "Ask for the Brewers Guild [BG] mark.",
    ],
)
def test_what_people_write_is_no_residue(text: str) -> None:
    sound = sound_subject(BLOG)
    found = verdicts(sound.with_piece(saying(text)(sound.piece)))
    ids = ("placeholders", "prompt_echo", "reasoning", "ai_talk", "markdown", "citations")
    assert [found[check_id].message for check_id in ids if not found[check_id].passed] == []


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("1/2 Cold brew is good.\n\n2/2 It is cold.", True),
        ("Cold brew is good.", True),
        ("1/2 Cold brew is good.\n\nIt is cold.", False),
        ("1/3 Cold brew is good.\n\n2/3 It is cold.", False),
        ("2/2 Cold brew is good.\n\n1/2 It is cold.", False),
    ],
)
def test_an_edited_thread_is_numbered_in_order(text: str, passed: bool) -> None:
    brief = Brief(type=POST, topic="coffee", words=30)
    subject = subject_of(brief, Piece(title="", sections=[]), text=text)
    assert verdicts(subject)["thread_numbering"].passed is passed


def test_an_edited_post_may_not_be_too_heavy() -> None:
    brief = Brief(type=POST, topic="coffee", words=30)
    fine = "日" * 128 + " https://example.org/" + "a" * 300  # 256 + 1 + 23
    for text, passed in ((fine, True), (f"{fine} x", False)):
        subject = subject_of(brief, Piece(title="", sections=[]), text=text)
        assert verdicts(subject)["post_length"].passed is passed


def test_a_derived_keyphrase_binds_nobody() -> None:
    sound = sound_subject(BLOG, keywords=[], topic="green tea at home")
    checks = verdicts(sound)
    assert not checks["keyphrase_in_title"].passed
    assert {c.hard for c in checks.values() if c.id.startswith("keyphrase_in")} == {False}
    assert "keywords" not in checks


def test_an_open_text_is_asked_for_nothing_that_nobody_wished() -> None:
    brief = Brief.model_construct(type=BLOG, topic="", keywords=[], words=0, seo_priority="low")
    ids = {check.id for check in report(subject_of(brief, Piece(title="", sections=[])))}
    assert not {"word_count", "keywords", "keyphrase_in_title"} & ids
    assert {"headings", "title_length", "markdown"} <= ids


def test_the_type_decides_what_is_compiled() -> None:
    counts = {
        kind: len(compiled(Brief(type=kind, topic="coffee", keywords=["tea"])))
        for kind in ContentType
    }
    assert counts[PAGE] == counts[BLOG] + 3
    assert counts[LINKEDIN] < counts[BLOG]


@pytest.mark.parametrize(
    ("priority", "least", "hard"), [("low", 60, False), ("medium", 60, True), ("high", 75, True)]
)
def test_the_priority_of_search_decides_how_much_binds(
    priority: str, least: int, hard: bool
) -> None:
    poor = setting(title="Coffee", description="", slug="", sections=[Section()])
    sound = sound_subject(BLOG, seo_priority=priority)
    checks = verdicts(sound)
    assert (checks["seo_score"].hard, checks["seo_score"].passed) == (hard, True)
    assert checks["introductionKeyword"].hard is (priority == "high")
    bad = verdicts(sound.with_piece(poor(sound.piece)))
    assert not bad["seo_score"].passed
    assert f"at least {least}" in bad["seo_score"].message
    assert (bad["keyphraseInSEOTitle"].passed, bad["keyphraseInSEOTitle"].hard) == (
        False,
        priority == "high",
    )
    assert {c.hard for c in bad.values() if c.group == "readability"} == {False}


def test_links_and_images_count_only_where_there_are_some() -> None:
    sound = sound_subject(BLOG)
    needing = {"images", "imageKeyphrase", "externalLinks", "internalLinks", "textCompetingLinks"}
    assert not needing & set(verdicts(sound))
    linked = saying("More is in [the guide](https://example.org/guide).")(sound.piece)
    found = needing & set(verdicts(sound.with_piece(linked)))
    assert "textCompetingLinks" in found
    assert "images" not in found


def test_posts_are_not_scored_and_mails_only_for_reading() -> None:
    assert {c.group for c in report(sound_subject(POST))} == {"contract"}
    assert {c.group for c in report(sound_subject(LINKEDIN))} == {"contract"}
    assert {c.group for c in report(sound_subject(MAIL))} == {"contract", "readability"}


def test_a_teaser_is_read_back() -> None:
    text = "Subject: One\nPreview: Two\n\nThree.\n\nFour.\n\nRead it"
    teaser = read_teaser(text)
    assert teaser is not None
    assert teaser == ("One", "Two", "Three.\n\nFour.", "Read it")
    assert teaser.text() == text
    assert read_teaser("Subject: One\n\nThree.") is None


def test_stored_reports_of_before_can_still_be_read() -> None:
    old = {"id": "word_count", "hard": True, "passed": True, "message": "60 words for 60 asked."}
    check = Check.model_validate(old)
    assert check.group == "contract"
    failed = check.model_copy(update={"passed": False})
    assert not acceptable([failed])
    assert acceptable([failed.model_copy(update={"hard": False})])

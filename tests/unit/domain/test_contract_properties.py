"""Whatever a text holds, no check and no repair crashes, and no repair makes another check worse.

The texts are any Unicode, and pieces put together from sentences with every kind of fault.
"""

from collections.abc import Callable
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.checks.check import Subject, subject_of
from marketer_desktop.domain.checks.report import report
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.posts import packed, weight
from marketer_desktop.domain.repairs.repair import PROPOSALS, REPAIRS, repaired
from marketer_desktop.domain.words import folded
from tests.factories.sound_pieces import sound_subject, sources

quick = settings(
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,  # the same examples every time: a failure is one of the code, not of the day
    suppress_health_check=list(HealthCheck),
)
few = settings(quick, max_examples=12)

# Any Unicode, and the marks that mean something to one of the checks.
MARKS = ["#", "**", "`", "](", "[1]", "<b>", "</think>", "1/2 ", "\n\n", "@", "https://a.io/x", "…"]
anything = st.lists(st.one_of(st.text(max_size=12), st.sampled_from(MARKS)), max_size=6).map(
    "".join
)
KINDS = st.sampled_from(list(ContentType))
FAULTY = (
    "Cold brew is good for the office.",
    "A jar of cold brew keeps for a week, and nobody has to wait for a machine in the morning.",
    "It keeps for a week.",
    "Call [Your Company] today.",
    "As an AI, I like coffee.",
    "Sure, here is a paragraph about jars.",
    "<think>Jars are round.",
    "So they are.</think>",
    "Our synergy is a game changer for jars.",
    "The jar is **bold and has no end.",
    "Read [the guide](https://example.org/guide) before you start.",
    "A jar of twelve litres costs 89 euros.",
    "In our hall we roast beans.",
    "In our hall we roast nuts.",
    "In our hall we roast seeds.",
    "In our hall we roast corn.",
    "Order your first jar today.",
    "This sentence " + "goes on and on " * 30 + "until it ends.",
    "Пейте кофе ☕️ каждое утро 👩‍👩‍👧!",
    "#One #Two #Three #Four",
)
HEADINGS = ("", "Cold brew: what it needs", "How does cold brew work?", "Care", "Care", "Costs")


def sentences(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Sentence]:
    return st.builds(
        Sentence,
        text=texts,
        origin=st.sampled_from(["model", "source"]),
        source=st.sampled_from([None, None, 1, 7]),
    )


def pieces(
    texts: st.SearchStrategy[str], headings: st.SearchStrategy[str], most: int
) -> st.SearchStrategy[Piece]:
    paragraphs = st.lists(st.lists(sentences(texts), max_size=most), max_size=3)
    sections = st.builds(Section, heading=headings, level=st.integers(1, 5), paragraphs=paragraphs)
    names = st.sampled_from(["linkedin", "twitter", "thread", "email", "other"])
    return st.builds(
        Piece,
        title=headings,
        sections=st.lists(sections, max_size=5),
        hashtags=st.lists(texts, max_size=6),
        description=texts,
        slug=texts,
        subheadline=texts,
        call_to_action=texts,
        preview=texts,
        variants=st.dictionaries(names, texts, max_size=5),
    )


WILD = pieces(anything, anything, 3)
TAME = pieces(st.sampled_from(FAULTY), st.sampled_from(HEADINGS), 5)


@st.composite
def briefs(draw: Callable[[st.SearchStrategy[object]], object], texts: bool) -> Brief:
    phrase = anything if texts else st.sampled_from(["cold brew", "jar"])
    return Brief.model_construct(
        type=draw(KINDS),
        topic=draw(anything) if texts else "cold brew for the office",
        keywords=draw(st.lists(phrase, max_size=2, unique=True)),
        words=draw(st.sampled_from([0, 30, 80, 200])),
        seo_priority=draw(st.sampled_from(["low", "medium", "high"])),
        language=draw(st.sampled_from(["en", "de", "xx"])) if texts else "en",
    )


def subjects(texts: bool) -> st.SearchStrategy[Subject]:
    voices = st.builds(BrandVoice, forbidden=st.sampled_from([[], ["game changer", "jar keeps"]]))
    return st.builds(
        subject_of,
        briefs(texts),
        WILD if texts else TAME,
        st.just(sources()),
        voice=voices,
        text=anything if texts else st.just(""),
    )


def worse(piece: Piece, subject: Subject) -> list[str]:
    """What fails in `piece` and did not before; what a piece unchanged has is no worse."""
    if piece is subject.piece:
        return []
    failed = {check.id for check in report(subject) if not check.passed}
    after = report(subject.with_piece(piece))
    return [check.message for check in after if not check.passed and check.id not in failed]


@quick
@given(subjects(texts=True))
def test_no_check_crashes_and_each_says_something(subject: Subject) -> None:
    for check in report(subject):
        assert check.message.strip()
        assert all(0 <= p.start <= p.end <= len(subject.body) for p in check.positions)


@few
@given(subjects(texts=True), st.sampled_from(sorted(PROPOSALS)))
def test_no_proposal_crashes_on_any_text(subject: Subject, check_id: str) -> None:
    for piece in islice(PROPOSALS[check_id](subject), 3):
        assert body_text(subject.kind, piece) is not None
        report(subject.with_piece(piece))


@quick
@given(subjects(texts=False), st.sampled_from(sorted(REPAIRS)))
def test_no_repair_makes_another_check_worse(subject: Subject, check_id: str) -> None:
    piece = REPAIRS[check_id](subject)
    assert worse(piece, subject) == []
    if piece is not subject.piece:
        after = report(subject.with_piece(piece))
        assert next(check.passed for check in after if check.id == check_id)


@few
@given(subjects(texts=True))
def test_repairing_any_text_makes_nothing_worse(subject: Subject) -> None:
    piece, _ = repaired(subject, report(subject))
    assert worse(piece, subject) == []


@few
@given(subjects(texts=False))
def test_repairing_makes_nothing_worse_and_invents_nothing(subject: Subject) -> None:
    piece, _ = repaired(subject, report(subject))
    assert worse(piece, subject) == []
    said = set(folded(" ".join([subject.body, *FAULTY, *HEADINGS])))
    told = [sentence.text for sentence in piece.sentences()]
    assert set(folded(" ".join(told))) <= said


@pytest.mark.parametrize("kind", list(ContentType))
def test_a_sound_piece_stays_as_it_is(kind: ContentType) -> None:
    subject = sound_subject(kind)
    assert repaired(subject, report(subject))[0] == subject.piece


@quick
@given(st.lists(anything, max_size=8))
def test_every_post_is_within_the_limit(texts: list[str]) -> None:
    assert all(weight(post) <= 272 for post in packed(texts))
    assert weight("".join(texts)) >= 0

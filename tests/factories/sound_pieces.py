"""Pieces that pass every hard check of their type, for tests that break one thing in them."""

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import LONG_FORM, Brief, ContentType
from marketer_desktop.domain.checks.check import Subject, subject_of
from marketer_desktop.domain.piece import Piece, Section, Sentence, Source
from marketer_desktop.domain.variants import built
from marketer_desktop.domain.words import count_words
from tests.factories.pieces import make_source

KEYPHRASE = "cold brew"
TITLE = "Cold brew for a calm office kitchen"
CALL = "Order a jar for your team"
FACT = "A jar of twelve litres costs 89 euros."
DESCRIPTION = (
    "Cold brew keeps a whole office awake without a queue at the machine. "
    "Here is what a team needs, what it costs and who cleans the jar."
)

_INTRODUCTION = """
A good office runs on coffee that nobody has to wait for.
Cold brew is such a coffee, because it is made the evening before.
However, many teams believe that it takes a barista and a cellar.
In fact, it takes a jar, some water and one patient night.
"""
_SECTIONS = (
    (
        "What cold brew needs",
        """
        First, you need coarse grounds and clean water.
        A kitchen scale helps, but a cup measures well enough.
        Then the jar stands in the fridge for twelve hours.
        Meanwhile, everybody sleeps.
        In the morning, somebody strains the drink through a cloth.
        As a result, the first guest finds a full jar at eight.
        """,
        """
        Cheap beans work better than most people expect.
        Cold water leaves the bitter acids behind, so a plain roast tastes mild.
        For example, our own kitchen uses the beans of the shop next door.
        Therefore, nobody has to order rare harvests from far away.
        """,
    ),
    (
        "Who looks after the jar",
        """
        Every kitchen knows the question of who cleans up.
        A short list on the door answers it, since each name comes only once a month.
        Similarly, the jar itself should have a wide mouth and no corners.
        Otherwise, old grounds stay inside and spoil the next night.
        """,
        """
        Some teams give the task to whoever drinks the last glass.
        That sounds fair, but then the last glass stays there for days.
        Instead, agree on a fixed hour before lunch.
        Finally, keep a second jar ready for busy weeks.
        """,
    ),
    (
        "How a team starts with cold brew",
        """
        Begin with a single jar and a single floor.
        After a week, ask people how it tastes and how much they drink.
        Moreover, count the cups that the old machine still makes.
        If that number falls, a second floor can follow.
        """,
        """
        Numbers convince those who hold the budget.
        A bag of beans lasts for two weeks, and the jar lasts for years.
        In addition, the power bill shrinks because no machine stays warm all day.
        Consequently, most offices save money before spring.
        """,
    ),
    (
        "What it costs",
        """
        The price of a start is small.
        """,
        """
        Besides that, you need a cloth, which any market sells for a coin or two.
        Afterwards, only the beans cost anything.
        Nevertheless, do not buy the largest bag at once.
        Coffee loses its smell in air, so small bags are wiser.
        """,
    ),
)
_POST = """
Cold brew saves your team ten minutes every morning.
The jar is filled in the evening and strained at eight.
Nobody waits for a machine, and nobody has to clean one.
Start with one jar and one floor.
"""


def _sentences(text: str) -> list[Sentence]:
    return [Sentence(text=line.strip()) for line in text.strip().splitlines()]


def _article() -> list[Section]:
    sections = [Section(paragraphs=[_sentences(_INTRODUCTION)])]
    sections += [
        Section(heading=heading, paragraphs=[_sentences(part) for part in parts])
        for heading, *parts in _SECTIONS
    ]
    sections[-1].paragraphs[0].append(Sentence(text=FACT, origin="source", source=1))
    return sections


def sources() -> list[Source]:
    """The one passage that the long forms cite."""
    return [make_source(1, f"{FACT} It is made of glass.", heading="Prices of the jars")]


def sound_brief(kind: ContentType, piece: Piece) -> Brief:
    """A brief that asks for exactly what the piece is."""
    words = count_words(body_text(kind, piece))
    topic = "cold brew coffee for the office"
    return Brief(type=kind, topic=topic, keywords=[KEYPHRASE], words=words)


def sound_piece(kind: ContentType) -> Piece:
    """A piece with everything that its type needs."""
    piece = Piece(title=TITLE, sections=[Section(paragraphs=[_sentences(_POST)])])
    if kind is ContentType.LINKEDIN:
        return piece.model_copy(update={"hashtags": ["#ColdBrew", "#Office", "#Kitchen"]})
    if kind is ContentType.EMAIL:
        preview = "Fill it in the evening, and drink it in the morning."
        return piece.model_copy(update={"preview": preview, "call_to_action": CALL})
    if kind not in LONG_FORM:
        return piece
    piece = Piece(
        title=TITLE, sections=_article(), description=DESCRIPTION, slug="cold-brew-office"
    )
    if kind is ContentType.WEBPAGE:
        line = "Cold brew waits in the fridge before your first guest arrives."
        piece = piece.model_copy(update={"subheadline": line, "call_to_action": CALL})
    return piece.model_copy(update={"variants": built(sound_brief(kind, piece), piece)})


def sound_subject(kind: ContentType, **brief: object) -> Subject:
    """A piece that passes, with the brief that it answers; `brief` changes what is asked."""
    piece = sound_piece(kind)
    asked = sound_brief(kind, piece).model_copy(update=brief)
    return subject_of(asked, piece, sources())

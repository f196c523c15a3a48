"""Makes small pieces of content and their sources, for tests."""

import random

from marketer_desktop.domain.piece import Piece, Section, Sentence, Source

_WORDS = (
    "amber basalt cedar dune elm fern glade heath ivy juniper kelp larch moss nettle oak pine "
    "quartz reed sedge thyme umber vetch willow yarrow zinnia birch clover daisy"
).split()


def make_source(n: int = 1, text: str = "Some text.", **values: object) -> Source:
    """A source whose span has the length of its text."""
    about = {"document_id": n, "document": f"file-{n}.pdf", "page": None, "start": 0}
    return Source.model_validate({**about, "n": n, "end": len(text), "text": text, **values})


def make_section(heading: str, *paragraphs: list[str]) -> Section:
    """A section of the model's own sentences."""
    written = [[Sentence(text=text) for text in paragraph] for paragraph in paragraphs]
    return Section(heading=heading, paragraphs=written)


def make_piece(*sections: Section, title: str = "A title") -> Piece:
    """A piece of these sections."""
    return Piece(title=title, sections=list(sections))


def random_sentence(chance: random.Random, words: int | None = None) -> str:
    """A sentence of 6 to 24 different words, each with a number that makes it rare."""
    count = words or chance.randint(6, 24)
    parts = [f"{chance.choice(_WORDS)}{chance.randint(0, 9999)}" for _ in range(count)]
    return f"{' '.join(parts).capitalize()}."


def random_piece(seed: int, sections: int = 5, sentences: int = 60) -> Piece:
    """A piece of model's and quoted sentences in paragraphs of one to four."""
    chance = random.Random(seed)
    made: list[Section] = []
    for number in range(sections):
        section = Section(heading=f"Heading {number}" if number else "")
        while len(list(section.sentences())) < sentences // sections:
            section.paragraphs.append(
                [
                    Sentence(
                        text=random_sentence(chance), origin=chance.choice(["model", "source"])
                    )
                    for _ in range(chance.randint(1, 4))
                ]
            )
        made.append(section)
    return Piece(title="A title", sections=made)

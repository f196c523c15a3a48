"""Leaves out, moves and cleans sentences: the hands of all repairs."""

from collections.abc import Callable, Iterable

from marketer_desktop.domain.piece import Piece, Section, Sentence

Change = Callable[[str], str]
Unfit = Callable[[str], object]


def with_sections(piece: Piece, sections: Iterable[Section]) -> Piece:
    """The piece with other sections."""
    return piece.model_copy(update={"sections": list(sections)})


def without_all(piece: Piece, unwanted: Iterable[Sentence]) -> Piece:
    """The piece without these sentences (the very objects); what is empty then goes too."""
    gone = {id(sentence) for sentence in unwanted}
    sections = []
    for section in piece.sections:
        kept = [[s for s in paragraph if id(s) not in gone] for paragraph in section.paragraphs]
        kept = [paragraph for paragraph in kept if paragraph]
        if kept or not section.paragraphs:
            sections.append(section.model_copy(update={"paragraphs": kept}))
    return with_sections(piece, sections)


def without_unfit(piece: Piece, unfit: Unfit) -> Piece:
    """The piece without the sentences that are `unfit`."""
    return without_all(piece, [s for s in piece.sentences() if unfit(s.text)])


def changed(piece: Piece, change: Change) -> Piece:
    """Every sentence with its text changed; one without text then goes."""

    def other(sentence: Sentence) -> Sentence:
        text = change(sentence.text)
        same = text == sentence.text
        return sentence if same else sentence.model_copy(update={"text": text})

    sections = [
        section.model_copy(
            update={"paragraphs": [[other(s) for s in p] for p in section.paragraphs]}
        )
        for section in piece.sections
    ]
    return without_unfit(with_sections(piece, sections), lambda text: not text.strip())


def with_headings(piece: Piece, change: Change) -> Piece:
    """Every heading changed; a section without one joins the section before it."""
    sections: list[Section] = []
    for section in piece.sections:
        heading = change(section.heading) if section.heading else ""
        if section.heading and not heading.strip() and sections:
            sections[-1] = joined(sections[-1], section)
        else:
            sections.append(section.model_copy(update={"heading": heading}))
    return with_sections(piece, sections)


def joined(first: Section, second: Section) -> Section:
    """The first section with the paragraphs of the second after its own."""
    return first.model_copy(update={"paragraphs": [*first.paragraphs, *second.paragraphs]})


def opened_with(piece: Piece, sentence: Sentence) -> Piece:
    """The piece with one of its sentences moved to its very beginning."""
    rest = without_all(piece, [sentence])
    if not rest.sections:
        return piece
    first = rest.sections[0]
    paragraphs = [[sentence, *(first.paragraphs[:1] or [[]])[0]], *first.paragraphs[1:]]
    opened = first.model_copy(update={"paragraphs": paragraphs})
    return with_sections(rest, [opened, *rest.sections[1:]])


def swapped(piece: Piece, first: Sentence, second: Sentence) -> Piece:
    """The piece with two of its sentences in each other's place."""
    places = {id(first): second, id(second): first}
    return with_sections(
        piece,
        [
            section.model_copy(
                update={
                    "paragraphs": [[places.get(id(s), s) for s in p] for p in section.paragraphs]
                }
            )
            for section in piece.sections
        ],
    )


def spare_sentences(piece: Piece) -> list[Sentence]:
    """The sentences that can be taken away without leaving a section empty."""
    return [
        sentence
        for section in piece.sections
        if len(list(section.sentences())) > 1
        for sentence in section.sentences()
    ]

"""Reading long documents as the product does, in a child under limits, beside the bare parsers.

They are announced, as those of a batch are; the medians leave out the first, for which what parsers
are forked from has to start. PDFium is the product's parser of PDFs; pypdf is told beside it.
"""

import asyncio
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import docx
import pypdf
import pypdfium2
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from benchmarks.engine.figures import Figure
from benchmarks.engine.prose import paragraphs
from marketer_desktop.knowledge.parse import announced, parse_document

LIMIT = 0.8
PARAGRAPHS_A_PAGE = 9


@dataclass(frozen=True)
class Scale:
    """How many pages the documents have, and how many times each is read, or pages in all.

    What takes hundredths of a second needs many rounds: whatever else the machine does in one of
    them counts as much as the reading.
    """

    pages: Sequence[int] = (50, 100, 300)
    rounds: int = 5
    pages_in_all: int = 1500

    def rounds_of(self, pages: int) -> int:
        """How often a document of so many pages is read."""
        return max(self.rounds, self.pages_in_all // pages)


def measure(scale: Scale, folder: Path, tell: Callable[[str], None]) -> list[Figure]:
    """How much of the bare speed is reached by a document in the middle of many."""
    figures = []
    for kind, make, parsers in (
        ("PDF", _make_pdf, {"": _parse_pdf, ", beside pypdf": _parse_with_pypdf}),
        ("Word", _make_docx, {"": _parse_docx}),
    ):
        for pages in scale.pages:
            tell(f"Reading a {kind} file of {pages} pages")
            path = make(folder, _pages(pages))
            for peer, parse in parsers.items():
                limit, rounds = (None, scale.rounds) if peer else (LIMIT, scale.rounds_of(pages))
                ours, bare = _seconds(path, parse, rounds)
                name = f"extraction, {kind} of {pages} pages{peer}"
                figures.append(_figure(name, ours, bare, limit))
    return figures


def _figure(name: str, ours: float, bare: float, limit: float | None) -> Figure:
    return Figure(name, f"{ours:.2f} s", f"{bare:.2f} s", bare / ours, "≥", limit)


def _pages(count: int) -> list[list[str]]:
    prose: Iterator[str] = cycle(paragraphs())
    return [list(islice(prose, PARAGRAPHS_A_PAGE)) for _ in range(count)]


def _make_pdf(folder: Path, pages: Sequence[Sequence[str]]) -> Path:
    path, style = folder / f"{len(pages)}.pdf", getSampleStyleSheet()["BodyText"]
    story: list[object] = []
    for page in pages:
        story += [
            Paragraph(text.replace("&", "&amp;").replace("<", "&lt;"), style) for text in page
        ]
        story.append(PageBreak())
    SimpleDocTemplate(str(path)).build(story)
    return path


def _make_docx(folder: Path, pages: Sequence[Sequence[str]]) -> Path:
    path, document = folder / f"{len(pages)}.docx", docx.Document()
    for number, page in enumerate(pages, 1):
        document.add_heading(f"Part {number}")
        for text in page:
            document.add_paragraph(text)
    document.save(str(path))
    return path


def _seconds(path: Path, parse: Callable[[Path], int], rounds: int) -> tuple[float, float]:
    """The medians of ours and of the bare parser, one after the other in each round."""
    ours, bare = [], []
    with announced(rounds), asyncio.Runner() as runner:
        for _ in range(rounds):
            began = perf_counter()
            document = runner.run(parse_document(path))
            between = perf_counter()
            characters = parse(path)
            bare.append(perf_counter() - between)
            ours.append(between - began)
            if len(document.full_text) < characters / 2:
                raise RuntimeError(f"{path.name}: half of the text is missing.")
    return statistics.median(ours), statistics.median(bare)


def _parse_pdf(path: Path) -> int:
    characters = 0
    with closing(pypdfium2.PdfDocument(path)) as document:
        for page in document:
            with closing(page), closing(page.get_textpage()) as text:
                characters += len(text.get_text_range())
    return characters


def _parse_with_pypdf(path: Path) -> int:
    return sum(len(page.extract_text()) for page in pypdf.PdfReader(path).pages)


def _parse_docx(path: Path) -> int:
    return sum(len(paragraph.text) for paragraph in docx.Document(str(path)).paragraphs)

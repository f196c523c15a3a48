"""Each document as HTML, Word and PDF, read back: nothing may be lost."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from benchmarks.export import reading
from benchmarks.export.corpus import Real
from marketer_desktop.publishing.exporting import rendered
from marketer_desktop.publishing.formats import Format
from tests.factories.manuscripts import make_manuscript

PROGRAMS = {"soffice": "LibreOffice", "pandoc": "pandoc", "pdftotext": "pdftotext"}


class Reading(NamedTuple):
    """What one reader has missed of one file; empty if nothing."""

    document: str
    form: str
    reader: str
    lost: str


def missing_programs() -> list[str]:
    """The readers that this machine does not have."""
    return [name for program, name in PROGRAMS.items() if shutil.which(program) is None]


def readings(documents: list[Real], pictures: Path) -> Iterator[Reading]:
    """What every reader makes of every file; the first pages are drawn into `pictures`."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number, real in enumerate(documents):
            yield from _document(folder, number, real, pictures)
        if shutil.which("soffice"):
            yield from _by_libreoffice(folder, documents, pictures)


def _document(folder: Path, number: int, real: Real, pictures: Path) -> Iterator[Reading]:
    manuscript = make_manuscript(folder, real.markdown, title=real.name, language="en")
    said = reading.reference(real.markdown)
    made = {
        form: rendered(manuscript, form)
        for form in (Format.HTML, Format.DOCX, Format.PDF, Format.TEXT)
    }
    for form, data in made.items():
        (folder / f"{number:02}.{form}").write_bytes(data)
    page = reading.of_html(made[Format.HTML].decode())
    word = reading.of_docx(made[Format.DOCX])
    text = reading.words_of(made[Format.TEXT].decode())
    yield Reading(real.name, "txt", "as it stands", _names(reading.lost_words(said, text)))
    yield Reading(real.name, "html", "BeautifulSoup", _difference(said, page))
    yield Reading(real.name, "docx", "python-docx", _difference(said, word))
    pdf = pypdfium2.PdfDocument(made[Format.PDF])
    _draw(pdf, pictures / f"{number:02}-typeset.png")
    pages = " ".join(each.get_textpage().get_text_range() for each in pdf)
    yield Reading(real.name, "pdf", "PDFium", _names(reading.lost_letters(said, pages)))
    if shutil.which("pdftotext"):
        told = reading.run("pdftotext", "-layout", folder / f"{number:02}.pdf", "-")
        yield Reading(real.name, "pdf", "pdftotext", _names(reading.lost_letters(said, told)))
    if shutil.which("pandoc"):
        for form in ("html", "docx"):
            told = reading.run("pandoc", "-t", "html", folder / f"{number:02}.{form}")
            read = reading.of_html(f"<body>{told}</body>")
            yield Reading(real.name, form, "pandoc", _difference(said, read))


def _by_libreoffice(folder: Path, documents: list[Real], pictures: Path) -> Iterator[Reading]:
    files = sorted(folder.glob("*.docx"))
    office = f"-env:UserInstallation=file://{folder}/office"
    reading.run(
        "soffice", office, "--headless", "--convert-to", "pdf:writer_pdf_Export",
        "--outdir", folder / "pdf", *files,
    )  # fmt: skip
    for number, real in enumerate(documents):
        pdf = pypdfium2.PdfDocument(folder / "pdf" / f"{number:02}.pdf")
        _draw(pdf, pictures / f"{number:02}-word.png")
        pages = " ".join(each.get_textpage().get_text_range() for each in pdf)
        lost = reading.lost_letters(reading.reference(real.markdown), pages)
        yield Reading(real.name, "docx", "LibreOffice", _names(lost))


def _draw(pdf: pypdfium2.PdfDocument, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    pdf[0].render(scale=1.2).to_pil().save(target)


def _difference(said: reading.Said, read: reading.Said) -> str:
    lost = [_names(reading.lost_words(said, read.words))]
    headings = [each for each in said.headings if each not in read.headings]
    links = {each for each in said.links if each.startswith(("http", "mailto"))} - read.links
    lost += [f"headings {headings[:3]}"] if headings else []
    lost += [f"links {sorted(links)[:3]}"] if links else []
    return "; ".join(filter(None, lost))


def _names(lost: "reading.Counter[str]") -> str:
    return ", ".join(f"{word}×{count}" for word, count in lost.most_common(8))

"""The documents the fuzzer starts from: real ones of all five types, and hostile ones."""

from pathlib import Path

from marketer_desktop.knowledge.loaders.pdf import MANY_PAGES
from tests.factories.documents import SAMPLES, make_docx, make_html, make_pdf, make_two_columns
from tests.factories.hostile import made
from tests.factories.hostile_case import SLOW
from tests.factories.hostile_pdf import long_pages, pdfs
from tests.factories.hostile_text import encodings, html_files, markdown_files
from tests.factories.hostile_word import word_files

LARGEST = 40_000  # bytes: small inputs are tried more often
KINDS = ("pdf", "docx", "html", "md", "txt")


def write_seeds(folder: Path) -> None:
    """One folder for each kind."""
    for kind in KINDS:
        (folder / kind).mkdir(parents=True)
    _ordinary(folder)
    nowhere = "file:///nowhere"
    for hostile in (
        pdfs(),
        word_files(nowhere),
        encodings(),
        markdown_files(),
        html_files(nowhere),
    ):
        for number, case in enumerate(each for each in hostile if each.file not in SLOW):
            kind = case.file.rpartition(".")[2]
            place = folder / "hostile"
            place.mkdir(exist_ok=True)
            path = made(case, place / f"{kind}-{case.file}-{number}").path
            if kind in KINDS and 0 < path.stat().st_size <= LARGEST:
                path.rename(folder / kind / f"hostile-{number}-{case.file}")


def _ordinary(folder: Path) -> None:
    for sample in SAMPLES.glob("*.*"):
        if sample.suffix[1:] in KINDS:
            (folder / sample.suffix[1:] / sample.name).write_bytes(sample.read_bytes())
    lines = ["The quay roastery sells coffee.", "It opens at eight", "and closes at six."]
    make_pdf(folder / "pdf" / "lines.pdf", [lines, lines, lines], footer="Page {} of 3")
    make_two_columns(folder / "pdf" / "columns.pdf", lines, lines)
    (folder / "pdf" / "pages.pdf").write_bytes(long_pages(MANY_PAGES, 460))
    make_docx(folder / "docx" / "table.docx", ["# Facts", *lines, [["a", "b"], ["c", "d"]]])
    (folder / "html" / "page.html").write_text(make_html(lines))
    (folder / "txt" / "lines.txt").write_text("\n".join(lines * 3))

"""Runs one producer of PyPI: `python_producers.py NAME PAGE TARGET`, the page's words on stdin.

It runs in an environment of its own, without this project.
"""

import importlib
import sys
from pathlib import Path
from typing import Any

LONGEST_HEADING = 12  # characters


def weasyprint(page: Path, target: Path, words: str) -> None:
    """HTML through Pango."""
    importlib.import_module("weasyprint").HTML(filename=str(page)).write_pdf(str(target))


def xhtml2pdf(page: Path, target: Path, words: str) -> None:
    """HTML through ReportLab."""
    pisa = importlib.import_module("xhtml2pdf.pisa")
    body = "".join(f"<p>{_escaped(part)}</p>" for part in words.split("\n\n"))
    with target.open("wb") as file:
        pisa.CreatePDF(f"<html><body>{body}</body></html>", dest=file)


def fpdf2(page: Path, target: Path, words: str) -> None:
    """Text set in a core font."""
    sheet = importlib.import_module("fpdf").FPDF()
    sheet.add_page()
    sheet.set_font("Helvetica", size=11)
    for part in words.split("\n\n"):
        text = " ".join(part.split()).encode("latin-1", "replace").decode("latin-1")
        sheet.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
        sheet.ln(3)
    sheet.output(str(target))


def typst(page: Path, target: Path, words: str) -> None:
    """Typst sets paragraphs as they are."""
    source = target.with_suffix(".typ")
    source.write_text(
        "\n\n".join(f"#text({_quoted(' '.join(part.split()))})" for part in words.split("\n\n")),
        "utf-8",
    )
    importlib.import_module("typst").compile(str(source), output=str(target))
    source.unlink()


def python_docx(page: Path, target: Path, words: str) -> None:
    """Headings, paragraphs and a table."""
    document: Any = importlib.import_module("docx").Document()
    for number, part in enumerate(words.split("\n\n")):
        text = " ".join(part.split())
        if number % 10 == 0:
            row = document.add_table(1, 2).rows[0]
            row.cells[0].text, row.cells[1].text = str(number), text
        elif len(text) < LONGEST_HEADING:
            document.add_heading(text)
        else:
            document.add_paragraph(text)
    document.save(str(target))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    name, page, target = sys.argv[1:]
    globals()[name.replace("-", "_")](Path(page), Path(target), sys.stdin.read())

"""Makes the sample documents in `resources/samples` from their texts in `sample_sources`.

Run it by hand after a change to a text: `python packaging/make_samples.py`. The outputs are kept
in the repository, so that nobody needs reportlab to use them.
"""

import datetime
from pathlib import Path
from typing import Any

import docx
from docx.shared import Pt, RGBColor
from docx.table import Table as WordTable
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BalancedColumns,
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

SOURCES = Path(__file__).parent / "sample_sources"
SAMPLES = Path(__file__).parent.parent / "resources" / "samples"
GREEN, CREAM = colors.HexColor("#1F5C4D"), colors.HexColor("#F3EAD7")
EMBER, SLATE = colors.HexColor("#C8502D"), colors.HexColor("#22303A")
MARGIN = 22 * mm
WIDTH = A4[0] - 2 * MARGIN
EDITION = datetime.datetime(2025, 1, 15, tzinfo=datetime.UTC)

BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=11.5, leading=16, textColor=SLATE, spaceAfter=9
)
BOLD = ParagraphStyle("bold", BODY, fontName="Helvetica-Bold", keepWithNext=1)
STYLES = {
    "# ": ParagraphStyle("h1", BOLD, fontSize=22, leading=27, textColor=GREEN, spaceAfter=10),
    "## ": ParagraphStyle("h2", BOLD, fontSize=13, leading=17, textColor=EMBER, spaceBefore=6),
    "- ": ParagraphStyle("item", BODY, leftIndent=12, bulletIndent=2, spaceAfter=4),
}
CELL = ParagraphStyle("cell", BODY, fontSize=10, leading=14, spaceAfter=0)
HEAD = ParagraphStyle("head", CELL, fontName="Helvetica-Bold", textColor=colors.white)
COVER = {
    "title": ParagraphStyle(
        "title", BODY, fontName="Helvetica-Bold", fontSize=34, leading=40, textColor=CREAM
    ),
    "line": ParagraphStyle("line", BODY, fontSize=15, leading=21, textColor=CREAM),
}


def lines_of(name: str) -> list[str]:
    """The lines of a source text that are not empty."""
    return [line for line in (SOURCES / name).read_text("utf-8").splitlines() if line.strip()]


def cells_of(line: str) -> list[str]:
    """The cells of a table row written as `| a | b |`."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def rows_from(lines: list[str], start: int) -> list[list[str]]:
    """The table whose first row is at `start`."""
    rows: list[list[str]] = []
    while start + len(rows) < len(lines) and lines[start + len(rows)].startswith("|"):
        rows.append(cells_of(lines[start + len(rows)]))
    return rows


def grid(rows: list[list[str]]) -> Table:
    """A table with a coloured head."""
    text = [
        [Paragraph(cell, HEAD if not row else CELL) for cell in cells]
        for row, cells in enumerate(rows)
    ]
    table = Table(text, colWidths=_widths(rows), spaceAfter=10, spaceBefore=4)
    table.setStyle(
        [
            ("BACKGROUND", (0, 0), (-1, 0), GREEN),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, CREAM]),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, GREEN),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
    )
    return table


def _widths(rows: list[list[str]]) -> list[float]:
    longest = [max(len(row[column]) for row in rows) + 4 for column in range(len(rows[0]))]
    return [WIDTH * length / sum(longest) for length in longest]


def swatches(rows: list[list[str]]) -> Table:
    """The colours of the brand, each with a painted field."""
    text = [
        ["", Paragraph(f"<b>{name}</b> {code}", CELL), Paragraph(use, CELL)]
        for name, code, use in rows
    ]
    table = Table(text, colWidths=[18 * mm, 45 * mm, WIDTH - 63 * mm], rowHeights=13 * mm)
    painted = [
        ("BACKGROUND", (0, row), (0, row), colors.HexColor(code))
        for row, (_, code, _) in enumerate(rows)
    ]
    table.setStyle(
        [*painted, ("BOX", (0, 0), (0, -1), 0.4, SLATE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    )
    return table


def paragraph(line: str) -> Paragraph:
    """A heading, a list item or a paragraph."""
    for mark, style in STYLES.items():
        if line.startswith(mark):
            return Paragraph(
                line.removeprefix(mark), style, bulletText="•" if mark == "- " else None
            )
    return Paragraph(line, BODY)


def story(lines: list[str]) -> list[Flowable]:
    """The pages after the cover; `:::` lines begin a page, and begin and end a special part."""
    flow: list[Flowable] = []
    columns: list[Flowable] = []
    part, index = "", 0
    while index < len(lines):
        line, rows = lines[index], rows_from(lines, index)
        target = columns if part == "columns" else flow
        if line == "::: page":
            flow.append(PageBreak())
        elif line.startswith("::: "):
            if columns:
                flow.append(BalancedColumns(columns, nCols=2, innerPadding=9 * mm))
            part, columns = line.removeprefix("::: "), []
        elif rows:
            target.extend([swatches(rows) if part == "colours" else grid(rows), Spacer(1, 6)])
        else:
            target.append(paragraph(line))
        index += len(rows) or 1
    return flow


def cover(lines: list[str]) -> list[Flowable]:
    """The first page: title, kind of document, edition."""
    title, *rest = lines
    return [
        NextPageTemplate("page"),
        Spacer(1, 90 * mm),
        Paragraph(title.removeprefix("# "), COVER["title"]),
        Spacer(1, 8 * mm),
        *(Paragraph(line, COVER["line"]) for line in rest),
    ]


def paint_cover(canvas: Any, _: Any) -> None:
    """A green page with the ring of the logo."""
    canvas.setFillColor(GREEN)
    canvas.rect(0, 0, *A4, stroke=0, fill=1)
    canvas.setStrokeColor(CREAM)
    canvas.setLineWidth(5)
    canvas.circle(A4[0] - 55 * mm, A4[1] - 60 * mm, 28 * mm)
    canvas.setFillColor(EMBER)
    canvas.rect(0, 0, A4[0], 14 * mm, stroke=0, fill=1)


def paint_page(canvas: Any, document: Any) -> None:
    """A coloured edge, and a footer with the page number."""
    canvas.setFillColor(GREEN)
    canvas.rect(0, A4[1] - 6 * mm, A4[0], 6 * mm, stroke=0, fill=1)
    canvas.setFont("Helvetica", 8)
    canvas.setFillColor(SLATE)
    canvas.drawString(MARGIN, 12 * mm, "Kestrow Coffee Roasters · Brand guidelines")
    canvas.drawRightString(A4[0] - MARGIN, 12 * mm, f"Page {document.page}")


def make_pdf(source: str, output: str) -> None:
    """The brand guidelines as a PDF with a real layout."""
    lines = lines_of(source)
    first_page = lines.index("::: page")
    frames = [
        Frame(MARGIN, 18 * mm, WIDTH, A4[1] - 40 * mm, 0, 0, 0, 0, id=name) for name in ("a", "b")
    ]
    template = BaseDocTemplate(
        str(SAMPLES / output),
        pagesize=A4,
        title="Kestrow brand guidelines",
        author="Kestrow Coffee Roasters",
        invariant=1,
    )
    template.addPageTemplates(
        [
            PageTemplate("cover", frames[0], paint_cover),
            PageTemplate("page", frames[1], paint_page),
        ]
    )
    template.build([*cover(lines[:first_page]), *story(lines[first_page:])])


def fill(table: WordTable, rows: list[list[str]]) -> None:
    """Write the cells of a Word table, the first row in bold."""
    for number, row in enumerate(rows):
        for cell, text in zip(table.rows[number].cells, row, strict=True):
            cell.paragraphs[0].add_run(text).bold = number == 0


def make_docx(source: str, output: str) -> None:
    """The product facts as a Word document."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = "Kestrow product facts", "Kestrow Coffee Roasters"
    properties.created = properties.modified = EDITION
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x1F, 0x5C, 0x4D)
    lines, index = lines_of(source), 0
    styles = {"# ": "Title", "## ": "Heading 1", "### ": "Heading 2", "- ": "List Bullet"}
    while index < len(lines):
        line, rows = lines[index], rows_from(lines, index)
        mark = line.split(" ")[0] + " "
        if rows:
            fill(document.add_table(len(rows), len(rows[0]), style="Light Grid Accent 1"), rows)
        elif mark in styles:
            document.add_paragraph(line.removeprefix(mark), style=styles[mark])
        else:
            document.add_paragraph(line)
        index += len(rows) or 1
    document.save(str(SAMPLES / output))


if __name__ == "__main__":
    make_pdf("brand-guidelines.md", "brand-guidelines.pdf")
    make_docx("product-facts.md", "product-facts.docx")

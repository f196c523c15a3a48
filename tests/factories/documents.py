"""Makes small documents of every kind, good and bad, for tests."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pypdf
from reportlab.pdfgen.canvas import Canvas

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
LINE, FONT = 14, 11
# The signature, the header and the beginning of the pixels of a picture.
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1f\xf3\xffa" + bytes(200)


class PdfPage:
    """A page that is written on line by line."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def lines(self, lines: Sequence[str], x: float = 72, y: float = 720, size: int = FONT) -> float:
        """Write `lines` downwards from `y`; returns the height for the next line."""
        self._canvas.setFont("Times-Roman", size)
        for line in lines:
            self._canvas.drawString(x, y, line)
            y -= LINE * size / FONT
        return y


def make_pdf(path: Path, pages: Sequence[Sequence[str]], footer: str | None = None) -> Path:
    """A PDF with one paragraph for each string of a page; `\\n` in it ends a line.

    `footer` may hold `{}` for the number of the page.
    """
    canvas = Canvas(str(path))
    for number, paragraphs in enumerate(pages, start=1):
        page, y = PdfPage(canvas), 720.0
        for paragraph in paragraphs:
            y = page.lines(paragraph.split("\n"), y=y) - 10
        if footer:
            page.lines([footer.format(number)], y=30, size=8)
        canvas.showPage()
    canvas.save()
    return path


def make_two_columns(path: Path, left: Sequence[str], right: Sequence[str]) -> Path:
    """A PDF page with two columns of lines."""
    canvas = Canvas(str(path))
    page = PdfPage(canvas)
    page.lines(left)
    page.lines(right, x=320)
    canvas.save()
    return path


def make_scan(path: Path, pages: int = 2) -> Path:
    """A PDF whose pages are only painted."""
    canvas = Canvas(str(path))
    for _ in range(pages):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return path


def protect(source: Path, target: Path, password: str) -> Path:
    """A copy of a PDF that needs `password`; with an empty one it only restricts printing."""
    writer = pypdf.PdfWriter(clone_from=source)
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    writer.write(target)
    return target


def make_docx(path: Path, blocks: Sequence[str | list[list[str]]]) -> Path:
    """A Word document: `# ` begins a heading, a list of rows is a table."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, list):
            table = document.add_table(len(block), len(block[0]))
            for row, cells in enumerate(block):
                for column, text in enumerate(cells):
                    table.cell(row, column).text = text
        elif block.startswith("# "):
            document.add_heading(block.removeprefix("# "))
        else:
            document.add_paragraph(block)
    document.save(str(path))
    return path


def make_html(paragraphs: Sequence[str]) -> str:
    """A web page with menus, scripts and a footer around the paragraphs."""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        "<!DOCTYPE html><html><head><title>The page title</title><style>p{color:red}</style>"
        "<script>var hidden = 1;</script></head><body><header>Top banner</header>"
        "<nav><a href='/'>Home</a> <a href='/shop'>Shop menu</a></nav>"
        f"<main><h1>The heading</h1>{body}<!-- a remark --></main>"
        "<aside>Related offers</aside><footer>Imprint and cookies</footer></body></html>"
    )

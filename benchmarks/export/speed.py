"""100,000 characters in each format beside the library underneath, in the same process."""

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import docx
import markdown
import typst
import yaml
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from benchmarks.export.corpus import Real
from marketer_desktop.publishing.document.model import (
    Block,
    Document,
    Heading,
    Paragraph,
    Table,
    words_of,
)
from marketer_desktop.publishing.exporting import rendered
from marketer_desktop.publishing.formats import Format
from marketer_desktop.publishing.manuscript import Manuscript
from marketer_desktop.publishing.plain import plain_of
from tests.factories.manuscripts import make_manuscript

LENGTH, ROUNDS, LIMIT = 100_000, 5, 3.0


class Ratio(NamedTuple):
    """Seconds of the processor for one text, ours and the library's."""

    form: str
    library: str
    ours: float
    theirs: float

    @property
    def value(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.theirs


def ratios(documents: list[Real], folder: Path) -> list[Ratio]:
    """The best of some rounds, one after the other so that both meet the same machine."""
    whole = "\n\n".join(each.markdown for each in documents)
    text = whole[:LENGTH].rsplit("\n\n", 1)[0]
    text += "\n\n" + "word " * ((LENGTH - len(text) - 2) // 5)
    return [_ratio(form, name, text, folder, peer(text)) for form, (name, peer) in _PEERS.items()]


def _ratio(form: Format, name: str, text: str, folder: Path, theirs: Callable[[], object]) -> Ratio:
    def ours() -> object:
        return rendered(make_manuscript(folder, text, language="en"), form)

    best = [_best(work) for work in (ours, theirs)]
    return Ratio(form.value, name, *best)


def _best(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def _page(text: str) -> Callable[[], object]:
    return lambda: markdown.Markdown(extensions=["extra", "sane_lists"]).convert(text)


def _words(text: str) -> Callable[[], object]:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return lambda: BeautifulSoup(reader.render(text), "html.parser").get_text()


def _post(text: str) -> Callable[[], object]:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return lambda: (reader.parse(text), yaml.safe_dump({"title": "A"}))


def _blocks(text: str) -> list[Block]:
    made: Manuscript = make_manuscript(Path(), text)
    return list(made.document.blocks)


def _lines(block: Block) -> list[str]:
    """The text of a block, line by line, for a library that is given plain lines."""
    if isinstance(block, Heading | Paragraph):
        return [words_of(block.spans)]
    if isinstance(block, Table):
        return [words_of(cell) for row in block.rows for cell in row]
    return plain_of(Document((block,))).splitlines()


def _word(text: str) -> Callable[[], object]:
    blocks = [(block, _lines(block)) for block in _blocks(text)]

    def write() -> None:
        document = docx.Document()
        for block, lines in blocks:
            for line in lines:
                if isinstance(block, Heading):
                    document.add_heading(line, block.level)
                else:
                    document.add_paragraph(line)
        document.save(BytesIO())

    return write


def _typeset(text: str) -> Callable[[], object]:
    parts = []
    for block in _blocks(text):
        for line in _lines(block):
            said = line.replace("\\", "\\\\").replace('"', '\\"')
            level = f"#heading(level: {block.level})" if isinstance(block, Heading) else "#par"
            parts.append(f'{level}[#"{said}"]')
    source = "\n\n".join(parts).encode()
    fonts = typst.Fonts()
    return lambda: typst.compile(source, format="pdf", font_paths=fonts)


_PEERS: dict[Format, tuple[str, Callable[[str], Callable[[], object]]]] = {
    Format.HTML: ("Python-Markdown", _page),
    Format.DOCX: ("python-docx, plain paragraphs", _word),
    Format.PDF: ("Typst, plain paragraphs", _typeset),
    Format.TEXT: ("markdown-it-py and BeautifulSoup", _words),
    Format.HUGO: ("markdown-it-py and PyYAML", _post),
}

"""Compares what was kept of a document with what an independent reader finds in it."""

import os
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.documents.corpus import Real
from benchmarks.documents.producers import run

# Scripts without spaces between words: there each character counts as one.
WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W_]+", re.UNICODE
)
HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\s*\n\s*(?=[^\W\d_])")
# Of the characters: with more that nothing can show, a reader has not understood the fonts.
MOST_UNREADABLE = 0.05
UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd]")
# Headers and footers, left out on purpose: on more than half of the pages, of three at least.
FEWEST_PAGES = 3
RESOLUTION = "200"
PANDOC = ("pandoc", "--wrap=none", "-t", "plain", "-f")


def read_by_other(real: Real) -> str:
    """The text of a document by a reader that is not ours."""
    path = real.path
    match path.suffix:
        case ".pdf":
            return without_running_lines(_read_pdf(path))
        case ".docx":
            return run(*PANDOC, "docx", path).decode()
        case ".md":
            return run(*PANDOC, "gfm", path).decode()
        case ".html":
            options = ("-dump", "-nolist", "-force_html", "-display_charset=utf-8", "-width=1000")
            return run("lynx", *options, path).decode(errors="replace")
        case _:
            return path.read_bytes().decode(real.encoding or "utf-8", errors="replace")


def _read_pdf(path: Path) -> str:
    text = run("pdftotext", "-enc", "UTF-8", path, "-").decode(errors="replace")
    unreadable = len(UNREADABLE.findall(text))
    return text if unreadable <= MOST_UNREADABLE * len(text) else read_by_sight(path)


def read_by_sight(path: Path) -> str:
    """The text of a PDF as its pages look, printed and recognised; form feeds after pages."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        run("pdftoppm", "-r", RESOLUTION, "-gray", "-png", path, Path(folder) / "page")
        pages = sorted(Path(folder).glob("page*"))
        return "\f".join(run("tesseract", page, "-").decode() for page in pages)


def without_running_lines(text: str) -> str:
    """The pages of a text without the lines that most of them share, numbers aside."""
    pages = [page.splitlines() for page in text.removesuffix("\f").split("\f")]
    shared = Counter(key for page in pages for key in {_key(line) for line in page})
    fewest = max(FEWEST_PAGES, len(pages) // 2 + 1)
    kept = [[line for line in page if shared[_key(line)] < fewest] for page in pages]
    return "\f".join("\n".join(page) for page in kept)


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def words(text: str) -> Counter[str]:
    """How often each word is in a text; letter case and ligatures aside."""
    plain = unicodedata.normalize("NFKC", HYPHENATED.sub("", text)).casefold()
    return Counter(WORD.findall(plain))


def share_kept(chunks: Sequence[str], other: str) -> float:
    """The share of the other reader's words that are in our chunks, each as often."""
    theirs, ours = words(other), words("\n".join(chunks))
    return (theirs & ours).total() / theirs.total() if theirs else 1.0

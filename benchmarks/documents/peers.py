"""Compares what was kept of a document with what an independent reader finds in it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from benchmarks.documents.corpus import Real
from benchmarks.documents.producers import run

# Scripts without spaces between words: there each character counts as one.
WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W_]+", re.UNICODE
)
HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\s*\n\s*(?=[^\W\d_])")
PANDOC = ("pandoc", "--wrap=none", "-t", "plain", "-f")


def read_by_other(real: Real) -> str:
    """The text of a document by a reader that is not ours."""
    path = real.path
    match path.suffix:
        case ".pdf":
            return run("pdftotext", "-enc", "UTF-8", path, "-").decode(errors="replace")
        case ".docx":
            return run(*PANDOC, "docx", path).decode()
        case ".md":
            return run(*PANDOC, "gfm", path).decode()
        case ".html":
            options = ("-dump", "-nolist", "-force_html", "-display_charset=utf-8", "-width=1000")
            return run("lynx", *options, path).decode(errors="replace")
        case _:
            return path.read_bytes().decode(real.encoding or "utf-8", errors="replace")


def words(text: str) -> Counter[str]:
    """How often each word is in a text; letter case and ligatures aside."""
    plain = unicodedata.normalize("NFKC", HYPHENATED.sub("", text)).casefold()
    return Counter(WORD.findall(plain))


def share_kept(chunks: Sequence[str], other: str) -> float:
    """The share of the other reader's words that are in our chunks, each as often."""
    theirs, ours = words(other), words("\n".join(chunks))
    return (theirs & ours).total() / theirs.total() if theirs else 1.0

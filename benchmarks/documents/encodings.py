"""Plain texts in encodings and with line ends of all sorts."""

from typing import NamedTuple


class Wrapping(NamedTuple):
    """How a text of Debian's history is written down: its language, encoding and line end."""

    language: str
    encoding: str
    line_end: str = "\n"
    mark: bytes = b""


WRAPPINGS = (
    Wrapping("de", "cp1252", "\r\n"),
    Wrapping("fr", "latin-1"),
    Wrapping("es", "mac-roman", "\r"),
    Wrapping("it", "utf-8-sig", "\r\n"),
    Wrapping("pt", "utf-16", "\r\n"),
    Wrapping("lt", "utf-16-be", "\n", b"\xfe\xff"),
    Wrapping("ko", "euc-kr"),
    Wrapping("ja", "shift_jis", "\r\n"),
    Wrapping("ru", "koi8-r"),
    Wrapping("en", "utf-32"),
)
LINES = 150  # of each text


def written(text: str, wrapping: Wrapping) -> bytes:
    """The first lines of a text, so written down."""
    lines = wrapping.line_end.join(text.splitlines()[:LINES])
    return wrapping.mark + lines.encode(wrapping.encoding, "replace")

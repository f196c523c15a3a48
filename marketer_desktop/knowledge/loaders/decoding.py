"""Turns the bytes of a text file into text, whatever its encoding."""

import codecs
from contextlib import suppress

import charset_normalizer

# UTF-32 first: its little-endian mark begins with that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encoding, bytes in a unit, and which of them are zero in the letters of most languages.
WIDE = (
    ("utf-32-le", 4, (2, 3)),
    ("utf-32-be", 4, (0, 1)),
    ("utf-16-le", 2, (1,)),
    ("utf-16-be", 2, (0,)),
)
MOSTLY = 0.6
SAMPLE = 200_000


class NotTextError(ValueError):
    """The bytes are no text in any encoding we know."""


def decode(data: bytes) -> str:
    """The text of `data`: by its byte order mark, as UTF-8, else by the likeliest encoding.

    Raises NotTextError when the bytes are not text.
    """
    return data.decode(_encoding(data), errors="replace")


def _encoding(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    if b"\0" in data:
        return _wide(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _likeliest(data)
    return "utf-8"


def _wide(data: bytes) -> str:
    """The encoding of text in units of two or four bytes that has no mark.

    Most texts in them have a zero byte in the same place of nearly every unit.
    """
    sample = data[:SAMPLE]
    for encoding, width, zeros in WIDE:
        units = len(sample) // width
        if units and all(sample[at::width].count(0) >= units * MOSTLY for at in zeros):
            with suppress(UnicodeDecodeError):
                data[: SAMPLE - SAMPLE % width].decode(encoding)
                return encoding
    raise NotTextError


def _likeliest(data: bytes) -> str:
    matches = charset_normalizer.from_bytes(data[:SAMPLE])
    best = matches.best()
    if best is None:
        raise NotTextError
    # Windows-1252 is by far the commonest where several fit equally well.
    alike = [match for match in matches if match.chaos <= best.chaos]
    western = any("cp1252" in match.could_be_from_charset for match in alike)
    return "cp1252" if western else best.encoding

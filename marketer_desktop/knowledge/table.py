"""Tables of text: CSV files as spreadsheets write them, whatever their encoding or delimiter."""

import csv
import io
import re
from collections.abc import Iterator

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.decoding import NotTextError, decode

DELIMITERS = (",", ";", "\t")
_DECLARED = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)  # Excel's own way to say it


def read_table(data: bytes) -> list[list[str]]:
    """The rows of a table, cells without surrounding blanks; row 0 is the first of the file.

    Empty lines are empty rows, so that rows keep their numbers. Raises `DocumentError`.
    """
    try:
        text = decode(data)
    except NotTextError:
        raise DocumentError("This is no table of text. Save it as CSV and try again.") from None
    declared = _DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    delimiter = declared[1] if declared else _delimiter(text)
    try:
        rows = [[cell.strip() for cell in row] for row in _reader(text, delimiter)]
    except csv.Error as error:
        raise DocumentError(f"This table cannot be read: {error}. Save it as CSV again.") from error
    return [[], *rows] if declared else rows


def _delimiter(text: str) -> str:
    """The one that parts the first line into the most cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    counts = {mark: len(next(_reader(first, mark), [])) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: counts[mark])


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)

"""Tells which part of a line belongs to the quotes and list items around a block."""

import re
from dataclasses import dataclass

MARKER = re.compile(r"[-+*]|(\d{1,9})[.)]")
TAB = 4
CODE_INDENT = 5


class Straddled(Exception):
    """A tab lies across the border between prefix and text."""


@dataclass
class LinePrefix:
    """Reads a line from its start; columns count a tab as up to four."""

    text: str
    position: int = 0
    column: int = 0

    def item_start(self) -> tuple[str, int, int]:
        """Read a list marker: its text with blanks around, its columns, its number."""
        start, column = self.position, self.column
        self._blanks(99)
        match = MARKER.match(self.text, self.position)
        if not match:
            raise Straddled
        self.position, self.column = match.end(), self.column + len(match[0])
        room = self._room()
        if room is None:  # nothing follows
            width = self.column - column + 1
            self._blanks(1)
            return self.text[start : self.position], width, int(match[1] or 0)
        self._blanks(room if room < CODE_INDENT else 1)
        return self.text[start : self.position], self.column - column, int(match[1] or 0)

    def item_indent(self, width: int) -> bool:
        """Read the indent of a line inside an item; False where the line has less."""
        return self._blanks(width) == width

    def quote(self) -> bool:
        """Read a quote's mark; False where the line has none."""
        start, column = self.position, self.column
        self._blanks(3)
        if not self.text.startswith(">", self.position):
            self.position, self.column = start, column
            return False
        self.position, self.column = self.position + 1, self.column + 1
        self._blanks(1)
        return True

    def _room(self) -> int | None:
        """Columns of blanks from here, None if nothing follows them."""
        column, position = self.column, self.position
        while position < len(self.text) and self.text[position] in " \t":
            column += 1 if self.text[position] == " " else TAB - column % TAB
            position += 1
        return column - self.column if position < len(self.text) else None

    def _blanks(self, columns: int) -> int:
        """Read at most so many columns of blanks."""
        start = self.column
        while self.position < len(self.text) and self.column - start < columns:
            character = self.text[self.position]
            if character not in " \t":
                break
            width = 1 if character == " " else TAB - self.column % TAB
            if self.column + width - start > columns:
                raise Straddled
            self.position, self.column = self.position + 1, self.column + width
        return self.column - start

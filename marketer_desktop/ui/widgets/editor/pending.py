"""Blocks to come back to, by number: a QTextBlock that is kept may outlive its text."""

from collections import deque
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextDocument


class PendingBlocks(QObject):
    """A queue that follows the text's changes; create it before what else follows them."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._numbers: deque[int] = deque()
        self._held: set[int] = set()
        self._count = document.blockCount()
        document.contentsChange.connect(self._follow)

    @property
    def _document(self) -> QTextDocument:
        # Asked for anew each time: a kept one raised “already deleted” at changes of the theme.
        return cast(QTextDocument, self.parent())

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def add(self, block: QTextBlock) -> None:
        """Come back to this block, once."""
        number = block.blockNumber()
        if number >= 0 and number not in self._held:
            self._held.add(number)
            self._numbers.append(number)

    def add_all(self) -> None:
        """Come back to every block, in order."""
        self._numbers = deque(range(self._document.blockCount()))
        self._held = set(self._numbers)

    def take(self) -> QTextBlock:
        """The next one; it may be gone, and then is not valid."""
        number = self._numbers.popleft()
        self._held.discard(number)
        return self._document.findBlockByNumber(number)

    def clear(self) -> None:
        """Forget them all."""
        self._numbers.clear()
        self._held.clear()

    def _follow(self, position: int, removed: int, added: int) -> None:
        count = self._document.blockCount()
        shift, self._count = count - self._count, count
        if shift and self._numbers:
            here = self._document.findBlock(position).blockNumber()
            moved = (n if n <= here else max(here, n + shift) for n in self._numbers)
            self._numbers = deque(dict.fromkeys(moved))
            self._held = set(self._numbers)

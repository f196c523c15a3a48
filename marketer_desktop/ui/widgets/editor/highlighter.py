"""Colours and spelling marks, which lie over the text and never enter its undo history."""

import re
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextDocument

from marketer_desktop.publishing.markdown_blocks.leaf import QUOTE
from marketer_desktop.publishing.markdown_blocks.runs import Marks
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.editor.offsets import to_units, units
from marketer_desktop.ui.widgets.editor.pending import PendingBlocks
from marketer_desktop.ui.widgets.editor.properties import (
    CELLS,
    MARKS,
    VERBATIM,
    fragments,
    kind_of,
    marks_of,
    path_at,
)
from marketer_desktop.ui.widgets.editor.spelling import Speller, words_of

CITATION = re.compile(r"\[(\d{1,3})\](?![(\[:])")
AT_ONCE = 48  # blocks before the rest waits for the event loop
SLICE_SECONDS = 0.004
LONGEST = 10_000  # characters of a block that is checked: no paragraph, and slow at each key
TYPING_PAUSE_MS = 500
NOBODY = -1


class Highlighter(QSyntaxHighlighter):
    """Colours each block when it changes; many blocks, and new words, in slices."""

    def __init__(self, document: QTextDocument) -> None:
        self._later = PendingBlocks(document)
        self._unknown = PendingBlocks(document)
        super().__init__(document)
        self._speller: Speller | None = None
        self._looks: dict[str, QTextCharFormat] = {}
        self._count = 0
        self._typed_at = NOBODY
        self._is_checking = False
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._work)
        self._pause = QTimer(self, interval=TYPING_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._turn.start)

    def set_speller(self, speller: Speller | None) -> None:
        """Check spelling from now on, or no more."""
        self._speller = speller
        self.recolour([])

    @property
    def speller(self) -> Speller | None:
        """What spelling is checked with."""
        return self._speller

    def recolour(self, first: list[QTextBlock]) -> None:
        """Colour all anew, those that are seen first."""
        self._looks.clear()
        self._count = 0
        for block in first:
            self.rehighlightBlock(block)
        self._later.add_all()
        self._turn.start()

    def forget(self) -> None:
        """Another text is coming."""
        self._later.clear()
        self._unknown.clear()
        self._typed_at = NOBODY

    def set_typing(self, position: int) -> None:
        """The word that ends at this place in the document is still being typed."""
        was, self._typed_at = self._typed_at, position
        if was != NOBODY and position == NOBODY:
            self._later.add(self.document().findBlock(was))
            self._turn.start()  # not at once: the document may be in the middle of a change

    def wrong_word_at(self, block: QTextBlock, offset: int) -> tuple[int, str] | None:
        """The misspelt word at Qt's `offset` in a block, with its own offset."""
        text = block.text()
        for start, word in self._checked_words(block, text):
            begin = to_units(text, start)
            if begin <= offset <= begin + units(word):
                return (begin, word) if self._speller and not self._speller.known(word) else None
        return None

    def highlightBlock(self, text: str) -> None:
        """Called by Qt for each block that changed."""
        if not text:
            return
        self._turn.start()
        block = self.currentBlock()
        if self._count >= AT_ONCE and not self._is_checking:
            self._later.add(block)
            return
        self._count += 1
        self._colour(block, text)
        if self._speller and len(text) <= LONGEST:
            self._check(block, text)

    def _work(self) -> None:
        """A slice of what was left over; nothing here may be felt while typing."""
        self._count, self._is_checking = 0, True
        until = time.perf_counter() + SLICE_SECONDS
        while time.perf_counter() < until and (self._later or self._unknown):
            if self._later:
                self._again(self._later.take())
            elif self._pause.isActive():
                break
            else:
                self._look_up(self._unknown.take())
        self._is_checking = False
        if self._later or (self._unknown and not self._pause.isActive()):
            self._turn.start()
        else:
            self._turn.stop()

    def _again(self, block: QTextBlock) -> None:
        if block.isValid():
            self.rehighlightBlock(block)

    def _look_up(self, block: QTextBlock) -> None:
        if not self._speller or not block.isValid():
            return
        results = [self._speller.look_up(word) for _, word in words_of(block.text())]
        if not all(results):
            self._again(block)

    def _colour(self, block: QTextBlock, text: str) -> None:
        kind = kind_of(block)
        length = units(text)
        if kind in VERBATIM:
            self.setFormat(0, length, self._look("verbatim"))
            return
        is_quoted = kind not in CELLS and any(step.sort == QUOTE for step in path_at(block))
        if is_quoted:
            self.setFormat(0, length, self._look("quote"))
        if "[" in text:
            for match in CITATION.finditer(text):
                start = to_units(text, match.start())
                self.setFormat(start, len(match[0]), self._look("citation"))
        self._colour_marks(block)

    def _colour_marks(self, block: QTextBlock) -> None:
        offset = block.position()
        for part in fragments(block):
            look = part.charFormat()
            if look.hasProperty(MARKS):
                name = _colour_of(marks_of(look))
                if name:
                    self.setFormat(part.position() - offset, part.length(), self._look(name))

    def _check(self, block: QTextBlock, text: str) -> None:
        assert self._speller
        is_unknown = False
        for start, word in self._checked_words(block, text):
            known = self._speller.known(word)
            if known is None:
                is_unknown = True
            elif not known:
                self._underline(block, to_units(text, start), units(word))
        if is_unknown:
            self._unknown.add(block)
            if not self._is_checking and self._typed_at != NOBODY:
                self._pause.start()

    def _underline(self, block: QTextBlock, start: int, length: int) -> None:
        if block.position() + start + length == self._typed_at:
            return
        look = QTextCharFormat(self.format(start))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(color("error_icon"))
        self.setFormat(start, length, look)

    def _checked_words(self, block: QTextBlock, text: str) -> list[tuple[int, str]]:
        kind = kind_of(block)
        if kind in VERBATIM:
            return []
        unchecked = _unchecked_spans(block)
        words = list(words_of(text))
        if not unchecked:
            return words
        return [
            (start, word)
            for start, word in words
            if not any(a <= to_units(text, start) < b for a, b in unchecked)
        ]

    def _look(self, name: str) -> QTextCharFormat:
        if name not in self._looks:
            self._looks[name] = _made(name)
        return self._looks[name]


def _colour_of(marks: Marks) -> str:
    if marks.link:
        return "link"
    if marks.code:
        return "code"
    return "html" if marks.html else ""


def _unchecked_spans(block: QTextBlock) -> list[tuple[int, int]]:
    """Where code, links and tags stand."""
    spans = []
    offset = block.position()
    for part in fragments(block):
        look = part.charFormat()
        if look.hasProperty(MARKS) and _colour_of(marks_of(look)):
            start = part.position() - offset
            spans.append((start, start + part.length()))
    return spans


def _made(name: str) -> QTextCharFormat:
    look = QTextCharFormat()
    roles = {"verbatim": "code_text", "quote": "secondary", "code": "code_text", "html": "muted"}
    look.setForeground(QColor(color(roles.get(name, "accent_text"))))
    if name == "code":
        look.setBackground(QColor(color("code")))
    if name == "link":
        look.setFontUnderline(True)
    return look

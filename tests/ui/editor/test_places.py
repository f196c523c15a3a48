"""Passages that a check knows from the source are found in the document that shows it."""

import pytest
from PySide6.QtGui import QTextDocument

from marketer_desktop.domain.scoring.verdict import Position
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.places import span_at, spans_of

SOURCE = """# Tea 🍵

Tea is **very** good[1]. It is hot.

It is hot. Tea is good, [says](https://x.example/a) Ann.
"""


def place(text: str, nth: int = 0) -> Position:
    start = -1
    for _ in range(nth + 1):
        start = SOURCE.index(text, start + 1)
    return Position(start=start, end=start + len(text), text=text)


def shown(editor: MarkdownEditor, *places: Position) -> list[tuple[str, int]]:
    document = editor.document()
    found = []
    for start, end in spans_of(document, places, SOURCE):
        cursor = editor.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
        found.append((cursor.selectedText(), cursor.blockNumber()))
    return found


@pytest.fixture
def filled(editor: MarkdownEditor) -> MarkdownEditor:
    editor.load(SOURCE)
    return editor


def test_marks_in_a_passage_do_not_hide_it(filled: MarkdownEditor) -> None:
    sentence = Position(start=9, end=33, text="Tea is very good . It is hot")
    assert shown(filled, sentence) == [("Tea is very good[1]. It is hot", 1)]
    ann = Position(start=60, end=100, text="Tea is good, says Ann")
    assert shown(filled, ann) == [("Tea is good, says Ann", 2)]


def test_of_two_the_nearer_one_is_taken(filled: MarkdownEditor) -> None:
    assert shown(filled, place("It is hot", 0)) == [("It is hot", 1)]
    assert shown(filled, place("It is hot", 1)) == [("It is hot", 2)]
    both = shown(filled, place("It is hot", 1), place("It is hot", 0))
    assert both == [("It is hot", 1), ("It is hot", 2)]


def test_what_is_not_there_is_left_out(filled: MarkdownEditor) -> None:
    gone = Position(start=0, end=3, text="coffee")
    empty = Position(start=0, end=1, text="…")
    assert shown(filled, gone, empty) == []


def test_in_the_source_itself_places_are_exact() -> None:
    document = QTextDocument(SOURCE)
    start, end = span_at(SOURCE, place("It is hot", 1))
    found = document.find("It is hot", document.find("It is hot"))
    assert (start, end) == (found.selectionStart(), found.selectionEnd())

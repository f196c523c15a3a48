import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor

Place = Callable[..., QTextCursor]
KEEP = QTextCursor.MoveMode.KeepAnchor


def mime(**formats: str) -> QMimeData:
    data = QMimeData()
    if "text" in formats:
        data.setText(formats["text"])
    if "html" in formats:
        data.setHtml(formats["html"])
    return data


def select(editor: MarkdownEditor, start: str, end: str) -> None:
    document = editor.document()
    cursor = document.find(start)
    cursor.setPosition(cursor.selectionStart())
    cursor.setPosition(document.find(end).selectionEnd(), KEEP)
    editor.setTextCursor(cursor)


def test_a_selection_as_markdown(editor: MarkdownEditor) -> None:
    editor.load(
        "# Title\n\nSome **bold** and [a link][r] here.\n\n"
        "* a\n* b\n\n| x |\n|---|\n| 1 |\n\nend\n\n[r]: /target\n"
    )
    select(editor, "bold", "a link")
    assert editor.selected_markdown() == "**bold** and [a link](/target)"
    select(editor, "bold", "end")
    assert editor.selected_markdown() == (
        "**bold** and [a link](/target) here.\n\n* a\n* b\n\n| x |\n| --- |\n| 1 |\n\nend"
    )
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    assert editor.selected_markdown() == ""


def test_a_selection_is_counted_as_people_count(editor: MarkdownEditor) -> None:
    editor.load("🎉🎉 one 👍 two\n")
    select(editor, "one", "👍")
    assert editor.selected_markdown() == "one 👍"


@pytest.mark.parametrize("end", ["- one\n- two", "> said", "```\ncode\n```", "| a |\n| - |\n| 1 |"])
def test_what_replaces_the_whole_text_is_not_in_what_ended_it(
    editor: MarkdownEditor, end: str
) -> None:
    editor.load(f"# Old\n\ntext\n\n{end}\n")
    editor.selectAll()
    editor.replace_selection("# New\n\n- x\n  - y\n\nlast")
    assert editor.markdown() == "# New\n\n- x\n  - y\n\nlast\n"
    editor.undo()
    assert editor.markdown() == f"# Old\n\ntext\n\n{end}\n"
    editor.selectAll()
    QTest.keyClicks(editor, "word")
    assert editor.markdown() == "word\n"
    editor.load(f"- first\n- second\n\n{end}\n")
    editor.selectAll()
    editor.insertFromMimeData(mime(text="plain"))
    assert editor.markdown() == "plain\n"


def test_replacing_within_a_line(editor: MarkdownEditor, place: Place) -> None:
    editor.load("## Say *hello* to all\n\nother  text\n")
    place("hello", select=True)
    editor.replace_selection("**good** morning")
    assert editor.markdown() == "## Say **good** morning to all\n\nother  text\n"
    editor.undo()
    assert editor.markdown() == "## Say *hello* to all\n\nother  text\n"


@pytest.mark.parametrize("selected", ["two", "tw", "wo", "w"])
def test_replacing_by_blocks(editor: MarkdownEditor, place: Place, selected: str) -> None:
    start = "one  x\n\ntwo\n\n+ three\n"
    editor.load(start)
    place(selected, select=True)
    editor.replace_selection("New *text*\n\n1) first\n2) second\n\n| a |\n|---|\n")
    before, after = "two".split(selected)
    parts = [before, "New *text*\n\n1) first\n2) second\n\n| a |\n|---|", after]
    inner = "\n\n".join(part for part in parts if part)
    assert editor.markdown() == f"one  x\n\n{inner}\n\n+ three\n"
    editor.undo()
    assert editor.markdown() == start


def test_items_go_on_with_the_list_they_are_put_into(editor: MarkdownEditor, place: Place) -> None:
    editor.load("- a\n- b\n")
    place("b", select=True)
    editor.replace_selection("- x\n- y\n")
    assert editor.markdown() == "- a\n- x\n- y\n"


def test_copied_text_comes_back_as_it_was(editor: MarkdownEditor, place: Place) -> None:
    editor.load("Some **bold** text\n\n- a\n  - b\n\nend\n")
    select(editor, "Some", "b")
    select(editor, "Some", "end")
    editor.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert "<strong>bold</strong>" in data.html()
    assert data.text().startswith("Some bold text\n")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(editor.viewport(), Qt.Key.Key_Return)
    editor.paste()
    text = "Some **bold** text\n\n- a\n  - b\n\nend\n"
    assert editor.markdown() == f"{text}\n{text}"


def test_foreign_html_is_reduced_to_what_markdown_says(editor: MarkdownEditor) -> None:
    editor.insertFromMimeData(
        mime(
            html="<html><head><style>p{color:red}</style><script>alert(1)</script></head><body>"
            "<h2>Title</h2><p style='font-size:40px;color:red'>A <b>bold</b> and <i>it</i> word, "
            "a <a href='https://x.example/'>link</a> and much more text that goes on beyond "
            "eighty characters for sure.</p><ul><li>a</li><li>b</li></ul>"
            "<img src='https://tracker.example/p.gif'>"
            "<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table></body>"
        )
    )
    text = editor.markdown()
    assert text.startswith(
        "## Title\n\nA **bold** and *it* word, a [link](https://x.example/) and much more text "
        "that goes on beyond eighty characters for sure.\n\n- a\n- b\n"
    )
    assert "tracker" not in text
    assert "alert" not in text
    assert "| x | y |" in text


def test_html_in_a_code_block_is_its_text(editor: MarkdownEditor, place: Place) -> None:
    editor.load("```\ncode\n```\n")
    place("code", after=True)
    editor.insertFromMimeData(mime(html="<b>bold</b>", text="bold\nline"))
    assert editor.markdown() == "```\ncodebold\nline\n```\n"


def test_plain_text_makes_paragraphs_and_is_one_step(editor: MarkdownEditor, place: Place) -> None:
    editor.load("# Title\n\nend\n")
    place("Title", after=True)
    editor.insertFromMimeData(mime(text=" more\r\nsecond *line*\n\n\n# third"))
    assert editor.markdown() == "# Title more\n\nsecond \\*line\\*\n\n\\# third\n\nend\n"
    editor.undo()
    assert editor.markdown() == "# Title\n\nend\n"


def test_plain_text_in_a_cell_stays_in_it(editor: MarkdownEditor, place: Place) -> None:
    editor.load("| a |\n|---|\n| b |\n")
    place("b", after=True)
    editor.insertFromMimeData(mime(text=" one\ntwo"))
    assert editor.markdown() == "| a |\n|---|\n| b one two |\n"


def test_images_are_told_and_put_in_by_the_caller(editor: MarkdownEditor, tmp_path: Path) -> None:
    added: list[object] = []
    editor.image_added.connect(added.append)
    data = QMimeData()
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(0)
    data.setImageData(picture)
    editor.insertFromMimeData(data)
    assert isinstance(added[0], bytes)
    assert added[0].startswith(b"\x89PNG")
    file = tmp_path / "a.png"
    picture.save(str(file))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    editor.insertFromMimeData(data)
    assert added[1] == file
    editor.insert_image("a b.png", "A [fine] picture")
    assert editor.markdown() == "![A \\[fine\\] picture](<a b.png>)\n"


def seconds(paste: Callable[..., None], what: object) -> float:
    begin = time.perf_counter()
    paste(what)
    return time.perf_counter() - begin


def test_a_large_paste_takes_no_longer_than_in_a_bare_text_edit(qtbot: QtBot) -> None:
    line = "Marketing teams paste long texts, and nobody wants to wait for it to appear. "
    text = "\n".join([line] * 1300)
    assert len(text) >= 100_000
    bare_times, our_times = [], []
    for _ in range(5):
        bare, ours = QTextEdit(), MarkdownEditor()
        for widget in (bare, ours):
            qtbot.addWidget(widget)
            widget.resize(800, 600)
            widget.show()
        QTest.qWait(1)
        bare_times.append(seconds(bare.insertPlainText, text))
        our_times.append(seconds(ours.insertFromMimeData, mime(text=text)))
        bare.close()
        ours.close()
    assert min(our_times) <= 1.5 * min(bare_times)

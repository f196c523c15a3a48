"""Another version of a text is put in as one step, and what is alike stays as it was."""

import pytest
from PySide6.QtWidgets import QApplication

from marketer_desktop.publishing.markdown_blocks.split import split
from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.replacing import Difference, difference

TEXT = """# Coffee

First one, *first* two.

- One
- Two
  with more

> Said by somebody.

| A | B |
|:--|--:|
| 1 | 2 |

## Last

The end.
"""


def differs(old: str, new: str) -> Difference | None:
    leaves = [[block.leaf for block in split(text).leaves] for text in (old, new)]
    return difference(*leaves)


def test_only_what_differs_is_named() -> None:
    assert differs(TEXT, TEXT) is None
    assert differs(TEXT, TEXT.replace("First", "Only")) == Difference(1, 2, 2)
    assert differs(TEXT, TEXT.replace("## Last", "### Last")) == Difference(6, 7, 7)


def test_lists_are_taken_whole_and_no_side_is_empty() -> None:
    assert differs(TEXT, TEXT.replace("- Two", "- Three")) == Difference(2, 5, 5)
    assert differs("a\n\nb\n", "a\n\nnew\n\nb\n") == Difference(0, 1, 2)
    assert differs("a\n\nb\n\nc\n", "a\n\nc\n") == Difference(0, 2, 1)
    assert differs("", "a\n") == Difference(0, 0, 1)


@pytest.mark.parametrize(
    "new",
    [
        TEXT.replace("First one", "Only one"),
        TEXT.replace("- One\n", "- One\n- One more\n"),
        TEXT.replace("## Last\n\n", ""),
        TEXT.replace("The end.", "The *very* end.\n\nReally."),
        TEXT.replace("| 1 | 2 |", "| 1 | 3 |"),
        TEXT.replace("# Coffee\n\n", "# Coffee\n\nNew before.\n\n"),
        TEXT.replace("> Said by somebody.\n\n", ""),
        TEXT.replace("# Coffee", "# Fresh coffee").replace("The end.", "The close."),
        "Something else.\n",
    ],
)
def test_the_new_version_is_shown_and_one_undo_brings_the_old_one_back(
    qapp: QApplication, theme: Theme, new: str
) -> None:
    editor = MarkdownEditor()
    editor.load(TEXT)
    editor.replace_text(new)
    assert editor.markdown() == new
    editor.undo()
    assert editor.markdown() == TEXT
    assert not editor.document().isUndoAvailable()
    editor.deleteLater()


def test_the_same_text_changes_nothing(qapp: QApplication, theme: Theme) -> None:
    editor = MarkdownEditor()
    editor.load(TEXT)
    editor.replace_text(TEXT)
    assert not editor.document().isUndoAvailable()
    editor.deleteLater()

"""Points at places in the text: the keyphrase, and what a check speaks of."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.places import spans_of
from marketer_desktop.ui.widgets.scoring.findings import Finding


class Pointing(QObject):
    """Marks lie over the text and are no part of it."""

    def __init__(
        self, editor: MarkdownEditor, current: Callable[[], OpenText | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor, self._current = editor, current
        self._shown: Finding | None = None
        self._turn = 0

    def mark_keyphrase(self, wanted: bool) -> None:
        """Mark the keyphrase wherever it stands, or nowhere."""
        text = self._current()
        phrase = text.state.fields["keyphrase"] if text is not None and wanted else ""
        self._editor.find_and_mark(phrase.strip())

    def show(self, finding: Finding) -> None:
        """Mark all places of a check and go to the first; asked again, to the next one."""
        text = self._current()
        if text is None:
            return
        # The contract's places are counted in the visible text, the scorer's in the Markdown.
        is_visible = finding.group == "contract"
        source = self._editor.toPlainText() if is_visible else text.checked_markdown
        spans = spans_of(self._editor.document(), finding.places, source)
        self._editor.marking.show("found", spans)
        self._turn = self._turn + 1 if finding == self._shown else 0
        self._shown = finding
        if spans:
            self._editor.go_to(spans[self._turn % len(spans)][0])

    def forget(self) -> None:
        """Take the marks of the last check away."""
        self._editor.marking.show("found", [])
        self._shown = None

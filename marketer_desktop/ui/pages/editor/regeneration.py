"""Asks what is to be written anew, and has it done: a section as a proposal, or all in a run."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.pages.editor.regenerate_sheet import RegenerateSheet
from marketer_desktop.ui.pages.editor.rewriting import Rewriting
from marketer_desktop.ui.pages.editor.text_column import TextColumn, section_end


class Regeneration(QObject):
    """For the text that `current` gives; the main heading is no section."""

    all_asked = Signal()

    def __init__(
        self,
        context: PageContext,
        column: TextColumn,
        rewriting: Rewriting,
        current: Callable[[], OpenText | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._column = context, column
        self._rewriting, self._current = rewriting, current

    def ask(self) -> None:
        """Open the sheet, with the section at the cursor chosen."""
        text = self._current()
        if text is None:
            return
        headings = self._column.editor.outline() if text.state.has_sections else []
        sections = [(n, heading) for n, heading in enumerate(headings) if heading[0] > 1]
        here = self._column.editor.textCursor().position()
        current = max((i for i, (_, h) in enumerate(sections) if h[2] <= here), default=0)
        sheet = RegenerateSheet(
            self._context.go.window(), [(h[0] - 1, h[1]) for _, h in sections], current
        )
        sheet.section_asked.connect(lambda place: self._section(sections[place][0]))
        sheet.all_asked.connect(self.all_asked)
        sheet.closed.connect(sheet.deleteLater)
        sheet.open_sheet()

    def _section(self, number: int) -> None:
        text = self._current()
        if text is not None:
            self._context.tasks.start("regenerate section", self._begin(text, number))

    async def _begin(self, text: OpenText, number: int) -> None:
        """The service reads the stored text: store it first."""
        if await text.saver.flush() and text is self._current():
            headings = self._column.editor.outline()
            _, heading, start = headings[number]
            passage = self._column.section_passage(start, section_end(headings, number))
            self._rewriting.section(text.state.activity_id, heading, passage)

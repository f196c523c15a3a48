"""Has a model rewrite a passage, shows what it writes, and puts it into the text if accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.call import Call
from marketer_desktop.services.regenerate import RegenerateSection
from marketer_desktop.services.rewrite import RewritePassage, Rewritten
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.proposal import ProposalPanel
from marketer_desktop.ui.pages.editor.selection_bar import command_name
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor

TASK = "rewrite passage {0}"
CONTEXT_CHARACTERS = 400


@dataclass(frozen=True)
class Wish:
    """What is asked of the model, and the passage that the answer replaces."""

    title: str
    passage: QTextCursor
    call: Callable[[str], Call[Rewritten]]  # from an instruction, empty for most


class Rewriting(QObject):
    """One proposal at a time."""

    taken = Signal(bool)  # accepted; True for a whole section

    def __init__(
        self, context: PageContext, editor: MarkdownEditor, place: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._editor, self._place = context, editor, place
        self._wish: Wish | None = None
        self._instruction = ""
        self._proposal: Rewritten | None = None
        self._asked = 0
        self.panel = ProposalPanel(place)
        self.panel.accepted.connect(self.accept)
        self.panel.discarded.connect(self.discard)
        self.panel.again_asked.connect(self._again)
        self.panel.instructed.connect(self._instruct)
        self.panel.grew.connect(self.put)

    @property
    def is_open(self) -> bool:
        """Whether a proposal is shown."""
        return self._wish is not None

    def passage(self, activity_id: int, command: str, tone: str = "") -> None:
        """Have the selection rewritten."""
        passage = self._editor.textCursor()
        text = self._editor.selected_markdown()
        if not text.strip():
            return
        before, after = self._around(passage)

        def call(instruction: str) -> RewritePassage:
            return RewritePassage.model_validate(
                {
                    "activity_id": activity_id,
                    "command": command,
                    "text": text,
                    "tone": tone,
                    "instruction": instruction,
                    "context_before": before,
                    "context_after": after,
                }
            )

        self._open(Wish(command_name(command), passage, call), instructed=command == "own")

    def section(self, activity_id: int, heading: str, passage: QTextCursor) -> None:
        """Have the text below a heading written anew."""

        def call(instruction: str) -> RegenerateSection:
            return RegenerateSection(activity_id=activity_id, heading=heading)

        self._editor.setTextCursor(passage)
        self._open(Wish(command_name("section"), passage, call), instructed=False)

    def accept(self) -> None:
        """Put the proposal in the place of the passage: one step to undo."""
        wish, proposal = self._wish, self._proposal
        if wish is None or proposal is None:
            return
        self._close()
        self._editor.setTextCursor(wish.passage)
        self._editor.replace_selection(proposal.text)
        self._editor.setFocus()
        self.taken.emit(wish.title == command_name("section"))

    def discard(self) -> None:
        """Leave the text as it is, and stop the model if it still writes."""
        if self._wish is None:
            return
        self._close()
        self._editor.setFocus()

    def _around(self, passage: QTextCursor) -> tuple[str, str]:
        """What stands before and after a passage, as far as a model should see it."""
        start, end = passage.selectionStart(), passage.selectionEnd()
        last = self._editor.document().characterCount() - 1
        before = self._plain(max(0, start - CONTEXT_CHARACTERS), start)
        return before, self._plain(end, min(end + CONTEXT_CHARACTERS, last))

    def _plain(self, start: int, end: int) -> str:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selection().toPlainText()

    def _open(self, wish: Wish, *, instructed: bool) -> None:
        self._stop()
        self._wish, self._instruction, self._proposal = wish, "", None
        self.panel.fit()
        self.panel.begin(wish.title, wish=instructed)
        self.put()
        self.panel.focus_first()
        if not instructed:
            self._ask()

    def _close(self) -> None:
        self._stop()
        self._wish = self._proposal = None
        self.panel.hide()

    def _stop(self) -> None:
        self._context.tasks.cancel(TASK.format(self._asked))

    def put(self) -> None:
        """Stand below the passage, wherever that is now."""
        if self._wish is not None:
            self.panel.fit()
            self.panel.place(
                passage_rect(self._editor, self._wish.passage, self._place), above=False
            )

    def _instruct(self, instruction: str) -> None:
        self._instruction = instruction
        self._ask()

    def _again(self) -> None:
        if self._proposal is not None or not self._is_writing():
            self._ask()

    def _is_writing(self) -> bool:
        return self._context.tasks.is_running(TASK.format(self._asked))

    def _ask(self) -> None:
        assert self._wish is not None
        self._stop()
        self._proposal = None
        self._asked += 1
        self.panel.work()
        self.put()
        work = self._answered(self._wish, self._asked)
        self._context.tasks.start(TASK.format(self._asked), work, self._fail)

    async def _answered(self, wish: Wish, number: int) -> None:
        def hear(event: dict[str, Any]) -> None:
            if self._wish is wish and self._asked == number:
                self._hear(event)

        proposal: Rewritten = await self._context.engine.call(wish.call(self._instruction), hear)
        if self._wish is wish and self._asked == number:
            self._proposal = proposal
            self.panel.finish(proposal)
            self.put()

    def _hear(self, event: dict[str, Any]) -> None:
        if event["kind"] == "restart":
            self.panel.work()
        elif event["kind"] == "delta":
            self.panel.add(str(event["text"]))

    def _fail(self, message: str, details: str) -> None:
        self.panel.fail(message)


def passage_rect(editor: MarkdownEditor, passage: QTextCursor, place: QWidget) -> QRect:
    """Where a passage stands, in the coordinates of `place`, as far as it is in sight."""
    start, end = QTextCursor(passage), QTextCursor(passage)
    start.setPosition(passage.selectionStart())
    end.setPosition(passage.selectionEnd())
    first, last = editor.cursorRect(start), editor.cursorRect(end)
    rect = QRect(first.topLeft(), last.bottomRight()).normalized()
    if first.top() != last.top():
        rect.setLeft(0)
        rect.setRight(editor.viewport().width())
    seen = rect.intersected(editor.viewport().rect())
    return QRect(editor.viewport().mapTo(place, (seen or rect).topLeft()), (seen or rect).size())

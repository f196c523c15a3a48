"""Has posts and a mail made of the text that is open."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from marketer_desktop.services.repurpose import RepurposeActivity, Repurposed
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.pages.editor.wording import said

TASK = "make variants"


class Repurposing(QObject):
    """For the text that `current` gives."""

    working = Signal(bool)
    made = Signal()

    def __init__(
        self, context: PageContext, current: Callable[[], OpenText | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._current = context, current

    def make(self) -> None:
        """Make all variants of the text as it stands."""
        text = self._current()
        if text is not None:
            self._context.tasks.start(TASK, self._make(text))

    async def _make(self, text: OpenText) -> None:
        self.working.emit(True)
        try:
            if not await text.saver.flush():
                return
            call = RepurposeActivity(
                activity_id=text.state.activity_id,
                into=["linkedin", "twitter", "thread", "email"],
            )
            told: Repurposed = await self._context.engine.call(call)
        finally:
            self.working.emit(False)
        if self._current() is not text:
            return
        self._take(text, {each.kind: each.text for each in told.variants if each.text})

    def _take(self, text: OpenText, variants: dict[str, str]) -> None:
        if not variants:
            self._context.go.toast(said("No sentence of this text fits a post on its own."))
            return
        before = dict(text.state.variants)
        for name, variant in variants.items():
            text.set_variant(name, variant)
        self.made.emit()
        words = said("Variants made. Read them before you post them.")
        if before:
            self._context.go.toast(words, said("Undo"), lambda: self._undo(text, before))
        else:
            self._context.go.toast(words)

    def _undo(self, text: OpenText, before: dict[str, str]) -> None:
        if self._current() is text:
            for name, variant in before.items():
                text.set_variant(name, variant)
            self.made.emit()

"""The revisions panel at work: it reads, compares and restores."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from marketer_desktop.services.revisions import (
    Comparison,
    DiffRevisions,
    ListRevisions,
    RestoreRevision,
    RevisionList,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.pages.editor.revisions_panel import RevisionsPanel
from marketer_desktop.ui.pages.editor.wording import said


class History(QObject):
    """For the text that `current` gives."""

    restored = Signal()  # the stored text is another one now

    def __init__(
        self,
        context: PageContext,
        panel: RevisionsPanel,
        current: Callable[[], OpenText | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._panel, self._current = context, panel, current
        panel.compare_asked.connect(self._compare)
        panel.restore_asked.connect(self._restore)

    def read(self) -> None:
        """Store what is not stored, then list what there is."""
        text = self._current()
        if text is not None:
            self._context.tasks.start("list revisions", self._read(text))

    async def _read(self, text: OpenText) -> None:
        await text.saver.flush()
        call = ListRevisions(activity_id=text.state.activity_id)
        told: RevisionList = await self._context.engine.call(call)
        if text is self._current():
            self._panel.set_revisions(told.revisions)

    def _compare(self, a: int, b: int) -> None:
        text = self._current()
        if text is None:
            return
        call = DiffRevisions(activity_id=text.state.activity_id, a=a, b=b)

        async def compare() -> None:
            told: Comparison = await self._context.engine.call(call)
            self._panel.set_comparison(told)

        self._context.tasks.start(f"compare revisions {a} {b}", compare())

    def _restore(self, number: int) -> None:
        text = self._current()
        if text is not None:
            self._context.tasks.start("restore revision", self._restored(text, number))

    async def _restored(self, text: OpenText, number: int) -> None:
        if not await text.saver.flush():
            return
        call = RestoreRevision(
            activity_id=text.state.activity_id,
            number=number,
            base_revision=text.state.stored_at,
        )
        await self._context.engine.call(call)
        self._context.go.toast(said("Restored. The text before is among the revisions."))
        self.restored.emit()

"""Brings an outline into its card, and sends it back when it may be written."""

from PySide6.QtCore import QObject, QTimer, Signal

from marketer_desktop.services.review_outline import ApproveOutline, ShowOutline
from marketer_desktop.services.save_outline import SaveOutline
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.progress.outline import wording
from marketer_desktop.ui.pages.progress.outline.card import OutlineCard
from marketer_desktop.ui.pages.progress.outline.presenter import OutlinePresenter
from marketer_desktop.ui.pages.progress.outline.wording import tr
from marketer_desktop.ui.widgets.button import Button

TASK = "progress: write"
KEEP = "progress: keep outline"
WAIT_MS = 800  # after the last change, before it is kept


class OutlineReview(QObject):
    """Keeps what is changed: here at once, and in the engine soon after."""

    approved = Signal(int)

    def __init__(
        self, context: PageContext, card: OutlineCard, write: Button, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._card, self._write = context, card, write
        self._outlines: dict[int, OutlinePresenter] = {}
        self._soon = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._soon.timeout.connect(self.keep)
        write.clicked.connect(self.write_it)
        card.changed.connect(self._soon.start)
        card.removed.connect(self._on_removed)

    async def load(self, activity_id: int) -> None:
        """Read the outline of a run; what is being changed here stays."""
        outline = await self._context.engine.call(ShowOutline(activity_id=activity_id))
        presenter = self._outlines.setdefault(activity_id, OutlinePresenter())
        if presenter.take(outline) or self._card.presenter is not presenter:
            self._card.show_outline(presenter)

    def shows(self, activity_id: int) -> bool:
        """Whether the outline of a run has been read, and is in the card."""
        return self._card.presenter.activity_id == activity_id

    def forget(self, activity_id: int) -> None:
        """The run goes on without it."""
        if self._outlines.pop(activity_id, None) is self._card.presenter:
            self._card.show_outline(OutlinePresenter())

    def keep(self) -> None:
        """Have the engine keep what was changed, so that a restart shows it."""
        outline = self._card.presenter
        self._soon.stop()
        if outline.is_changed and outline.sections:
            started = self._context.tasks.start(KEEP, self._keep(outline))
            if not started:
                self._soon.start()

    def write_it(self) -> None:
        """Let the run go on, unless something is wrong."""
        if not self._card.complain():
            self._context.tasks.start(TASK, self._approve(self._card.presenter))

    async def _keep(self, outline: OutlinePresenter) -> None:
        sections = outline.result()
        call = SaveOutline(activity_id=outline.activity_id, sections=sections)
        await self._context.engine.call(call)
        outline.kept(sections)

    async def _approve(self, outline: OutlinePresenter) -> None:
        self._soon.stop()
        self._write.set_loading(True)
        call = ApproveOutline(activity_id=outline.activity_id, sections=outline.result())
        try:
            await self._context.engine.call(call)
        finally:
            self._write.set_loading(False)
        self.approved.emit(outline.activity_id)

    def _on_removed(self, heading: str, back: object) -> None:
        assert callable(back)
        self._context.go.toast(wording.removed(heading), tr("Undo"), back)

"""One text while it is open: what is known of it, its saver, and the checks that follow it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from marketer_desktop.services.check_text import TextReport
from marketer_desktop.services.content import Content, OpenContent
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.presenter import FIELDS, TextState
from marketer_desktop.ui.pages.editor.saver import Saver

CHECK_MS, LOOK_MS = 400, 300


class OpenText(QObject):
    """Made anew for each text; `markdown` gives it as the editor has it."""

    checked = Signal(object)  # TextReport
    outdated = Signal()  # the text is another one than the report speaks of
    replaced = Signal(object)  # Content that was stored elsewhere, while nothing was changed here
    status_changed = Signal()
    run_began = Signal()

    def __init__(
        self,
        context: PageContext,
        content: Content,
        markdown: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._markdown = context, markdown
        self.state = TextState(content)
        self.saver = Saver(context.engine, self.state, markdown, self)
        self._expected = 0  # changes that the bus will tell of, and that are ours
        self._is_open = True
        self.kept = self.checked_markdown = content.markdown
        self._check_timer = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._check_timer.timeout.connect(self.check)
        self._look_timer = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look_timer.timeout.connect(self._look_soon)
        self.saver.changed.connect(self._note_own_change)
        context.engine.changed.connect(self._on_changed)

    def edited(self) -> None:
        """The text was edited."""
        self.saver.touch()
        self._check_soon()

    def set_field(self, name: str, value: str) -> None:
        """A field beside the text was edited."""
        field = next(known for known in FIELDS if known == name)
        if self.state.set_field(field, value):
            self.edited()

    def set_variant(self, name: str, text: str) -> None:
        """A variant was edited."""
        if self.state.set_variant(name, text):
            self.edited()

    def check(self) -> None:
        """Have the text checked as it stands; one that is under way is waited for."""
        name = f"check text {self.state.activity_id}"
        if not self._context.tasks.start(name, self._check(), self._ignore):
            self._check_timer.start()

    def _check_soon(self) -> None:
        self._check_timer.start()
        self.outdated.emit()

    def leave(self) -> None:
        """The editor will show another text: keep this one as it stands, and listen no more."""
        self.kept = self._markdown()
        self.saver.read_from(self._kept_text)
        self._is_open = False
        self._check_timer.stop()
        self._look_timer.stop()
        self._context.engine.changed.disconnect(self._on_changed)

    def come_back(self) -> None:
        """The editor shows this text again."""
        self._is_open = True
        self.saver.read_from(self._markdown)
        self._context.engine.changed.connect(self._on_changed)

    def _kept_text(self) -> str:
        return self.kept

    async def _check(self) -> None:
        asked = self.state.check_call(self._markdown())
        report: TextReport = await self._context.engine.call(asked)
        if not self._is_open:
            return
        self.state.report, self.checked_markdown = report, asked.markdown
        self.checked.emit(report)
        if self._check_timer.isActive():
            self.outdated.emit()

    def _ignore(self, message: str, details: str) -> None:
        """Checks come again with the next change: nobody needs to hear of one that failed."""

    def _note_own_change(self, stand: str, problem: str) -> None:
        if stand == "saving":
            self._expected += 1
        elif stand in ("failed", "stale"):
            self._expected = max(0, self._expected - 1)

    def _on_changed(self, subject: str) -> None:
        if subject != "activities":
            return
        if self._expected:
            self._expected -= 1
            return
        self._look_timer.start()

    def _look_soon(self) -> None:
        self._context.tasks.start(
            f"look at text {self.state.activity_id}", self.look(), self._ignore
        )

    async def look(self) -> None:
        """Read the stored text: somebody else may have changed it, or its status."""
        there = await self._context.engine.call(OpenContent(activity_id=self.state.activity_id))
        if not self._is_open:
            return
        if there.status == "generating":
            self.run_began.emit()
        elif there.revision != self.state.stored_at and self.saver.is_settled:
            self.replaced.emit(there)
        elif there.status != self.state.status:
            self.state.status = there.status
            self.status_changed.emit()

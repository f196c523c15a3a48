"""What the sections share that read from the engine: the column, and what goes wrong."""

from collections.abc import Coroutine
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.widgets.error_view import ErrorView


class Section(QWidget):
    """Subclasses fill `column` and read in `read`; until they could, nothing else is shown."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.error: ErrorView | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(20)

    def read(self) -> None:
        """Read what the section shows."""

    def start_reading(self, work: Coroutine[Any, Any, None]) -> None:
        """Read with `work`; what fails is said in the section, with a way to try again."""
        name = f"settings: {type(self).__name__}"
        if not self.context.tasks.start(name, self._read(work), self._fail):
            work.close()  # it is being read already

    async def _read(self, work: Coroutine[Any, Any, None]) -> None:
        await work
        self._drop_error()

    def _fail(self, message: str, details: str) -> None:
        self._drop_error()
        self.error = ErrorView(message, details, on_retry=self.read)
        self.column.insertWidget(0, self.error)

    def _drop_error(self) -> None:
        if self.error is not None:
            self.error.hide()
            self.error.deleteLater()
            self.error = None

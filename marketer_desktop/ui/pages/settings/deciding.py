"""What of the sync waits for the person: changes on both sides, and changes that were refused."""

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from marketer_desktop.services.call import Call
from marketer_desktop.services.sync_conflicts import DecideConflict, ListConflicts
from marketer_desktop.services.sync_quarantine import (
    DiscardQuarantined,
    ListQuarantine,
    RefusedChange,
    RetryQuarantined,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.conflict_card import ConflictCard
from marketer_desktop.ui.pages.settings.conflict_presenter import disputed
from marketer_desktop.ui.pages.settings.refused_card import RefusedCard
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.confirm import confirm


class Deciding(QWidget):
    """Each card is there only while there is something in it."""

    settled = Signal()  # the last one was decided with the keyboard here

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.conflicts, self.refused = ConflictCard(), RefusedCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        for card in (self.conflicts, self.refused):
            column.addWidget(card)
            card.hide()
        self.hide()
        self.conflicts.decided.connect(self._decide)
        self.conflicts.open_asked.connect(self._go)
        self.refused.edit_asked.connect(self._go)
        self.refused.retry_asked.connect(
            lambda refused_id: self._start(RetryQuarantined(refused_id=refused_id), refused_id)
        )
        self.refused.discard_asked.connect(self._discard)

    async def read(self) -> None:
        """Read both."""
        conflicts = (await self._context.engine.call(ListConflicts())).conflicts
        refused = (await self._context.engine.call(ListQuarantine())).refused
        had_focus = self._has_focus()
        self.conflicts.show_rows(disputed(conflicts))
        self.refused.show_refused(refused)
        self.conflicts.setVisible(bool(conflicts))
        self.refused.setVisible(bool(refused))
        self.setVisible(bool(conflicts or refused))
        if had_focus and not self._has_focus():
            QTimer.singleShot(0, self, self._go_on)  # new rows are not to be seen before

    def _has_focus(self) -> bool:
        holder = QApplication.focusWidget()
        return holder is not None and holder.isVisible() and self.isAncestorOf(holder)

    def _go_on(self) -> None:
        """The keyboard goes to what is to be decided next, or on from here."""
        buttons = [each for each in self.findChildren(Button) if each.isVisible()]
        if buttons:
            buttons[0].setFocus()
        else:
            self.settled.emit()

    def _go(self, page: str, arguments: dict[str, object]) -> None:
        self._context.go.to(page, **arguments)

    def _decide(self, conflict_id: int, keep: str) -> None:
        call = DecideConflict.model_validate({"conflict_id": conflict_id, "keep": keep})
        self._start(call, f"conflict {conflict_id}")

    def _discard(self, refused: RefusedChange) -> None:
        name = f"discard {refused.refused_id}"
        self._context.tasks.start(name, self._ask(refused), self._on_error)

    async def _ask(self, refused: RefusedChange) -> None:
        agreed = await confirm(
            self._context.go.window(),
            self.tr("Discard this change?"),
            self.tr(
                "“{0}” becomes what it is on the server. If the server never had it, it stays on "
                "this computer and is not sent."
            ).format(refused.what),
            self.tr("Discard"),
            danger=True,
        )
        if agreed:
            await self._context.engine.call(DiscardQuarantined(refused_id=refused.refused_id))
            await self.read()

    def _start(self, call: Call[Any], what: object) -> None:
        self._context.tasks.start(f"settings: {what}", self._done(call), self._on_error)

    async def _done(self, call: Call[Any]) -> None:
        await self._context.engine.call(call)
        await self.read()

    def _on_error(self, message: str, details: str) -> None:
        self._context.go.show_error(message, details)
        self.conflicts.forget()
        self._context.tasks.start("settings: read conflicts", self.read())  # show what holds

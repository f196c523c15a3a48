"""Saves a text by itself: never more than two seconds after a keystroke, one save at a time."""

import asyncio
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from marketer_desktop.services.call import plain_message
from marketer_desktop.services.content import OpenContent, Saved
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.pages.editor.presenter import TextState

# Counted from the first change, not from the last: who types without a pause is saved as well.
WAIT_MS = 1400
RETRY_MS = 5000

Stand = Literal["saved", "changed", "saving", "failed", "stale"]
Reason = Literal["edited", "regenerated"]


class Saver(QObject):
    """One for each text that is open. `markdown` gives the text as the editor has it.

    After a failure it tries again by itself; a text that was changed elsewhere waits for a
    decision (`overwrite`).
    """

    changed = Signal(str, str)  # a `Stand`, and what is wrong
    saved = Signal(object)  # Saved

    def __init__(
        self, engine: EngineBridge, state: TextState, markdown: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._engine, self._state, self._markdown = engine, state, markdown
        self._stand: Stand = "saved"
        self._reason: Reason = "edited"
        self.problem = ""  # what is said of a text that could not be stored
        self._saving = asyncio.Lock()
        self._waiting: set[asyncio.Task[None]] = set()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._begin)

    @property
    def stand(self) -> Stand:
        """How it stands with what is in the editor."""
        return self._stand

    @property
    def is_settled(self) -> bool:
        """Whether everything is stored."""
        return self._stand == "saved"

    def touch(self, reason: Reason = "edited") -> None:
        """Something was changed; `regenerated` keeps the text before as a revision of its own."""
        if reason == "regenerated":
            self._reason = reason
        if self._stand == "stale":
            return
        if self._stand in ("saved", "saving"):
            self._tell("changed")
        if not self._timer.isActive():
            self._timer.start(WAIT_MS)

    async def flush(self) -> bool:
        """Store now what is not stored yet; False if that failed."""
        self._timer.stop()
        async with self._saving:
            while self._stand in ("changed", "failed"):
                if not await self._save():
                    return False
        return self.is_settled

    async def overwrite(self) -> bool:
        """Store the text in place of the one that was stored elsewhere, which stays a revision."""
        there = await self._engine.call(OpenContent(activity_id=self._state.activity_id))
        self._state.stored_at = there.revision
        self._tell("changed")
        return await self.flush()

    def retry(self) -> None:
        """Try again now."""
        if self._stand == "failed":
            self._begin()

    def read_from(self, markdown: Callable[[], str]) -> None:
        """Take the text from elsewhere from now on."""
        self._markdown = markdown

    def stop(self) -> None:
        """Save no more by itself."""
        self._timer.stop()

    def _begin(self) -> None:
        task = asyncio.ensure_future(self._flushed())
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _flushed(self) -> None:
        """One save: what is typed meanwhile has its own time."""
        async with self._saving:
            if self._stand in ("changed", "failed"):
                await self._save()

    async def _save(self) -> bool:
        """Store the text as it stands at this moment."""
        call = self._state.save_call(self._markdown(), self._reason)
        self._tell("saving")
        try:
            saved: Saved = await self._engine.call(call)
        except asyncio.CancelledError:
            self._tell("changed")
            raise
        except Exception as error:
            await self._explain(plain_message(error))
            return False
        self._reason = "edited"
        self._state.saved(call, saved)
        if self._stand == "saving":  # nothing was changed meanwhile
            self._tell("saved")
        self.saved.emit(saved)
        return True

    async def _explain(self, message: str) -> None:
        """Say why it was not saved: somebody else saved, or something is broken."""
        try:
            there = await self._engine.call(OpenContent(activity_id=self._state.activity_id))
        except Exception:  # the first error says more than this one
            there = None
        if there is not None and there.revision != self._state.stored_at:
            self._tell("stale", message)
            return
        self._tell("failed", _not_saved(message))
        self._timer.start(RETRY_MS)

    def _tell(self, stand: Stand, message: str = "") -> None:
        if (stand, message) != (self._stand, self.problem):
            self._stand, self.problem = stand, message
            self.changed.emit(stand, message)


def _not_saved(message: str) -> str:
    said = QCoreApplication.translate("Editor", "Not saved: {0} Keep this window open.")
    return said.format(message if message.endswith((".", "!", "?")) else f"{message}.")

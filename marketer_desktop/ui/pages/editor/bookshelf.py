"""Texts on their way into the editor and out of it: none leaves before it is saved."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from marketer_desktop.services.content import Content, OpenContent
from marketer_desktop.services.revisions import ListRevisions, RevisionList
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.pages.editor.wording import said

Take = Callable[[OpenText, str], None]


class Bookshelf(QObject):
    """Keeps every text that has been left and could not be saved yet."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._left: dict[int, OpenText] = {}
        self._wanted: int | None = None
        self._saving = 0

    def put_away(self, text: OpenText) -> None:
        """Save a text that is being left; keep it as long as that fails."""
        text.leave()
        self._left[text.state.activity_id] = text
        text.saver.saved.connect(lambda: self._forget(text))
        self._saving += 1
        self._context.tasks.start(f"save text {self._saving}", self._save(text))

    async def fetch(self, activity_id: int, markdown: Callable[[], str], take: Take) -> None:
        """Hand over a text, once what was left of it is saved; the last one asked for only."""
        self._wanted = activity_id
        left = self._left.get(activity_id)
        if left is not None and not await left.saver.flush():
            if self._wanted == activity_id and self._left.pop(activity_id, None) is left:
                left.come_back()
                take(left, left.kept)
            return
        content: Content = await self._context.engine.call(OpenContent(activity_id=activity_id))
        if self._wanted == activity_id:
            take(OpenText(self._context, content, markdown, self), content.markdown)

    async def newest_revision(self, text: OpenText) -> int | None:
        """The number of the stored text among its revisions."""
        call = ListRevisions(activity_id=text.state.activity_id)
        told: RevisionList = await self._context.engine.call(call)
        return told.revisions[0].number if told.revisions else None

    async def _save(self, text: OpenText) -> None:
        if await text.saver.flush():
            self._forget(text)
            return
        activity_id = text.state.activity_id
        self._context.go.toast(
            said("“{0}” is not saved yet.").format(text.state.heading),
            said("Open"),
            lambda: self._context.go.to("activity", activity_id=activity_id),
        )

    def _forget(self, text: OpenText) -> None:
        """What is saved need not be kept; its saver has tried again by itself if it had to."""
        if text.saver.is_settled and self._left.get(text.state.activity_id) is text:
            del self._left[text.state.activity_id]
            text.deleteLater()

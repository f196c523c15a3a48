"""Mends what a check complains of, and puts the result into the text as one step to undo."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from marketer_desktop.services.fix_check import FixedText
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.pages.editor.presenter import FIELDS, Fields
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor

TASK = "fix check"


@dataclass(frozen=True)
class Version:
    """The text, the fields beside it and its variants, at one moment."""

    markdown: str
    fields: dict[Fields, str]
    variants: dict[str, str]


class Fixing(QObject):
    """One fix at a time, for the text that `current` gives."""

    working = Signal(str)  # the id of the check that is being mended; empty when none is
    fixed = Signal()  # text and fields are other ones now

    def __init__(
        self,
        context: PageContext,
        editor: MarkdownEditor,
        current: Callable[[], OpenText | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._editor, self._current = context, editor, current

    def fix(self, check_id: str) -> None:
        """Mend one check, unless another one is being mended."""
        text = self._current()
        if text is not None:
            self._context.tasks.start(TASK, self._fixed(text, check_id))

    def use_headline(self, text: OpenText, headline: str) -> None:
        """Make it the title, and the main heading where that says what the title said."""
        before = self._version(text)
        old = before.fields["title"].strip()
        markdown = before.markdown
        if old and markdown.startswith(f"# {old}\n"):
            markdown = f"# {headline}{markdown[len(old) + 2 :]}"
        self.put(text, Version(markdown, {**before.fields, "title": headline}, before.variants))

    def put(self, text: OpenText, version: Version) -> None:
        """Show another version."""
        self._editor.replace_text(version.markdown)
        text.state.set_fields(version.fields)
        for name, variant in version.variants.items():
            text.state.set_variant(name, variant)
        text.edited()
        self.fixed.emit()

    async def _fixed(self, text: OpenText, check_id: str) -> None:
        before = self._version(text)
        self.working.emit(check_id)
        try:
            call = text.state.fix_call(before.markdown, check_id)
            told: FixedText = await self._context.engine.call(call)
        finally:
            self.working.emit("")
        if self._current() is not text:
            return
        if self._version(text) != before:
            self._context.go.toast(said("The text was changed meanwhile. Nothing was fixed."))
            return
        if told.outcome != "fixed":
            self._context.go.toast(told.message)
            return
        fields: dict[Fields, str] = {name: str(getattr(told, name)) for name in FIELDS}
        self.put(text, Version(told.markdown, fields, told.variants))
        after = self._version(text)
        self._context.go.toast(told.message, said("Undo"), lambda: self._undo(text, before, after))

    def _undo(self, text: OpenText, before: Version, after: Version) -> None:
        """Take a fix back, if nothing was changed since."""
        if self._current() is not text:
            return
        if self._version(text) != after:
            self._context.go.toast(said("The text was changed since. Use Ctrl+Z to go back."))
            return
        if before.markdown != after.markdown:
            self._editor.undo()
        self.put(text, before)

    def _version(self, text: OpenText) -> Version:
        state = text.state
        fields: dict[Fields, str] = {name: state.fields[name] for name in FIELDS}
        return Version(self._editor.markdown(), fields, dict(state.variants))

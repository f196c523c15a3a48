"""Asks where a link leads."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.inline import link_at, set_link
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.popover import Popover
from marketer_desktop.ui.widgets.text_input import TextInput

WIDTH = 380


class LinkPopover(Popover):
    """Links the selection, or changes the link at the cursor."""

    def __init__(self, anchor: QWidget, editor: MarkdownEditor) -> None:
        super().__init__(anchor, width=WIDTH)
        self._editor, self._cursor = editor, QTextCursor(editor.textCursor())
        before = link_at(self._cursor)
        self.setAccessibleName(said("Link"))
        self.address = TextInput("https://")
        self.address.setText(before)
        self.address.returnPressed.connect(self._apply)
        self.words = TextInput(said("What readers see"))
        self._asks_words = not self._cursor.hasSelection() and not before
        self.apply = Button(said("Link"), variant="primary", size="sm")
        self.apply.clicked.connect(self._apply)
        self.body.addWidget(Field(said("Address"), self.address))
        if self._asks_words:
            self.words.returnPressed.connect(self._apply)
            self.body.addWidget(Field(said("Words"), self.words))
        foot = QHBoxLayout()
        if before:
            remove = Button(said("Remove link"), variant="ghost", size="sm")
            remove.clicked.connect(lambda: self._set(""))
            foot.addWidget(remove)
        foot.addStretch(1)
        foot.addWidget(self.apply)
        self.body.addLayout(foot)

    def open(self) -> None:
        """Show it, with the keyboard in the address."""
        self.closed.connect(self.deleteLater)
        self.show_below()
        self.address.setFocus()
        self.address.selectAll()

    def _apply(self) -> None:
        target = self.address.text().strip()
        if target:
            self._set(target if _has_scheme(target) else f"https://{target}")

    def _set(self, target: str) -> None:
        words = (self.words.text().strip() or target) if self._asks_words else ""
        self.close_popover()
        set_link(self._cursor, target, words)
        self._editor.setFocus()


def _has_scheme(target: str) -> bool:
    return "://" in target or target.startswith(("mailto:", "tel:", "#", "/"))

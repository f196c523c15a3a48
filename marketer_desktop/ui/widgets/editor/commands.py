"""What can be done to a text, as actions with names, icons and shortcuts."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QTextCursor
from PySide6.QtWidgets import QTextEdit

from marketer_desktop.publishing.markdown_blocks.leaf import BULLETS, NUMBERS
from marketer_desktop.ui.theme.icons import icon
from marketer_desktop.ui.widgets.editor import blocks, inline, lists, tables
from marketer_desktop.ui.widgets.editor.properties import is_cell, is_verbatim

HEADINGS = range(7)


@dataclass(frozen=True)
class _Spec:
    """How an action is told to people; `shows_state`: it is on or off at the cursor."""

    text: str
    icon: str
    shortcut: str = ""
    shows_state: bool = False


class Commands(QObject):
    """Actions on an editor by name; they work while the keyboard is in it."""

    link_asked = Signal()  # the caller asks for a target, then calls `inline.set_link`
    image_asked = Signal()  # the caller asks for a file, then calls `insert_image`

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._actions = {name: self._made(name, spec) for name, spec in self._specs().items()}
        self._headings = [self._heading(level) for level in HEADINGS]
        editor.cursorPositionChanged.connect(self.refresh)
        editor.currentCharFormatChanged.connect(lambda look: self.refresh())
        editor.undoAvailable.connect(self.action("undo").setEnabled)
        editor.redoAvailable.connect(self.action("redo").setEnabled)
        self.action("undo").setEnabled(editor.document().isUndoAvailable())
        self.action("redo").setEnabled(editor.document().isRedoAvailable())
        self.refresh()

    def action(self, name: str) -> QAction:
        """`bold`, `italic`, `underline`, `strike`, `code`, `link`, `bullets`, `numbers`, `tasks`,
        `indent`, `outdent`, `quote`, `code_block`, `table`, `image`, `rule`, `undo` or `redo`."""
        return self._actions[name]

    def heading(self, level: int) -> QAction:
        """Make headings of this level; 0 makes paragraphs."""
        return self._headings[level]

    def refresh(self) -> None:
        """Show at each action whether it holds at the cursor."""
        cursor = self._editor.textCursor()
        sort, is_task = lists.list_sort(cursor), bool(lists.task_at(cursor.block()))
        self._check("bullets", sort == BULLETS and not is_task)
        self._check("numbers", sort == NUMBERS)
        self._check("tasks", is_task)
        self._check("quote", blocks.is_quoted(cursor))
        self._check("code_block", is_verbatim(cursor.block()))
        for name in inline.WRITTEN:
            self._check(name, inline.is_marked(self._editor, name))
        self._check("link", bool(inline.link_at(cursor)))
        level = blocks.heading_level(cursor)
        for n, action in enumerate(self._headings):
            action.setChecked(n == level)
        can_write = not self._editor.isReadOnly()
        if can_write != self.action("bold").isEnabled():
            self._enable(can_write)
        self.action("table").setEnabled(can_write and not is_cell(cursor.block()))

    def _check(self, name: str, value: bool) -> None:
        action = self._actions[name]
        if action.isChecked() != value:
            action.setChecked(value)

    def _enable(self, value: bool) -> None:
        for name, action in self._actions.items():
            if name not in ("undo", "redo"):
                action.setEnabled(value)
        for action in self._headings:
            action.setEnabled(value)

    def _specs(self) -> dict[str, _Spec]:
        return {
            "bold": _Spec(self.tr("Bold"), "bold", "Ctrl+B", True),
            "italic": _Spec(self.tr("Italic"), "italic", "Ctrl+I", True),
            "underline": _Spec(self.tr("Underline"), "underline", "Ctrl+U", True),
            "strike": _Spec(self.tr("Strikethrough"), "strikethrough", "Ctrl+Shift+X", True),
            "code": _Spec(self.tr("Inline code"), "code", "Ctrl+E", True),
            "link": _Spec(self.tr("Link"), "link", "Ctrl+Shift+K", True),
            "bullets": _Spec(self.tr("Bulleted list"), "list", "Ctrl+Shift+8", True),
            "numbers": _Spec(self.tr("Numbered list"), "list-ordered", "Ctrl+Shift+7", True),
            "tasks": _Spec(self.tr("Task list"), "list-checks", "Ctrl+Shift+9", True),
            "indent": _Spec(self.tr("Indent"), "list-indent-increase", "Ctrl+]"),
            "outdent": _Spec(self.tr("Outdent"), "list-indent-decrease", "Ctrl+["),
            "quote": _Spec(self.tr("Quote"), "quote", "Ctrl+Shift+.", True),
            "code_block": _Spec(self.tr("Code block"), "square-code", "Ctrl+Alt+C", True),
            "table": _Spec(self.tr("Table"), "table"),
            "image": _Spec(self.tr("Image"), "image"),
            "rule": _Spec(self.tr("Divider"), "minus"),
            "undo": _Spec(self.tr("Undo"), "undo-2", "Ctrl+Z"),
            "redo": _Spec(self.tr("Redo"), "redo-2", "Ctrl+Shift+Z"),
        }

    def _run(self, name: str) -> None:
        """Do it; the keyboard stays in the text."""
        if name == "link":
            self.link_asked.emit()
        elif name == "image":
            self.image_asked.emit()
        elif name in ("undo", "redo"):
            getattr(self._editor, name)()
        elif name in inline.WRITTEN:
            inline.toggle_mark(self._editor, name)
        else:
            self._at_cursor(_ON_CURSOR[name])
        self.refresh()

    def _at_cursor(self, work: Callable[[QTextCursor], object]) -> None:
        cursor = self._editor.textCursor()
        work(cursor)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()

    def _made(self, name: str, spec: _Spec) -> QAction:
        action = QAction(icon(spec.icon), spec.text, self)
        action.setCheckable(spec.shows_state)
        self._bind(action, spec.shortcut)
        action.triggered.connect(lambda checked=False: self._run(name))
        return action

    def _heading(self, level: int) -> QAction:
        text = self.tr("Heading {level}").format(level=level) if level else self.tr("Paragraph")
        action = QAction(text, self)
        action.setCheckable(True)
        self._bind(action, f"Ctrl+Alt+{level}")
        action.triggered.connect(lambda checked=False: self._set_heading(level))
        return action

    def _set_heading(self, level: int) -> None:
        self._at_cursor(lambda cursor: blocks.set_heading(cursor, level))
        self.refresh()

    def _bind(self, action: QAction, shortcut: str) -> None:
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            native = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()} ({native})")
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._editor.addAction(action)


_ON_CURSOR: dict[str, Callable[[QTextCursor], object]] = {
    "bullets": lambda cursor: lists.toggle_list(cursor, BULLETS),
    "numbers": lambda cursor: lists.toggle_list(cursor, NUMBERS),
    "tasks": lambda cursor: lists.toggle_tasks(cursor, BULLETS),
    "indent": lists.indent,
    "outdent": lists.outdent,
    "quote": blocks.toggle_quote,
    "code_block": blocks.toggle_code,
    "table": tables.insert_table,
    "rule": blocks.insert_rule,
}

"""The bar above the text; what does not fit goes into a menu at its end."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QSizePolicy, QToolButton, QWidget

from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.popups import round_corners
from marketer_desktop.ui.theme.type import set_font
from marketer_desktop.ui.widgets.button import IconButton
from marketer_desktop.ui.widgets.editor.commands import HEADINGS, Commands
from marketer_desktop.ui.widgets.select import Select

HEIGHT = 44
BUTTON = 32
ICON = 18
SELECT_WIDTH = 128
START, EDGE = 28, 8  # the first word stands above the edge of the text
GAP = 12  # between groups
GROUPS = (
    ("bold", "italic", "underline"),
    ("link", "bullets", "numbers", "code"),
    ("table", "image"),
    ("undo", "redo"),
)
ALWAYS_IN_MENU = ("strike", "tasks", "indent", "outdent", "quote", "code_block", "rule")


class EditorToolbar(QWidget):
    """Style of the block, marks, lists, and the rest behind `…`."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._commands = commands
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Formatting"))
        self._style = self._style_select()
        self._groups = [self._group(names) for names in GROUPS]
        self._menu = QMenu(self)
        round_corners(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._more = self._more_button()
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """The style and the menu are always there."""
        return QSize(START + SELECT_WIDTH + BUTTON + EDGE, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many groups as fit: the marks first, then undo and redo, then the others."""
        super().resizeEvent(event)
        room = self.width() - START - EDGE - SELECT_WIDTH - BUTTON
        for group in [self._groups[0], self._groups[-1], *self._groups[1:-1]]:
            room -= group.sizeHint().width()
            group.setVisible(room >= 0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # groups hide instead
        row.setContentsMargins(START, 0, EDGE, 0)
        row.setSpacing(0)
        row.addWidget(self._style)
        for group in self._groups:
            row.addWidget(group)
        row.addStretch(1)
        row.addWidget(self._more)

    def _style_select(self) -> Select:
        select = Select(self)
        select.setProperty("variant", "ghost")
        select.setAccessibleName(self.tr("Block style"))
        select.setToolTip(self.tr("Block style"))
        set_font(select, "strong")
        select.setFixedSize(SELECT_WIDTH, BUTTON)
        for level in HEADINGS:
            action = self._commands.heading(level)
            select.add(action.text(), level)
            action.toggled.connect(lambda on, level=level: self._show_level(on, level))
        select.set_value(0)
        select.chosen.connect(lambda level: self._commands.heading(level).trigger())
        return select

    def _show_level(self, on: bool, level: int) -> None:
        if on:
            self._style.set_value(level)

    def _group(self, names: tuple[str, ...]) -> QWidget:
        group = QWidget(self)
        row = QHBoxLayout(group)
        row.setContentsMargins(GAP, 0, 0, 0)
        row.setSpacing(0)
        for name in names:
            row.addWidget(self._button(name))
        return group

    def _button(self, name: str) -> QToolButton:
        action = self._commands.action(name)
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setIconSize(QSize(ICON, ICON))
        button.setFixedSize(BUTTON, BUTTON)
        button.setProperty("size", "sm")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(action.text())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in the text
        ring_on_focus(button, 6)
        return button

    def _more_button(self) -> IconButton:
        button = IconButton("ellipsis", self.tr("More formatting"), size=BUTTON, parent=self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMenu(self._menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _fill_menu(self) -> None:
        self._menu.clear()
        hidden: list[QAction] = [
            self._commands.action(name)
            for names, group in zip(GROUPS, self._groups, strict=True)
            for name in names
            if group.isHidden()
        ]
        self._menu.addActions(hidden)
        if hidden:
            self._menu.addSeparator()
        self._menu.addActions([self._commands.action(name) for name in ALWAYS_IN_MENU])

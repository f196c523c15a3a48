"""Menus: the actions on a row, behind a button, in the tray."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from marketer_desktop.ui.theme.icons import icon
from marketer_desktop.ui.theme.popups import round_corners


@dataclass(frozen=True)
class MenuItem:
    """One action; `checked` makes it one that is on or off."""

    text: str
    chosen: Callable[[], None]
    icon: str = ""
    shortcut: str = ""
    enabled: bool = True
    checked: bool | None = None
    danger: bool = False


def menu(parent: QWidget | None, actions: Sequence[MenuItem | None]) -> QMenu:
    """A menu of `actions`; None is a line between. Show it with `popup(position)`."""
    made = QMenu(parent)
    round_corners(made)
    for item in actions:
        if item is None:
            made.addSeparator()
        else:
            made.addAction(_action(made, item))
    return made


def _action(parent: QMenu, item: MenuItem) -> QAction:
    action = QAction(item.text, parent)
    if item.icon or item.checked:
        role = "error_icon" if item.danger else "secondary"
        action.setIcon(icon("check" if item.checked else item.icon, role, 16))
    if item.shortcut:  # it is only told here: who listens to the key is the view
        action.setShortcut(QKeySequence(item.shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.setEnabled(item.enabled)
    if item.checked is not None:
        action.setCheckable(True)
        action.setChecked(item.checked)
    action.triggered.connect(lambda checked=False: item.chosen())
    return action

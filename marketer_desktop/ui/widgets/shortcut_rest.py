"""The window's shortcuts, put to rest while a sheet lies over it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

Found = TypeVar("Found", QShortcut, QAction, QAbstractButton)


class ShortcutRest:
    """Takes the keys from whatever in `window` has some and is not part of `sheet`.

    What is enabled and what not stays as it is: that is for its owner to say.
    """

    def __init__(self, window: QWidget, sheet: QWidget) -> None:
        self._window, self._sheet = window, sheet
        self._give_back: list[Callable[[], None]] = []

    def begin(self) -> None:
        """Take the keys away."""
        for shortcut in self._strangers(QShortcut):
            if keys := shortcut.keys():
                self._later(shortcut, shortcut.setKeys, keys)
                shortcut.setKeys([])
        for action in self._strangers(QAction):
            if keys := action.shortcuts():
                self._later(action, action.setShortcuts, keys)
                action.setShortcuts([])
        for button in self._strangers(QAbstractButton):
            if not (key := button.shortcut()).isEmpty():
                self._later(button, button.setShortcut, key)
                button.setShortcut(QKeySequence())

    def end(self) -> None:
        """Give the keys back."""
        waiting, self._give_back = self._give_back, []
        for give in waiting:
            give()

    def _strangers(self, kind: type[Found]) -> list[Found]:
        return [found for found in self._window.findChildren(kind) if not self._belongs(found)]

    def _later(self, owner: QObject, give: Callable[..., None], keys: object) -> None:
        self._give_back.append(lambda: give(keys) if isValid(owner) else None)

    def _belongs(self, owner: QObject) -> bool:
        parent = owner.parent()
        while parent is not None and parent is not self._sheet:
            parent = parent.parent()
        return parent is self._sheet

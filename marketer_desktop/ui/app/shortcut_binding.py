"""Binds the window's shortcuts, as the one table of them has them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.shell.frame import Frame
from marketer_desktop.ui.shell.shortcut_sheet import ShortcutSheet
from marketer_desktop.ui.shell.shortcuts import bound
from marketer_desktop.ui.shell.window import MainWindow

PAGES = ("dashboard", "projects", "calendar", "documents", "team", "settings")


def bind_shortcuts(
    window: MainWindow,
    frame: Frame,
    context: PageContext,
    open_palette: Callable[[], None],
    leave: Callable[[], None],
) -> None:
    """Bind them all; a sheet puts them to rest while it lies over the window."""
    works: dict[str, Callable[[], None]] = {
        "palette": open_palette,
        "new_activity": context.go.new_activity,
        "region": lambda: to_next_region(frame),
        "back": context.go.back,
        "shortcuts": lambda: ShortcutSheet(window).open_sheet(),
        "quit": leave,
        **{page: _shower(context, page) for page in PAGES},
    }
    for entry in bound():
        window.bind(entry.keys, works[entry.name])


def to_next_region(frame: Frame) -> None:
    """Move the focus from topbar to sidebar to page, and round again."""
    regions: list[QWidget] = [frame.topbar, frame.sidebar, frame.pages]
    regions = [region for region in regions if region.isVisible()]
    focused = QApplication.focusWidget()
    place = next((n for n, r in enumerate(regions) if focused and r.isAncestorOf(focused)), -1)
    for region in regions[place + 1 :] + regions[: place + 1]:
        target = first_control(region)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def first_control(region: QWidget) -> QWidget | None:
    """The first control of a region that takes the focus from Tab."""
    for widget in region.findChildren(QWidget):
        takes_it = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_it and widget.isVisible() and widget.isEnabled():
            return widget
    return None


def _shower(context: PageContext, page: str) -> Callable[[], None]:
    return lambda: context.go.to(page)

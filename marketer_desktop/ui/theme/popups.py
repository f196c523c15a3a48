"""Round corners for menus and lists that pop up, where the screen can show them."""

import ctypes
import ctypes.util
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.theme.sheet import restyle


def round_corners(popup: QWidget) -> bool:
    """Make the corners of `popup` see-through; False where they would come out black."""
    popup.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    popup.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
    is_round = blends()
    popup.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, is_round)
    restyle(popup, corners="round" if is_round else "square")
    for part in popup.findChildren(QWidget):
        restyle(part)  # rules for parts look at the popup's property, but not again by themselves
    return is_round


@cache
def blends() -> bool:
    """Whether windows are laid over each other with transparency."""
    return QGuiApplication.platformName() != "xcb" or _has_x11_compositor()


def _has_x11_compositor() -> bool:
    """Ask who owns `_NET_WM_CM_S0`, as the EWMH has compositors own it; Qt does not tell."""
    name = ctypes.util.find_library("X11")
    if name is None:
        return False
    x11 = ctypes.CDLL(name)
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    handle = ctypes.c_void_p(display)
    atom = ctypes.c_ulong(x11.XInternAtom(handle, b"_NET_WM_CM_S0", 0))
    owner = x11.XGetSelectionOwner(handle, atom)
    x11.XCloseDisplay(handle)
    return bool(owner)

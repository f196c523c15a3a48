"""The frame around the pages: topbar, sidebar, and how they fit the width."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.shell.navigation import PageStack
from marketer_desktop.ui.shell.sidebar import Sidebar
from marketer_desktop.ui.shell.topbar import Topbar
from marketer_desktop.ui.theme.theme import color, current

Mode = Literal["wide", "rail", "drawer"]
RADIUS = 12
DRAWER_BELOW, RAIL_BELOW, WIDE_EDITOR_FROM = 768, 1024, 1440


def mode_for(width: int, page: str) -> Mode:
    """How the sidebar is shown in a window of `width` pixels."""
    if width < DRAWER_BELOW:
        return "drawer"
    narrow = RAIL_BELOW if page != "editor" else WIDE_EDITOR_FROM
    return "rail" if width < narrow else "wide"


class Frame(QWidget):
    """Bars and pages; the pages' ground has a round corner where the bars meet."""

    def __init__(self, topbar: Topbar, sidebar: Sidebar, pages: PageStack) -> None:
        super().__init__()
        self.topbar, self.sidebar, self.pages = topbar, sidebar, pages
        self._ground = _Ground(pages)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(sidebar)
        body.addWidget(self._ground, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(topbar)
        column.addLayout(body, 1)
        pages.shown_page.connect(self.fit)
        self.setAutoFillBackground(True)
        current().changed.connect(self._repaint)
        self._repaint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the bars to the new width."""
        super().resizeEvent(event)
        self.fit()

    def add_notice(self, notice: QWidget) -> None:
        """Have something shown above all pages, as long as it is visible."""
        self._ground.notices.addWidget(notice)

    def fit(self) -> None:
        """Choose the bars' forms for the width and the page."""
        mode = mode_for(self.width(), self.pages.current_page)
        self.sidebar.set_mode(mode)
        self.topbar.set_compact(self.width() < RAIL_BELOW)
        self._ground.set_corner(mode != "drawer")

    def _repaint(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), color("chrome"))
        self.setPalette(palette)
        self._ground.update()


class _Ground(QWidget):
    """The plane under the pages."""

    def __init__(self, pages: PageStack) -> None:
        super().__init__()
        self._corner = True
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 0, 0)
        layout.setSpacing(0)
        self.notices = QVBoxLayout()
        self.notices.setSpacing(0)
        layout.addLayout(self.notices)
        layout.addWidget(pages, 1)

    def set_corner(self, round_: bool) -> None:
        """Whether the upper left corner is round."""
        self._corner = round_
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The window's plane with a hairline to the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = RADIUS if self._corner else 0
        outline = QPainterPath()
        # One pixel further than the widget: right and bottom have no line.
        outline.addRoundedRect(0.5, 0.5, self.width() + 20, self.height() + 20, radius, radius)
        painter.fillPath(outline, color("window"))
        painter.setPen(QPen(color("hairline"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)

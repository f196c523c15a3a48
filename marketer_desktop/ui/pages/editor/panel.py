"""The right side of the editor: the view of the chosen tab, or the revisions."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from marketer_desktop.ui.pages.editor.analytics_panel import AnalyticsPanel
from marketer_desktop.ui.pages.editor.presenter import TextState
from marketer_desktop.ui.pages.editor.revisions_panel import RevisionsPanel
from marketer_desktop.ui.pages.editor.seo_panel import SeoPanel
from marketer_desktop.ui.pages.editor.social_panel import SocialPanel
from marketer_desktop.ui.theme.sheet import restyle, set_plane

WIDE, MEDIUM = 416, 344
LEAST_BELOW = 240


class EditorPanel(QWidget):
    """Beside the text, or below it in a narrow window."""

    def __init__(self) -> None:
        super().__init__()
        set_plane(self, "window")
        self.seo, self.social = SeoPanel(), SocialPanel()
        self.analytics, self.revisions = AnalyticsPanel(), RevisionsPanel()
        self._views = QStackedWidget()
        self._by_name: dict[str, QWidget] = {
            "seo": self.seo,
            "social": self.social,
            "analytics": self.analytics,
            "revisions": self.revisions,
        }
        for view in self._by_name.values():
            self._views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 0, 0)
        column.addWidget(self._views)

    def load(self, state: TextState) -> None:
        """Show another text in every view."""
        self.seo.load(state)
        self.social.load(state)
        self.analytics.load(state)

    def show_view(self, name: str) -> None:
        """Show `seo`, `social`, `analytics` or `revisions`."""
        self._views.setCurrentWidget(self._by_name[name])

    def fit(self, window_width: int, *, below: bool) -> None:
        """Take the width that the window allows; below the text, all of it."""
        restyle(self, edge="top" if below else "left")
        if below:
            self.setMinimumSize(QSize(0, LEAST_BELOW))
            self.setMaximumSize(QSize(16777215, 16777215))
            return
        width = WIDE if window_width >= 1024 else MEDIUM
        self.setMinimumSize(QSize(width, 0))
        self.setMaximumSize(QSize(width, 16777215))

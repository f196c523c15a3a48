"""The foot of the text: how long it is, and whether it is saved."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.services.check_text import TextReport
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.theme.sheet import restyle, set_plane
from marketer_desktop.ui.widgets.button import LinkButton
from marketer_desktop.ui.widgets.label import Label

HEIGHT = 36
WIDE_FROM = 420
TEXT_EDGE = 40  # where the text begins


class StatusBar(QWidget):
    """36 px."""

    def __init__(self) -> None:
        super().__init__()
        set_plane(self, "surface")
        restyle(self, edge="top")
        self.setFixedHeight(HEIGHT)
        self.words = Label("", "caption", "secondary", tabular=True)
        self.minutes = Label("", "caption", "secondary", tabular=True)
        self.flesch = Label("", "caption", "secondary", tabular=True)
        self.flesch.setToolTip(said("Reading ease: from 60 up, most people read it with ease."))
        self.stand = Label("", "caption", "secondary")
        self.problem = Label(said("Not saved"), "caption_label", "error_text")
        self.retry = LinkButton(said("Try again"))
        self.retry.hide()
        self.problem.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(TEXT_EDGE, 0, 20, 0)
        row.setSpacing(16)
        for widget in (self.words, self.minutes, self.flesch):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.problem)
        row.addWidget(self.retry)
        row.addWidget(self.stand)

    def minimumSizeHint(self) -> QSize:
        """The bar never keeps the text from getting narrower."""
        return QSize(0, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fewest people look for goes first."""
        super().resizeEvent(event)
        self.flesch.setVisible(self.width() >= WIDE_FROM)

    def set_report(self, report: TextReport) -> None:
        """Say how long the text is."""
        self.words.setText(said("{0} words").format(f"{report.word_count:,}"))
        self.minutes.setText(said("{0} min read").format(report.minutes))
        self.flesch.setText(said("Flesch {0}").format(round(report.score.flesch)))

    def set_stand(self, stand: str, problem: str) -> None:
        """Say whether the text is saved; a problem stays until it is gone."""
        failed = stand in ("failed", "stale")
        self.problem.setToolTip(problem)
        self.problem.setVisible(failed)
        self.retry.setVisible(stand == "failed")
        self.stand.setVisible(not failed)
        names = {"saved": said("Saved"), "saving": said("Saving…"), "changed": said("Saving…")}
        self.stand.setText(names.get(stand, ""))

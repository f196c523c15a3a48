"""The card that an outline is changed in."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from marketer_desktop.ui.pages.progress.outline import wording
from marketer_desktop.ui.pages.progress.outline.presenter import OutlinePresenter
from marketer_desktop.ui.pages.progress.outline.section_list import SectionList
from marketer_desktop.ui.pages.progress.outline.wording import tr
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import EDGE, Card
from marketer_desktop.ui.widgets.divider import Divider
from marketer_desktop.ui.widgets.label import Label

MARGIN = 12


class OutlineCard(Card):
    """Its head and foot stay while the sections scroll."""

    changed = Signal()
    removed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Outline"), parent=parent)
        self.presenter = OutlinePresenter()
        self.total = Label("", "secondary", "secondary", tabular=True)
        self.headline = Label("", "section", wrap=True)
        self.about = Label("", "secondary", "secondary", elide=True)
        self.sections = SectionList()
        self.add = Button(tr("Add section"), variant="ghost", icon="plus")
        self.note = Label("", "secondary", "secondary", wrap=True)
        self._lay_out()
        self.sections.changed.connect(self._on_changed)
        self.sections.removed.connect(self.removed)
        self.sections.focused.connect(self._show_whole)
        self.add.clicked.connect(self.sections.add)

    def show_outline(self, presenter: OutlinePresenter) -> None:
        """Show an outline anew."""
        self.presenter = presenter
        self.headline.setText(presenter.title)
        self.about.setText(wording.about(presenter.keyphrase))
        self.sections.show_sections(presenter)
        self._area.verticalScrollBar().setValue(0)

    def complain(self) -> bool:
        """Say all that is wrong, with the keyboard at the first; whether there was anything."""
        wrong = self.presenter.first_wrong()
        self._refresh()
        if wrong is not None:
            self.sections.focus_section(wrong)
        return wrong is not None or self.presenter.is_too_short

    def set_stacked(self, stacked: bool) -> None:
        """Where it lies below the run, the page scrolls, and not the card."""
        self._stacked = stacked
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the sections."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return False

    def _fit(self) -> None:
        self._area.setMinimumHeight(self._plane.sizeHint().height() if self._stacked else 0)

    def _lay_out(self) -> None:
        self.head.addWidget(self.total)
        self._stacked = False
        self._plane = QWidget()
        column = self._column = QVBoxLayout(self._plane)
        column.setContentsMargins(EDGE, 16, EDGE, 16)
        column.setSpacing(2)
        column.addWidget(self.headline)
        column.addWidget(self.about)
        column.addSpacing(8)
        column.addWidget(self.sections)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._plane)
        self._plane.installEventFilter(self)
        self._area.viewport().setAutoFillBackground(False)
        self._plane.setAutoFillBackground(False)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._foot = self._foot_line()
        for part in (Divider(), self._area, self._foot):
            self.body.addWidget(part, 1 if part is self._area else 0)

    def _foot_line(self) -> QWidget:
        foot, line = QWidget(), QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Divider())
        column.addWidget(line)
        row = QHBoxLayout(line)
        row.setContentsMargins(EDGE - 16, 8, EDGE, 8)
        row.setSpacing(16)
        row.addWidget(self.add)
        row.addWidget(self.note, 1)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return foot

    def _on_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        presenter = self.presenter
        self.total.setText(wording.total(presenter))
        self.total.setVisible(presenter.is_long_form)
        self._foot.setVisible(presenter.is_long_form)
        self.add.setEnabled(presenter.can_add)
        self.note.setText(wording.note(presenter))
        self.note.set_role("error_text" if presenter.is_too_short else "secondary")
        self.sections.show_problems(wording.problem)

    def _show_whole(self, row: QWidget) -> None:
        """Scroll the sections, and the page around them, so far that the row is seen."""
        self._column.activate()
        outer: QWidget | None = row
        while outer is not None:
            if isinstance(outer, QScrollArea):
                outer.ensureWidgetVisible(row, 0, MARGIN)
            outer = outer.parentWidget()

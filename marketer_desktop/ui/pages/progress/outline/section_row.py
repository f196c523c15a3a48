"""One section of an outline: its heading, what it says, and how long it is."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from marketer_desktop.ui.pages.progress.outline.grip import Grip
from marketer_desktop.ui.pages.progress.outline.points_input import PointsInput
from marketer_desktop.ui.pages.progress.outline.presenter import (
    FEWEST_WORDS,
    MOST_WORDS,
    Section,
)
from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.button import IconButton
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.number_input import NumberInput
from marketer_desktop.ui.widgets.painting import fill_rounded
from marketer_desktop.ui.widgets.text_input import TextInput

WORD_STEP = 10
AIR = 8
RADIUS = 8


class SectionRow(QWidget):
    """Tells what is typed; `show_problem` says what is wrong with it."""

    typed = Signal()
    left_heading = Signal()
    removed = Signal()
    held = Signal(bool)
    dragged = Signal(int)
    stepped = Signal(int)

    def __init__(
        self, section: Section, *, is_long_form: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key, self._is_held = section.key, False
        self.grip = Grip(self.tr("Move this section"))
        self.heading = TextInput(self.tr("Heading"))
        self.heading.setText(section.heading)
        self.heading.setCursorPosition(0)
        self.heading.setAccessibleName(self.tr("Heading"))
        self.words = NumberInput(FEWEST_WORDS, MOST_WORDS, WORD_STEP, self.tr("words"))
        self.words.setValue(section.words)
        self.words.setAccessibleName(self.tr("Length of this section"))
        self.remove = IconButton("trash-2", self.tr("Remove this section"))
        self.points = PointsInput(self.tr("What it says, one point a line"))
        self.points.setAccessibleName(self.tr("What this section says, one point a line"))
        self.points.setPlainText("\n".join(section.points))
        self.error = Label("", "secondary", "error_text", wrap=True)
        self._lay_out(is_long_form)
        self._connect()

    def show_problem(self, said: str, *, in_heading: bool = True) -> None:
        """Say what is wrong; an empty text says that nothing is."""
        self.error.setText(said)
        self.error.setVisible(bool(said))
        for control, is_wrong in ((self.heading, in_heading), (self.points, not in_heading)):
            control.setAccessibleDescription(said if is_wrong else "")
            restyle(control, invalid=bool(said) and is_wrong)

    def set_held(self, held: bool) -> None:
        """Look as if it were lifted."""
        self._is_held = held
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A heading that was left may be said to be missing."""
        if event.type() == QEvent.Type.FocusOut:
            self.left_heading.emit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark the row that is being moved."""
        if self._is_held:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill_rounded(painter, QRectF(self.rect()), RADIUS, color("selected"))

    def _lay_out(self, is_long_form: bool) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, AIR, 0, AIR)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.grip, 0, 0)
        grid.addWidget(self.heading, 0, 1)
        grid.addWidget(self.words, 0, 2)
        grid.addWidget(self.remove, 0, 3)
        grid.addWidget(self.error, 1, 1, 1, 2)
        grid.addWidget(self.points, 2, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self.error.hide()
        if not is_long_form:  # one section without a heading, and as long as the piece
            grid.setColumnMinimumWidth(0, 0)
            for part in (self.grip, self.heading, self.words, self.remove):
                part.hide()

    def _connect(self) -> None:
        self.heading.installEventFilter(self)
        self.heading.textEdited.connect(self.typed)
        self.words.valueChanged.connect(self.typed)
        self.points.textChanged.connect(self.typed)
        self.remove.clicked.connect(self.removed)
        self.grip.held.connect(self.held)
        self.grip.dragged.connect(self.dragged)
        self.grip.stepped.connect(self.stepped)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

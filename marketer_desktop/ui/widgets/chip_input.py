"""A field for several words: Enter or a comma makes each a chip."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QStyle, QWidget

from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.theme.type import set_font
from marketer_desktop.ui.widgets.chip import HEIGHT as CHIP
from marketer_desktop.ui.widgets.chip import Chip
from marketer_desktop.ui.widgets.enter_key import KEYS

EDGE = 6  # round the chips, the border included
GAP = 6
TYPING = 140  # px that are left to type in, else the line goes below
INDENT, ALONE_INDENT = 2, 6  # before the text that is typed


class ChipInput(QFrame):
    """Backspace takes the last chip away; the left arrow goes to the chips."""

    changed = Signal(list)  # the values, when a person changed them

    def __init__(
        self, placeholder: str = "", limit: int = 10, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._limit = limit
        self._chips: list[Chip] = []
        self._line = QLineEdit(self)
        self._placeholder = placeholder
        self._line.setProperty("bare", True)
        self._line.installEventFilter(self)
        self._line.textEdited.connect(self._on_edited)
        set_font(self._line, "body")
        self.setProperty("input", True)
        self.setFocusProxy(self._line)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._arrange()

    def values(self) -> list[str]:
        """The words in order, without what is still being typed."""
        return [chip.text for chip in self._chips]

    def set_values(self, values: list[str]) -> None:
        """Show other words without telling."""
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(value) for value in values[: self._limit]]
        self._arrange()

    def add(self, value: str) -> bool:
        """Take up a word as if it was typed; False if it is there already or too many are."""
        word = " ".join(value.split())
        known = {each.casefold() for each in self.values()}
        if not word or word.casefold() in known or len(known) >= self._limit:
            return False
        self._chips.append(self._chip(word))
        self._arrange()
        self.changed.emit(self.values())
        return True

    def setAccessibleName(self, name: str) -> None:
        """Name the line that is typed in."""
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """As high as its lines of chips."""
        return QSize(240, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Wherever it is clicked, typing goes on."""
        self._line.setFocus(Qt.FocusReason.MouseFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of the line's focus and keys."""
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            if kind == QEvent.Type.FocusOut:
                self._take()
            restyle(self, active=kind == QEvent.Type.FocusIn)
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in KEYS and event.modifiers():
                self._take()  # Ctrl+Enter may end the form: the word counts
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that a chip's cross did not want: the arrows go from chip to chip."""
        crosses = [chip.cross for chip in self._chips]
        place = next((i for i, cross in enumerate(crosses) if cross.hasFocus()), None)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if place is None or step is None:
            super().keyPressEvent(event)
        elif place + step >= len(crosses):
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            crosses[max(0, place + step)].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() in KEYS and self._line.text().strip():
            self._take()
            return True
        at_start = self._line.cursorPosition() == 0 and not self._line.hasSelectedText()
        if not self._chips or not at_start:
            return False
        if event.key() == Qt.Key.Key_Backspace:
            self._remove(self._chips[-1])
            return True
        if event.key() == Qt.Key.Key_Left:
            self._chips[-1].cross.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _on_edited(self, text: str) -> None:
        """A comma ends a word; pasted lists come with several."""
        if "," not in text and ";" not in text:
            return
        *words, rest = text.replace(";", ",").split(",")
        for word in words:
            self.add(word)
        self._line.setText(rest.lstrip())

    def _take(self) -> None:
        word = self._line.text()
        if word.strip() and len(self._chips) < self._limit:
            self._line.clear()
            self.add(word)

    def _chip(self, word: str) -> Chip:
        chip = Chip(word, self)
        chip.removed.connect(lambda: self._remove(chip))
        chip.show()
        return chip

    def _remove(self, chip: Chip) -> None:
        self._chips.remove(chip)
        chip.hide()
        chip.deleteLater()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()
        self.changed.emit(self.values())

    def _arrange(self) -> None:
        """Set the chips in lines as words are, and the line to type in behind them."""
        is_full = len(self._chips) >= self._limit
        self._line.setReadOnly(is_full)
        self._line.setPlaceholderText("" if is_full else self._placeholder)
        at, right = QPoint(EDGE, EDGE), self.width() - EDGE
        for chip in self._chips:
            if at.x() > EDGE and at.x() + chip.width() > right:
                at = QPoint(EDGE, at.y() + CHIP + GAP)
            chip.move(self._mirrored(QRect(at, chip.size())).topLeft())
            at.setX(at.x() + chip.width() + GAP)
        if at.x() > EDGE and right - at.x() < TYPING:
            at = QPoint(EDGE, at.y() + CHIP + GAP)
        indent = ALONE_INDENT if at.x() == EDGE else INDENT
        place = QRect(at.x() + indent, at.y(), right - at.x() - indent, CHIP)
        self._line.setGeometry(self._mirrored(place))
        self.setFixedHeight(at.y() + CHIP + EDGE)

    def _mirrored(self, place: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

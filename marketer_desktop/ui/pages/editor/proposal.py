"""What a model proposes for a passage, as it writes it: to be accepted, or not."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from marketer_desktop.services.rewrite import Rewritten
from marketer_desktop.ui.pages.editor.floating import EDGE, Floating
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.theme.type import set_font
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.line_height import set_line_height
from marketer_desktop.ui.widgets.sign import Sign
from marketer_desktop.ui.widgets.spinner import Spinner
from marketer_desktop.ui.widgets.text_input import TextInput

WIDTH, LEAST_TEXT, MOST_TEXT = 520, 60, 180


class ProposalPanel(Floating):
    """Esc discards. The text can be scrolled and copied, and is not edited here."""

    accepted = Signal()
    discarded = Signal()
    again_asked = Signal()
    instructed = Signal(str)
    grew = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = Label("", "strong")
        self._spinner = Spinner(16)
        self._state = Label("", "secondary", "secondary")
        self.instruction = TextInput(said("What should be done with it?"))
        self.instruction.setAccessibleName(said("Instruction"))
        self.instruction.returnPressed.connect(self._instruct)
        self._write = Button(said("Write"))
        self._write.clicked.connect(self._instruct)
        self._wish = QWidget()
        self._text_height = 0
        self.text = QTextEdit()
        self.note = Label("", "secondary", "warning_text", wrap=True)
        self._note_sign = Sign("triangle-alert", "warning_icon", 16)
        self._note_row = QWidget()
        self.accept = Button(said("Accept"), variant="primary", size="sm", icon="check")
        self.discard = Button(said("Discard"), variant="ghost", size="sm")
        self.again = Button(said("Try again"), variant="ghost", size="sm", icon="refresh-cw")
        self.accept.clicked.connect(self.accepted)
        self.discard.clicked.connect(self.discarded)
        self.again.clicked.connect(self.again_asked)
        self._lay_out()

    def begin(self, title: str, *, wish: bool = False) -> None:
        """Open empty; with `wish` it asks for an instruction first."""
        self._text_height = 0
        self.title.setText(title)
        self.setAccessibleName(title)
        self.text.clear()
        self._wish.setVisible(wish)
        self._tell_note("")
        self._set_working(False, "")
        self._show_result(not wish)
        if wish:
            self.instruction.clear()

    def work(self) -> None:
        """The model begins, perhaps anew."""
        self._show_text("")
        self._tell_note("")
        self._show_result(True)
        self._set_working(True, said("Writing"))

    def add(self, text: str) -> None:
        """Some more of the answer."""
        bar = self.text.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 4
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)
        self._fit_text()
        if follows:
            bar.setValue(bar.maximum())

    def finish(self, proposal: Rewritten) -> None:
        """The answer as it would stand in the text, and what is to be looked at."""
        self._show_text(proposal.text)
        self._tell_note(note_on(proposal))
        self._set_working(False, "")
        self.accept.setEnabled(True)
        self.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def fail(self, message: str) -> None:
        """Say why there is no answer."""
        self._show_text(message)
        self._set_working(False, "")
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self) -> None:
        """Take the width that there is."""
        place = self.parentWidget()
        assert place is not None
        self.setFixedWidth(min(WIDTH, place.width() - 2 * EDGE))

    def focus_first(self) -> None:
        """Put the keyboard where it is needed now."""
        wished = self._wish.isVisibleTo(self)
        (self.instruction if wished else self.discard).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc discards."""
        if event.key() == Qt.Key.Key_Escape:
            self.discarded.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as its text and notes need at its width."""
        layout = self.layout()
        assert layout is not None
        if layout.hasHeightForWidth():
            return QSize(self.width(), layout.totalHeightForWidth(self.width()))
        return QSize(self.width(), layout.totalSizeHint().height())

    def _instruct(self) -> None:
        wanted = self.instruction.text().strip()
        if wanted:
            self.instructed.emit(wanted)

    def _show_text(self, text: str) -> None:
        self.text.setPlainText(text)
        self._fit_text()

    def _fit_text(self) -> None:
        """Grow with the text, up to a point."""
        set_line_height(self.text, "body")
        wanted = round(self.text.document().size().height())
        height = min(max(wanted, LEAST_TEXT, self._text_height), MOST_TEXT)
        if height != self._text_height:
            self._text_height = height
            self.text.setFixedHeight(height)
            self.grew.emit()

    def _show_result(self, shown: bool) -> None:
        for widget in (self.text, self.accept, self.again):
            widget.setVisible(shown)
        self.adjustSize()

    def _set_working(self, working: bool, state: str) -> None:
        self._spinner.setVisible(working)
        self._state.setText(state)
        self.accept.setEnabled(False)
        self.again.setEnabled(not working)
        self.discard.setText(said("Stop") if working else said("Discard"))

    def _tell_note(self, note: str) -> None:
        self.note.setText(note)
        self._note_row.setVisible(bool(note))
        self.adjustSize()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self._spinner)
        head.addWidget(self._state)
        wish = QHBoxLayout(self._wish)
        wish.setContentsMargins(0, 0, 0, 0)
        wish.setSpacing(8)
        wish.addWidget(self.instruction, 1)
        wish.addWidget(self._write)
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setProperty("role", "proposal")
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(said("Proposal"))
        self.text.viewport().setAutoFillBackground(False)
        self.text.document().setDocumentMargin(0)
        set_font(self.text, "body")
        note = QHBoxLayout(self._note_row)
        note.setContentsMargins(0, 0, 0, 0)
        note.setSpacing(8)
        note.addWidget(self._note_sign, 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self.note, 1)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self.discard)
        foot.addWidget(self.again)
        foot.addStretch(1)
        foot.addWidget(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._wish)
        column.addWidget(self.text)
        column.addWidget(self._note_row)
        column.addLayout(foot)


def note_on(proposal: Rewritten) -> str:
    """What to look at before a proposal is taken; empty if there is nothing."""
    notes = []
    if proposal.invented:
        new = ", ".join(proposal.invented)
        notes.append(said("New in it: {0}. Check it before you accept.").format(new))
    if proposal.lost_citations:
        lost = ", ".join(f"[{n}]" for n in proposal.lost_citations)
        notes.append(said("Without the citation {0}.").format(lost))
    if proposal.cut:
        notes.append(said("The model had more to say than there was room for: the end is missing."))
    return " ".join(notes)

"""One cloud: whether it can be used, and its key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.providers import ProviderState
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import EDGE
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.pill import Pill


class ProviderRow(QWidget):
    """Emits what is asked for; the card does it."""

    key_asked = Signal()
    check_asked = Signal()
    remove_asked = Signal()

    def __init__(
        self, state: ProviderState, *, keyring: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.state = state
        self.pill = Pill(*self._stands())
        self.add = Button(self.tr("Add key…"), variant="soft", size="sm")
        self.add.setAccessibleName(self.tr("Add key for {name}").format(name=state.title))
        self.check = Button(self.tr("Check"), size="sm")
        self.check.setAccessibleName(self.tr("Check {name}").format(name=state.title))
        self.remove = Button(self.tr("Remove"), variant="ghost", size="sm")
        self.remove.setAccessibleName(self.tr("Remove key for {name}").format(name=state.title))
        self.note = Label(self._hint(keyring), "secondary", "secondary", wrap=True)
        self._lay_out()
        usable = state.installed and state.source is not None
        self.add.setVisible(state.installed and keyring and state.source is None)
        self.check.setVisible(usable)
        self.remove.setVisible(usable and state.source == "keyring")
        self.note.setVisible(bool(self.note.text()))
        self.add.clicked.connect(self.key_asked)
        self.check.clicked.connect(self.check_asked)
        self.remove.clicked.connect(self.remove_asked)

    def show_checking(self) -> None:
        """The cloud is being asked."""
        self.check.set_loading(True)

    def show_result(self, text: str, *, failed: bool) -> None:
        """What the cloud said, or why it could not be asked."""
        self.check.set_loading(False)
        self.note.setText(text)
        self.note.set_role("error_text" if failed else "success_text")
        self.note.show()

    def _stands(self) -> tuple[str, str]:
        if not self.state.installed:
            return self.tr("Not installed"), "neutral"
        if self.state.source is None:
            return self.tr("No key"), "neutral"
        return self.tr("Key set"), "success"

    def _hint(self, keyring: bool) -> str:
        if not self.state.installed:
            how = self.tr("Install it with “{command}”, then start the program again.")
            return how.format(command="pip install 'marketer-desktop[cloud]'")
        if self.state.source == "environment":
            return self.tr("The key comes from the variable {name}.").format(
                name=self.state.variable
            )
        if self.state.source is None and not keyring:
            how = self.tr("Set the variable {name}, then start the program again.")
            return how.format(name=self.state.variable)
        return ""

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(self.state.title, "label"))
        row.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for button in (self.remove, self.check, self.add):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 12, EDGE, 12)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.note)

"""Asks for the name of a new organization."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.text_input import TextInput


class OrganizationSheet(Sheet):
    """Closes once there is a name."""

    named = Signal(str)

    def __init__(self, window: QWidget) -> None:
        title = QCoreApplication.translate("OrganizationSheet", "New organization")
        super().__init__(window, title, width=480, height=300)
        self._name = TextInput(self.tr("For example: a client of yours"))
        hint = self.tr("It has its own projects, documents and voice. Nothing is shared.")
        self._field = Field(self.tr("Name"), self._name, hint=hint)
        self.body.addWidget(self._field)
        self.body.addStretch(1)
        cancel = Button(self.tr("Cancel"), variant="ghost")
        cancel.clicked.connect(self.close_sheet)
        create = Button(self.tr("Create organization"), variant="primary")
        create.clicked.connect(self._create)
        self._name.returnPressed.connect(self._create)
        self.closed.connect(self.deleteLater)
        self.footer.addWidget(cancel)
        self.footer.addStretch(1)
        self.footer.addWidget(create)

    def _create(self) -> None:
        name = " ".join(self._name.text().split())
        if not name:
            self._field.set_error(self.tr("Enter a name."))
            return
        self.named.emit(name)
        self.close_sheet()

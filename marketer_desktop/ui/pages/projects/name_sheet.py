"""The sheet that gives a project its name."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.pages.projects.presenter import NameProblem
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.text_input import TextArea, TextInput

WIDTH = 480


class NameSheet(Sheet):
    """`problem` tells what is wrong with a name; it is asked on leaving the field, then live."""

    named = Signal(str, str)  # name, description

    def __init__(
        self,
        window: QWidget,
        title: str,
        action: str,
        problem: Callable[[str], NameProblem | None],
        *,
        name: str = "",
        with_description: bool = False,
    ) -> None:
        super().__init__(window, title, width=WIDTH, height=0)
        self._problem, self._live = problem, False
        self.name = TextInput(self.tr("Such as a brand, a client or a product"))
        self.name.setText(name)
        self.field = Field(self.tr("Name"), self.name)
        self.description = TextArea(self.tr("What it is about, for you and your team"), lines=3)
        self.body.addWidget(self.field)
        if with_description:
            self.body.addWidget(Field(self.tr("Description"), self.description, optional=True))
        self._cancel = Button(self.tr("Cancel"))
        self.save = Button(action, variant="primary")
        self.footer.addStretch(1)
        self.footer.addWidget(self._cancel)
        self.footer.addWidget(self.save)
        self._connect()

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._finish)
        self.name.returnPressed.connect(self._finish)
        self.name.editingFinished.connect(self._check)
        self.name.textEdited.connect(lambda: self._check() if self._live else None)
        self.closed.connect(self.deleteLater)

    def _check(self) -> bool:
        """Nothing is said of a field that was never filled in."""
        if not self.name.text().strip() and not self._live:
            return False
        return self._judge()

    def _judge(self) -> bool:
        self._live = True
        problem = self._problem(self.name.text())
        said = {
            "missing": self.tr("Enter a name."),
            "long": self.tr("Use at most 255 characters."),
            "taken": self.tr("There is a project with this name already. Choose another one."),
        }
        self.field.set_error(said[problem] if problem else None)
        return problem is None

    def _finish(self) -> None:
        if self._judge():
            self.named.emit(self.name.text().strip(), self.description.toPlainText().strip())
            self.accept()
        else:
            self.name.setFocus()

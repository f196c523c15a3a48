"""The question about changes that were not saved."""

import asyncio
from typing import Literal

from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sheet import Sheet

WIDTH = 440
Answer = Literal["save", "discard", "stay"]


class UnsavedSheet(Sheet):
    """Esc and the cross go on editing."""

    def __init__(self, window: QWidget, *, can_save: bool) -> None:
        super().__init__(window, "", width=WIDTH, height=0)
        self.title.setText(self.tr("Save your changes?"))
        self.setAccessibleName(self.title.text())
        self._answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        text = self.tr("What you changed here is not saved yet.")
        self.body.addWidget(Label(text, "body", "secondary", wrap=True))
        self.stay = Button(self.tr("Go on editing"), variant="ghost")
        self.discard = Button(self.tr("Discard"))
        self.save = Button(self.tr("Save"), variant="primary")
        self.save.setEnabled(can_save)
        self.footer.addWidget(self.stay)
        self.footer.addStretch(1)
        self.footer.addWidget(self.discard)
        self.footer.addWidget(self.save)
        self.stay.clicked.connect(self.reject)
        self.discard.clicked.connect(lambda: self._settle("discard"))
        self.save.clicked.connect(lambda: self._settle("save"))
        self.closed.connect(lambda: self._settle("stay"))

    async def ask(self) -> Answer:
        """Ask, and wait."""
        self.open_sheet()
        try:
            return await self._answer
        finally:
            self.close_sheet()
            self.deleteLater()

    def _settle(self, answer: Answer) -> None:
        if not self._answer.done():
            self._answer.set_result(answer)

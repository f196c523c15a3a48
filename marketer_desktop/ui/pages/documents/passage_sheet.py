"""A passage in its place, with the text before and after it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.passages import ShownPassage
from marketer_desktop.ui.pages.documents import wording
from marketer_desktop.ui.pages.documents.marking import Piece, marked
from marketer_desktop.ui.pages.documents.passage_text import PassageText
from marketer_desktop.ui.pages.documents.wording import tr
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sheet import Sheet


class PassageSheet(Sheet):
    """Shown until it is closed, then gone."""

    open_asked = Signal()

    def __init__(self, window: QWidget, passage: ShownPassage, query: str) -> None:
        super().__init__(window, passage.filename, width=680, height=520)
        where = wording.place(passage.page, passage.heading)
        self.header.addWidget(Label(where, "secondary", "secondary", elide=True))
        self.text = PassageText(selectable=True)
        self.text.setAccessibleName(tr("Passage"))
        before = f"… {passage.before}" if passage.before else ""
        after = f"{passage.after} …" if passage.after else ""
        self.text.set_parts(
            [
                ("muted", [Piece(before)]),
                ("text", marked(passage.text, query)),
                ("muted", [Piece(after)]),
            ]
        )
        self.body.addWidget(self.text)
        self.body.addStretch(1)
        self.open_file = Button(tr("Open file"), icon="external-link")
        self.open_file.setVisible(passage.path is not None)
        self._close = Button(tr("Close"))
        self.footer.addStretch(1)
        self.footer.addWidget(self.open_file)
        self.footer.addWidget(self._close)
        self.open_file.clicked.connect(self.open_asked)
        self._close.clicked.connect(self.reject)
        self.closed.connect(self.deleteLater)

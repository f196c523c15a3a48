"""Publishing, as far as it goes now: download the text, and mark it as published."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.pages.editor.presenter import TextState
from marketer_desktop.ui.pages.editor.wording import said, status_name
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sheet import Sheet


class PublishSheet(Sheet):
    """Says plainly what it cannot do yet."""

    mark_asked = Signal()
    download_asked = Signal(str)

    def __init__(self, window: QWidget, state: TextState) -> None:
        super().__init__(window, said("Publish"), width=520, height=0)
        self.body.addWidget(
            Label(
                said(
                    "This version does not send texts to websites yet. Download the text, put it "
                    "where it belongs, and mark it as published here."
                ),
                "body",
                "secondary",
                wrap=True,
            )
        )
        self.mark = Button(said("Mark as published"), variant="primary")
        self.mark.clicked.connect(self._mark)
        if state.status == "published":
            self.body.addWidget(Banner("success", said("This text is marked as published.")))
        elif not state.may_be_published():
            line = said("Approve the text first. Its status is “{0}”.")
            self.body.addWidget(Banner("warning", line.format(status_name(state.status))))
        self.mark.setEnabled(state.may_be_published())
        for form, name in (("markdown", said("Markdown")), ("html", said("HTML"))):
            button = Button(name, icon="download")
            button.setAccessibleName(said("Download as {0}").format(name))
            button.clicked.connect(lambda _=False, form=form: self._download(form))
            self.footer.addWidget(button)
        self.footer.addStretch(1)
        self.footer.addWidget(self.mark)

    def _mark(self) -> None:
        self.accept()
        self.mark_asked.emit()

    def _download(self, form: str) -> None:
        self.accept()
        self.download_asked.emit(form)

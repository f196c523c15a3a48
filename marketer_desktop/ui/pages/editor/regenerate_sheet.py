"""What is to be written anew: one section, or the whole text."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.sheet import Sheet


class RegenerateSheet(Sheet):
    """`headings` are those of the sections: level and words; without any, it is all or nothing."""

    section_asked = Signal(int)  # the place in `headings`
    all_asked = Signal()

    def __init__(self, window: QWidget, headings: Sequence[tuple[int, str]], current: int) -> None:
        super().__init__(window, said("Regenerate"), width=480, height=0)
        self.what = Segmented([("section", said("One section")), ("all", said("The whole text"))])
        self.section = Select()
        self._field = Field(said("Section"), self.section)
        for number, (level, words) in enumerate(headings):
            self.section.add("  " * (level - 1) + words, number)
        if headings:
            self.section.set_value(current)
        self._line = Label("", "body", "secondary", wrap=True)
        self.go = Button(said("Regenerate"), variant="primary")
        cancel = Button(said("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._go)
        self.what.chosen.connect(lambda _: self._explain())
        self.body.addWidget(self.what)
        self.body.addWidget(self._field)
        self.body.addWidget(self._line)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.go)
        if not headings:
            self.what.set_value("all")
            self.what.hide()
        self._explain()

    def _explain(self) -> None:
        section = self.what.value() == "section"
        self._field.setVisible(section)
        self._line.setText(
            said("The model proposes a new text below this heading. You decide whether to take it.")
            if section
            else said(
                "A new run writes the text again from its brief. What you have now stays among "
                "the revisions."
            )
        )

    def _go(self) -> None:
        self.accept()
        if self.what.value() == "section":
            self.section_asked.emit(self.section.value())
        else:
            self.all_asked.emit()

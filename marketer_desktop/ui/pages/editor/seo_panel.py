"""The SEO view: what is to improve, the keyphrase, and how the text looks in a search."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from marketer_desktop.ui.pages.editor.check_list import CheckList
from marketer_desktop.ui.pages.editor.panel_view import PanelView, headed
from marketer_desktop.ui.pages.editor.presenter import TextState
from marketer_desktop.ui.pages.editor.search_preview import (
    DESCRIPTION_LETTERS,
    TITLE_PIXELS,
    LengthBar,
    SearchPreview,
    title_pixels,
)
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.sign import Sign
from marketer_desktop.ui.widgets.text_input import TextArea, TextInput


class Summary(QFrame):
    """How many checks the text passes."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._sign = Sign("circle-check", "success_icon", 24)
        self.title = Label("", "strong")
        self.line = Label("", "secondary", "secondary", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(14)
        row.addWidget(self._sign)
        row.addLayout(words, 1)

    def set(self, bad: int, good: int) -> None:
        """Say how the text stands."""
        if bad:
            self._sign.set("triangle-alert", "warning_icon")
            self.title.setText(said("{0} to improve").format(bad))
            self.line.setText(said("{0} of {1} checks pass.").format(good, good + bad))
        else:
            self._sign.set("circle-check", "success_icon")
            self.title.setText(said("Everything passes"))
            self.line.setText(said("All {0} checks pass.").format(good))


class SeoPanel(PanelView):
    """Edits title, description, address and keyphrase; shows checks and preview."""

    field_edited = Signal(str, str)
    show_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._state: TextState | None = None
        self.summary = Summary()
        self.keyphrase = TextInput(said("Words that people search for"))
        self._keyphrase_field = Field(said("Keyphrase"), self.keyphrase)
        self.filter = Segmented(
            [("bad", said("To improve")), ("good", said("Good")), ("all", said("All"))]
        )
        self.checks = CheckList()
        self.device = Segmented([("desktop", said("Desktop")), ("mobile", said("Mobile"))])
        self.preview = SearchPreview()
        self.title_bar = LengthBar(said("Title"))
        self.description_bar = LengthBar(said("Description"))
        self.title = TextInput(said("Title in search results"))
        self.description = TextArea(said("What the text offers, in one or two sentences"), lines=4)
        self.slug = TextInput(said("words-of-the-address"))
        self._search: list[QWidget] = []
        self._lay_out()
        self._connect()

    def load(self, state: TextState) -> None:
        """Show another text."""
        self._state = state
        for part in self._search:  # posts and mails are found by no search engine
            part.setVisible(state.has_sections)
        inputs = {"keyphrase": self.keyphrase, "title": self.title, "slug": self.slug}
        for name, control in inputs.items():
            with QSignalBlocker(control):
                control.setText(state.fields[name])
                control.setCursorPosition(0)
        with QSignalBlocker(self.description):
            self.description.setPlainText(state.fields["description"])
        self.refresh()

    def refresh(self) -> None:
        """Show what is known of the text now."""
        if self._state is None:
            return
        bad, good = self._state.to_improve(), self._state.good()
        self.summary.set(len(bad), len(good))
        for key, name, count in (
            ("bad", said("To improve"), len(bad)),
            ("good", said("Good"), len(good)),
            ("all", said("All"), len(bad) + len(good)),
        ):
            self.filter.set_text(key, f"{name} {count}")
        self._show_checks()
        self._show_search()

    def _show_checks(self) -> None:
        if self._state is None:
            return
        chosen = {
            "bad": self._state.to_improve,
            "good": self._state.good,
            "all": self._state.checks,
        }[self.filter.value()]()
        before = self.filter.findChildren(QToolButton)[-1]
        self.checks.set_checks(chosen, said("Nothing here."), before)

    def _show_search(self) -> None:
        if self._state is None:
            return
        fields, report = self._state.fields, self._state.report
        place = said("page") if self._state.content.type == "webpage" else said("blog")
        address = f"{said('your-site.example')} › {place} › {fields['slug'] or '…'}"
        self.preview.set_texts(address, self._state.heading, fields["description"])
        self.title_bar.set(title_pixels(self._state.heading), TITLE_PIXELS, "px")
        letters = len(" ".join(fields["description"].split()))
        self.description_bar.set(letters, DESCRIPTION_LETTERS["desktop"])
        use = report.keyphrase if report is not None and fields["keyphrase"].strip() else None
        uses = said("{0} uses · density {1}%")
        self._keyphrase_field.set_counter(
            uses.format(use.count, f"{use.density:.1f}") if use else ""
        )

    def _edited(self, name: str, text: str) -> None:
        self.field_edited.emit(name, text)
        self._show_search()

    def _connect(self) -> None:
        controls: dict[str, QLineEdit] = {
            "keyphrase": self.keyphrase,
            "title": self.title,
            "slug": self.slug,
        }
        for name, control in controls.items():
            control.textEdited.connect(lambda text, name=name: self._edited(name, text))
        self.description.textChanged.connect(
            lambda: self._edited("description", self.description.toPlainText())
        )
        self.filter.chosen.connect(lambda _: self._show_checks())
        self.device.chosen.connect(self.preview.set_device)
        self.checks.show_asked.connect(self.show_asked)

    def _lay_out(self) -> None:
        checks = QVBoxLayout()
        checks.setSpacing(8)
        checks.addLayout(headed(said("Checks"), self.filter))
        checks.addWidget(self.checks)
        search = QWidget()
        preview = QVBoxLayout(search)
        preview.setContentsMargins(0, 0, 0, 0)
        preview.setSpacing(8)
        preview.addLayout(headed(said("Search preview"), self.device))
        preview.addWidget(self.preview)
        bars = QHBoxLayout()
        bars.setSpacing(16)
        bars.addWidget(self.title_bar)
        bars.addWidget(self.description_bar)
        preview.addLayout(bars)
        self.column.addWidget(self.summary)
        self.column.addWidget(self._keyphrase_field)
        self.column.addLayout(checks)
        self._search = [
            search,
            Field(said("Title"), self.title),
            Field(said("Description"), self.description),
            Field(said("Address"), self.slug),
        ]
        for part in self._search:
            self.column.addWidget(part)
        self.column.addStretch(1)

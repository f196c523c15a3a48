"""What the brand documents of a project add to its voice."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.domain.brand_summary import BrandSummary
from marketer_desktop.services.show_brand_summary import BrandDocuments
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.label import Label

NAMED = 6  # phrases that are shown of each kind


class BrandCard(Card):
    """Hidden until it is known whether there are such documents."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.note = Label("", "secondary", "secondary", wrap=True)
        self.body.addWidget(self.note)
        self.lines = {name: self._line(title) for name, title in self._names()}
        self.hide()

    def show_brand(self, brand: BrandDocuments) -> None:
        """Show the summary, or how to come to one."""
        self.note.setText(self._note(brand))
        texts = self._texts(brand.summary) if brand.summary else {}
        for name, (title, text) in self.lines.items():
            said = texts.get(name, "")
            text.setText(said)
            for label in (title, text):
                label.setVisible(bool(said))
        self.show()

    def _names(self) -> list[tuple[str, str]]:
        return [
            ("tone", self.tr("Tone")),
            ("about", self.tr("About")),
            ("preferred", self.tr("Phrases it likes")),
            ("forbidden", self.tr("Phrases it never uses")),
        ]

    def _line(self, title: str) -> tuple[Label, Label]:
        head, text = Label(title, "label"), Label("", "secondary", "secondary", wrap=True)
        line = QVBoxLayout()
        line.setSpacing(0)
        for label in (head, text):
            line.addWidget(label)
            label.hide()
        self.body.addLayout(line)
        return head, text

    def _note(self, brand: BrandDocuments) -> str:
        names = ", ".join(brand.documents)
        if not brand.documents:
            return self.tr("Tag a document “brand”, and its rules for the voice are followed, too.")
        if brand.summary is None:
            return self.tr("The next piece reads {0}.").format(names)
        if brand.summary == BrandSummary():
            return self.tr("{0} says nothing about the voice.").format(names)
        return self.tr("Read from {0}. What you enter here goes first.").format(names)

    def _texts(self, summary: BrandSummary) -> dict[str, str]:
        return {
            "tone": summary.tone,
            "about": summary.line(),
            "preferred": self._listed(summary.preferred),
            "forbidden": self._listed(summary.forbidden),
        }

    def _listed(self, phrases: list[str]) -> str:
        said = ", ".join(f"“{phrase}”" for phrase in phrases[:NAMED])
        more = len(phrases) - NAMED
        return self.tr("{0} and {1} more").format(said, more) if more > 0 else said

"""The social view: the variants of a text, each with its length and a way to the clipboard."""

from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from marketer_desktop.ui.pages.editor.panel_view import PanelView, emptied
from marketer_desktop.ui.pages.editor.presenter import TextState
from marketer_desktop.ui.pages.editor.wording import LIMITS, said, variant_length, variant_name
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sign import Sign
from marketer_desktop.ui.widgets.text_input import TextArea

_ICONS = {
    "linkedin": "letter:in",
    "twitter": "letter:X",
    "subject": "mail",
    "preview": "mail",
}
FEWEST_LINES = 2
PADDING = 10  # above and below the lines, the border included
ORDER = ("linkedin", "twitter", "subject", "preview")


class VariantText(TextArea):
    """Grows with its text; its card is its edge."""

    def __init__(self, text: str) -> None:
        super().__init__(lines=FEWEST_LINES)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the panel scrolls
        self.setProperty("role", "variant")
        self.setPlainText(text)
        self.textChanged.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower text has more lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Not this document's own height: it knows only the lines that have been seen.
        whole = QTextDocument()
        whole.setDefaultFont(self.font())
        whole.setDocumentMargin(self.document().documentMargin())
        whole.setPlainText(self.toPlainText())
        whole.setTextWidth(self.viewport().width())
        fewest = FEWEST_LINES * self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(ceil(whole.size().height()), fewest) + PADDING)


class VariantCard(QFrame):
    """One variant: its platform, its text, its length."""

    edited = Signal(str, str)
    copied = Signal(str)

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._name = name
        self.text = VariantText(text)
        self.text.setAccessibleName(variant_name(name))
        self.count = Label("", "caption", "secondary", tabular=True)
        self.copy = Button(said("Copy"), size="sm", icon="copy")
        self.copy.setAccessibleDescription(variant_name(name))
        self.copy.clicked.connect(self._copy)
        self.text.textChanged.connect(self._edited)
        self._lay_out()
        self._tell_length()

    def _edited(self) -> None:
        self._tell_length()
        self.edited.emit(self._name, self.text.toPlainText())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copied.emit(self._name)

    def _tell_length(self) -> None:
        length = variant_length(self._name, self.text.toPlainText())
        most = LIMITS.get(self._name)
        if most is None:
            self.count.setText(f"{length:,}")
            return
        over = length - most
        fits = said("{0} of {1}").format(f"{length:,}", f"{most:,}")
        self.count.setText(said("{0} too many").format(f"{over:,}") if over > 0 else fits)
        self.count.set_role("error_text" if over > 0 else "secondary")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Sign(_ICONS.get(self._name, "message-square"), "secondary", 16))
        head.addWidget(Label(variant_name(self._name), "strong"))
        head.addStretch(1)
        head.addWidget(self.count)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 10)
        column.setSpacing(8)
        head.setContentsMargins(6, 0, 6, 0)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addLayout(foot)


class SocialPanel(PanelView):
    """A card for each variant."""

    variant_edited = Signal(str, str)
    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[str, VariantCard] = {}

    def load(self, state: TextState) -> None:
        """Show the variants of another text."""
        emptied(self.column)
        self.cards = {}
        for name in sorted(state.variants, key=_place):
            card = VariantCard(name, state.variants[name])
            card.edited.connect(self.variant_edited)
            card.copied.connect(self.copied)
            self.cards[name] = card
            self.column.addWidget(card)
        if self.cards:
            self.column.addStretch(1)
        else:
            empty = EmptyState(
                "share-2",
                said("No variants"),
                said("Variants come with blog posts and web pages."),
            )
            self.column.addWidget(empty, 1)


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)

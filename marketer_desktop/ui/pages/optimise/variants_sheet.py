"""The posts and the mail that were made of a text, to be edited and copied."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.repurpose import Variant
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.social.variant_card import VariantCard, card_of


class VariantsSheet(Sheet):
    """They are kept nowhere: whoever wants to keep them saves the text as an activity."""

    copied = Signal()

    def __init__(self, window: QWidget, variants: Sequence[Variant], author: str) -> None:
        super().__init__(window, _said("Posts and a mail from this text"), width=560)
        self.cards: list[VariantCard] = []
        for variant in variants:
            if variant.text:
                self._add(variant, author)
        if not self.cards:
            nothing = _said("No sentence of this text fits a post on its own.")
            self.body.addWidget(Label(nothing, "body", "secondary", wrap=True))
        self.body.addStretch(1)
        self.close_button = Button(_said("Close"))
        self.close_button.clicked.connect(self.reject)
        self.footer.addStretch(1)
        self.footer.addWidget(self.close_button)

    def _add(self, variant: Variant, author: str) -> None:
        card = card_of(variant.kind, variant.text, author)
        card.show_check(variant.check)
        card.edited.connect(lambda *_: card.show_check(None))  # it spoke of the text before
        card.copied.connect(lambda _: self.copied.emit())
        self.cards.append(card)
        self.body.addWidget(card)


def _said(text: str) -> str:
    return QCoreApplication.translate("Optimise", text)

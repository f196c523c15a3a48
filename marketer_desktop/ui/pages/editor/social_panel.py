"""The social view: the variants of a text, each as its platform shows it."""

from PySide6.QtCore import Signal

from marketer_desktop.ui.pages.editor.presenter import TextState
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.panel_view import PanelView, emptied
from marketer_desktop.ui.widgets.social.variant_card import VariantCard, card_of
from marketer_desktop.ui.widgets.social.variants import place


class SocialPanel(PanelView):
    """A card for each variant."""

    variant_edited = Signal(str, str)
    copied = Signal(str)
    make_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[str, VariantCard] = {}
        self.make: Button | None = None
        self._state: TextState | None = None
        self._is_making = False

    def load(self, state: TextState) -> None:
        """Show the variants of another text."""
        emptied(self.column)
        self._state, self.cards, self.make = state, {}, None
        for name in sorted(state.variants, key=place):
            card = card_of(name, state.variants[name], state.content.project)
            card.edited.connect(self.variant_edited)
            card.copied.connect(self.copied)
            self.cards[name] = card
            self.column.addWidget(card)
        if self.cards:
            self._offer_again(state)
            self.column.addStretch(1)
        else:
            self._offer_first(state)
        self.set_making(self._is_making)
        self.refresh()

    def refresh(self) -> None:
        """Show what the contract says of each variant now."""
        if self._state is not None:
            for name, card in self.cards.items():
                card.show_check(self._state.variant_check(name))

    def set_making(self, making: bool) -> None:
        """Variants are being made."""
        self._is_making = making
        if self.make is not None and self.make.is_loading != making:
            self.make.set_loading(making)

    def _offer_first(self, state: TextState) -> None:
        empty = EmptyState(
            "share-2",
            said("No variants"),
            said("Variants come with blog posts and web pages."),
            said("Make variants") if state.has_sections else "",
        )
        if state.has_sections:
            self.make = empty.button
            empty.action.connect(self.make_asked)
        self.column.addWidget(empty, 1)

    def _offer_again(self, state: TextState) -> None:
        if state.has_sections:
            self.make = Button(said("Make them again"), variant="ghost", icon="refresh-cw")
            self.make.clicked.connect(self.make_asked)
            self.column.addWidget(self.make)

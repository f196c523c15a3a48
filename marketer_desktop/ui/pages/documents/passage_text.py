"""The text of a passage, with the words that were looked for marked."""

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from marketer_desktop.ui.pages.documents.marking import Piece
from marketer_desktop.ui.theme.theme import current
from marketer_desktop.ui.theme.type import set_font

LINE_HEIGHT = 120  # per cent of Inter's own, which comes to 20 px at a size of 14


class PassageText(QLabel):
    """Parts with a colour each; a label of Qt's own, as ours shows plain text only."""

    def __init__(self, *, selectable: bool = False) -> None:
        super().__init__()
        self._parts: list[tuple[str, Sequence[Piece]]] = []
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if selectable:
            flags = Qt.TextInteractionFlag
            self.setTextInteractionFlags(
                flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
            )
        set_font(self, "body")
        current().changed.connect(self._render)

    def set_parts(self, parts: Sequence[tuple[str, Sequence[Piece]]]) -> None:
        """Show pieces in the colours of roles such as `text` and `secondary`."""
        self._parts = [*parts]
        self._render()

    def plain(self) -> str:
        """What it says."""
        return "".join(piece.text for _, pieces in self._parts for piece in pieces)

    def _render(self) -> None:
        tokens = current().tokens
        body = "".join(
            f'<span style="color:{getattr(tokens, role)}">{"".join(map(_html, pieces))}</span>'
            for role, pieces in self._parts
        )
        self.setText(f'<p style="margin:0; line-height:{LINE_HEIGHT}%">{body}</p>')


def _html(piece: Piece) -> str:
    text = html.escape(piece.text).replace("\n", "<br>")
    if not piece.marked:
        return text
    tokens = current().tokens
    return f'<span style="background-color:{tokens.mark}; color:{tokens.mark_text}">{text}</span>'

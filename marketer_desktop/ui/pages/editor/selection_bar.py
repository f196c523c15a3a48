"""What a model can do with a selected passage: a bar over it, and the same as a menu."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from marketer_desktop.ui.pages.editor.floating import Floating
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.theme.icons import icon
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.menu import MenuItem, menu

COMMANDS = ("shorten", "expand", "rephrase")
TONES = ("professional", "conversational", "technical", "friendly", "confident")
_ICONS = {"shorten": "minimize-2", "expand": "maximize-2", "rephrase": "refresh-cw"}


def command_name(command: str) -> str:
    """A command for people."""
    names = {
        "shorten": said("Shorten"),
        "expand": said("Expand"),
        "rephrase": said("Rephrase"),
        "tone": said("Change tone"),
        "own": said("Own instruction"),
        "section": said("Regenerate section"),
    }
    return names[command]


def tone_name(tone: str) -> str:
    """A tone for people."""
    names = {
        "professional": said("Professional"),
        "conversational": said("Conversational"),
        "technical": said("Technical"),
        "friendly": said("Friendly"),
        "confident": said("Confident"),
    }
    return names[tone]


Ask = Callable[[str, str], None]  # the command, and the tone of `tone`


def tone_items(ask: Ask) -> list[MenuItem]:
    """One entry for each tone."""
    return [MenuItem(tone_name(tone), partial(ask, "tone", tone)) for tone in TONES]


def passage_menu(parent: QWidget, ask: Ask) -> QMenu:
    """All commands, for the keyboard and the right button."""
    entries: list[MenuItem | None] = [
        MenuItem(command_name(name), partial(ask, name, ""), icon=_ICONS[name]) for name in COMMANDS
    ]
    own = MenuItem(said("Own instruction…"), lambda: ask("own", ""), icon="wand-sparkles")
    shown = menu(parent, [*entries, None, own])
    tones = menu(shown, list(tone_items(ask)))
    tones.setTitle(said("Change tone"))
    tones.setIcon(icon("message-square", "secondary", 16))
    shown.insertMenu(shown.actions()[len(COMMANDS)], tones)
    return shown


class SelectionBar(Floating):
    """For the mouse; the keyboard has the menu (Ctrl+J)."""

    asked = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(0)
        for name in COMMANDS:
            row.addWidget(self._button(command_name(name), self._asker(name)))
        self._tone = self._button(said("Tone"), self._open_tones)
        row.addWidget(self._tone)
        row.addWidget(self._button(said("Own…"), self._asker("own")))

    def _asker(self, command: str) -> Callable[[], None]:
        return lambda: self.asked.emit(command, "")

    def _button(self, text: str, do: Callable[[], None]) -> Button:
        made = Button(text, variant="ghost", size="sm", parent=self)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setToolTip(said("All commands: Ctrl+J"))
        made.clicked.connect(lambda: do())
        return made

    def _open_tones(self) -> None:
        shown = menu(self, list(tone_items(self.asked.emit)))
        shown.popup(self._tone.mapToGlobal(QPoint(0, self._tone.height() + 4)))

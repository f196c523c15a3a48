"""What is said above the text for as long as it holds: what failed, what needs attention."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.ui.pages.editor.presenter import TextState
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.panel_view import emptied
from marketer_desktop.ui.widgets.scoring.wording import check_name

RESUMABLE = frozenset({"failed", "cancelled"})


@dataclass(frozen=True)
class Notice:
    """One line, and the names of what can be done about it."""

    tone: str
    text: str
    actions: tuple[str, ...] = ()


def notice_on(state: TextState, stand: str, problem: str, tab: str) -> Notice | None:
    """The most urgent thing to say; None when all is well."""
    if stand == "stale":
        text = said("Not saved: this text was changed elsewhere. Both versions are kept.")
        return Notice("error", text, ("mine", "theirs"))
    if stand == "failed":
        return Notice("error", problem, ("retry", "copy"))
    if state.status in RESUMABLE and state.content.error:
        text = said("The last run did not finish: {0} The text is as it was.")
        return Notice("error", text.format(_ended(state.content.error)), ("resume",))
    bad = state.findings().failing()
    if state.status == "needs_attention" and bad and tab != "seo":
        if len(bad) == 1:
            text = said("1 check needs attention. {0}").format(bad[0].message)
        else:
            names = ", ".join(check_name(each.id) for each in bad)
            text = said("{0} checks need attention: {1}.").format(len(bad), names)
        return Notice("warning", text, ("show",))
    return None


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


class Notices(QWidget):
    """At most one banner."""

    chosen = Signal(str)  # the name of an action

    def __init__(self) -> None:
        super().__init__()
        self._shown: Notice | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 4)
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show this, or nothing."""
        if notice == self._shown:
            return
        self._shown = notice
        emptied(self._column)
        self.setVisible(notice is not None)
        if notice is not None:
            actions = [(_names()[name], self._chooser(name)) for name in notice.actions]
            self._column.addWidget(Banner(notice.tone, notice.text, actions))

    @property
    def text(self) -> str:
        """What is said."""
        return self._shown.text if self._shown is not None else ""

    def _chooser(self, name: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(name)


def _names() -> dict[str, str]:
    return {
        "mine": said("Keep mine"),
        "theirs": said("Use theirs"),
        "retry": said("Try again"),
        "copy": said("Copy text"),
        "resume": said("Resume"),
        "show": said("Show"),
    }

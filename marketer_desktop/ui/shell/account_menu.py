"""The person at this computer: their workspaces, settings, and the way out."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.shell.chrome_button import ChromeButton
from marketer_desktop.ui.shell.popup_menu import literal, open_below
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.avatar import initials
from marketer_desktop.ui.widgets.menu import MenuItem

SIZE, LETTERS_PX = 28, 11


@dataclass(frozen=True)
class WorkspaceEntry:
    """An organization; `home` says whose it is if it is not of this computer."""

    number: int
    name: str
    home: str = ""


Organizations = Sequence[WorkspaceEntry]


class AccountMenu(ChromeButton):
    """A round button with initials; before there is a name, those of the organization."""

    organization_chosen = Signal(int)
    new_organization_asked = Signal()
    page_asked = Signal(str)
    account_asked = Signal()
    shortcuts_asked = Signal()
    quit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, radius=SIZE // 2)
        self._name = ""
        self._organizations: list[WorkspaceEntry] = []
        self._current = 0
        self.setFixedSize(SIZE, SIZE)
        self.clicked.connect(lambda: open_below(self, self.items(), right=True))
        self.set_person("")

    def set_person(self, name: str) -> None:
        """Show who works here."""
        self._name = name
        self._tell()

    def set_organizations(self, organizations: Organizations, current: int) -> None:
        """Show the workspaces and which one this is."""
        self._organizations, self._current = list(organizations), current
        self._tell()

    def ground(self) -> str | None:
        """A disc, a little stronger under the mouse."""
        return "accent_subtle_hover" if self.underMouse() or self.isDown() else "selected"

    def paint_content(self, painter: QPainter) -> None:
        """The initials."""
        letters = font("strong")
        letters.setPixelSize(LETTERS_PX)
        painter.setFont(letters)
        painter.setPen(color("accent_text"))
        shown = initials(self._name or self._organization().name) or "M"
        painter.drawText(QRect(0, 0, SIZE, SIZE), Qt.AlignmentFlag.AlignCenter, shown)

    def _organization(self) -> WorkspaceEntry:
        nowhere = WorkspaceEntry(0, "")
        return next((e for e in self._organizations if e.number == self._current), nowhere)

    def _tell(self) -> None:
        here = self._organization()
        who = " · ".join(filter(None, (self._name, here.name, here.home)))
        self.setAccessibleName(self.tr("Account and workspaces"))
        self.setToolTip(who or self.tr("Account and workspaces"))
        self.update()

    def items(self) -> list[MenuItem | None]:
        """What the menu offers: this computer's organizations, then those of each account."""
        homes = sorted({entry.home for entry in self._organizations if entry.home})
        return [
            *self._of(""),
            MenuItem(self.tr("New organization…"), self.new_organization_asked.emit),
            *(item for home in homes for item in self._under(home)),
            None,
            MenuItem(self.tr("Settings"), lambda: self.page_asked.emit("settings"), "", "Ctrl+,"),
            MenuItem(self.tr("Keyboard shortcuts"), self.shortcuts_asked.emit, "", "F1"),
            None,
            MenuItem(self.tr("Quit"), self.quit_asked.emit, "", "Ctrl+Q"),
        ]

    def _under(self, home: str) -> list[MenuItem | None]:
        """The organizations of an account under its name, which leads to its settings."""
        heading = MenuItem(literal(home), self.account_asked.emit, "server")
        return [None, heading, *self._of(home)]

    def _of(self, home: str) -> list[MenuItem | None]:
        return [self._workspace(entry) for entry in self._organizations if entry.home == home]

    def _workspace(self, entry: WorkspaceEntry) -> MenuItem:
        return MenuItem(
            literal(entry.name),
            lambda: self.organization_chosen.emit(entry.number),
            checked=entry.number == self._current,
        )

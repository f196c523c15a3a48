"""The sites and folders that texts go to, each with what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.publishing_targets import PublishingTarget, TargetCheck
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.panel_view import emptied
from marketer_desktop.ui.widgets.publishing.words import ICONS, kind_name, said
from marketer_desktop.ui.widgets.sign import Sign


class TargetsCard(Card):
    """Few, so each may be a widget."""

    add_asked = Signal()
    change_asked = Signal(object)  # PublishingTarget, as in the signals below
    check_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, *, with_projects: bool, parent: QWidget | None = None) -> None:
        super().__init__(said("Sites and folders"), said("Add"), parent)
        assert self.action is not None
        self._with_projects = with_projects
        self.rows: dict[int, TargetRow] = {}
        self.action.setAccessibleName(said("Add a site or folder"))
        self.action.clicked.connect(self.add_asked)
        self.empty = EmptyState(
            "send",
            said("Nowhere to publish yet"),
            said("Add a site or folder. Texts then go there from the editor."),
            said("Add a site or folder"),
        )
        self.empty.action.connect(self.add_asked)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(16)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.empty)
        self.empty.hide()

    def show_targets(self, targets: Sequence[PublishingTarget]) -> None:
        """One row for each, or the way to add one."""
        emptied(self._lines)
        self.rows = {each.id: TargetRow(each, self._with_projects) for each in targets}
        for row in self.rows.values():
            row.change.clicked.connect(lambda _=False, r=row: self.change_asked.emit(r.target))
            row.check.clicked.connect(lambda _=False, r=row: self.check_asked.emit(r.target))
            row.remove.clicked.connect(lambda _=False, r=row: self.remove_asked.emit(r.target))
            self._lines.addWidget(row)
        self.empty.setVisible(not targets)
        assert self.action is not None
        self.action.setVisible(bool(targets))


class TargetRow(QWidget):
    """A name, where it is, and what a test has said."""

    def __init__(self, target: PublishingTarget, with_project: bool) -> None:
        super().__init__()
        self.target = target
        self.check = Button(said("Test"), size="sm")
        self.check.setAccessibleName(said("Test “{0}”").format(target.name))
        self.change = Button(said("Change"), variant="ghost", size="sm")
        self.change.setAccessibleName(said("Change “{0}”").format(target.name))
        self.remove = Button(said("Remove"), variant="ghost", size="sm")
        self.remove.setAccessibleName(said("Remove “{0}”").format(target.name))
        self.result = Label("", "secondary", "secondary", wrap=True)
        self.result.hide()
        parts = [kind_name(target.kind), target.address]
        if with_project:
            parts.append(target.project)
        self._lay_out(" · ".join(parts))

    def show_checking(self) -> None:
        """The site is being asked."""
        self.check.set_loading(True)

    def show_result(self, told: TargetCheck) -> None:
        """Whether it takes texts, or what is in the way."""
        self.check.set_loading(False)
        self.result.set_role("success_text" if told.ok else "error_text")
        good = " ".join((said("“{0}” takes texts.").format(told.site), *told.notes))
        self.result.setText(good if told.ok else told.problem)
        self.result.show()

    def show_failure(self, message: str) -> None:
        """The test itself did not get through."""
        self.show_result(TargetCheck(ok=False, problem=message))

    def _lay_out(self, about: str) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(self.target.name, "label", elide=True))
        words.addWidget(Label(about, "secondary", "secondary", elide=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Sign(ICONS[self.target.kind], "secondary", 20))
        row.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.remove, self.change, self.check):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.result)

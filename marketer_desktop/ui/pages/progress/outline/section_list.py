"""The sections of an outline below each other, in an order that people can change."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.ui.pages.progress.outline.presenter import OutlinePresenter, Section
from marketer_desktop.ui.pages.progress.outline.section_row import SectionRow

OTHER = Qt.FocusReason.OtherFocusReason


class SectionList(QWidget):
    """Changes the presenter as it is typed in, and tells so."""

    changed = Signal()
    removed = Signal(str, object)  # the heading, and what brings the section back
    focused = Signal(QWidget)  # has to be seen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = OutlinePresenter()
        self.rows: dict[int, SectionRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._step_focused, step))

    def show_sections(self, presenter: OutlinePresenter) -> None:
        """Show all sections anew."""
        for row in self.rows.values():
            self._drop(row)
        self._presenter, self.rows = presenter, {}
        for place, section in enumerate(presenter.sections):
            self._insert(place, section)
        self.changed.emit()

    def add(self) -> None:
        """One more section, and the keyboard in its heading."""
        section = self._presenter.add()
        row = self._insert(len(self._presenter.sections) - 1, section)
        row.heading.setFocus(OTHER)
        self.changed.emit()
        self.focused.emit(row)

    def show_problems(self, say: Callable[[str | None], str]) -> None:
        """Say what is wrong with each section."""
        for key, row in self.rows.items():
            problem = self._presenter.problem(key)
            row.show_problem(say(problem), in_heading=problem != "points")

    def focus_section(self, key: int) -> None:
        """Put the keyboard where something is wrong."""
        row = self.rows[key]
        wrong = row.points if self._presenter.problem(key) == "points" else row.heading
        wrong.setFocus(OTHER)
        self.focused.emit(row)

    def _insert(self, place: int, section: Section) -> SectionRow:
        row = SectionRow(section, is_long_form=self._presenter.is_long_form)
        key = section.key
        self.rows[key] = row
        row.typed.connect(partial(self._on_typed, key))
        row.left_heading.connect(partial(self._on_left, key))
        row.removed.connect(partial(self._on_removed, key))
        row.held.connect(row.set_held)
        row.dragged.connect(partial(self._on_dragged, key))
        row.stepped.connect(partial(self._step, key))
        self._column.insertWidget(place, row)
        row.show()
        return row

    def _drop(self, row: SectionRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_typed(self, key: int) -> None:
        row = self.rows[key]
        self._presenter.set_heading(key, row.heading.text())
        self._presenter.set_points(key, row.points.toPlainText())
        self._presenter.set_words(key, row.words.value())
        self.changed.emit()

    def _on_left(self, key: int) -> None:
        if key in self.rows and self.rows[key].heading.text():
            self._presenter.leave(key)
            self.changed.emit()

    def _on_removed(self, key: int) -> None:
        presenter = self._presenter
        place, section = presenter.remove(key)
        self._drop(self.rows.pop(key))
        if presenter.sections:
            following = presenter.sections[min(place, len(presenter.sections) - 1)]
            self.rows[following.key].heading.setFocus(OTHER)
        self.changed.emit()

        def back() -> None:
            presenter.restore(place, section)
            if presenter is self._presenter:
                self.focused.emit(self._insert(presenter.place_of(section.key), section))
                self.changed.emit()

        self.removed.emit(section.heading, back)

    def _step_focused(self, step: int) -> None:
        focus = self.focusWidget()
        found = [key for key, row in self.rows.items() if focus and row.isAncestorOf(focus)]
        if found:
            self._step(found[0], step)

    def _step(self, key: int, step: int) -> None:
        self._move(key, self._presenter.place_of(key) + step)
        self.focused.emit(self.rows[key])

    def _on_dragged(self, key: int, from_top: int) -> None:
        """The row goes where the pointer is past the middle of another one."""
        y = self.mapFromGlobal(QPoint(0, from_top)).y()
        others = [self.rows[each.key] for each in self._presenter.sections if each.key != key]
        if self._move(key, sum(1 for row in others if row.geometry().center().y() < y)):
            self.focused.emit(self.rows[key])

    def _move(self, key: int, place: int) -> bool:
        moved = self._presenter.move(key, place)
        if moved:
            row = self.rows[key]
            self._column.removeWidget(row)
            self._column.insertWidget(self._presenter.place_of(key), row)
            self._column.activate()
            self.changed.emit()
        return moved

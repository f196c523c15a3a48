"""Publishing: where to, how the text will look there, and what goes with it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from marketer_desktop.services.publications import Publication
from marketer_desktop.services.publish import Preview
from marketer_desktop.services.publishing_targets import PublishingTarget
from marketer_desktop.ui.pages.editor.presenter import TextState
from marketer_desktop.ui.pages.editor.publish_form import PublishForm
from marketer_desktop.ui.pages.editor.publish_presenter import (
    MENDED_BY_CHANGE,
    is_public,
    news,
    verb,
)
from marketer_desktop.ui.pages.editor.publish_standing import PublishStanding
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.publishing.words import kind_name
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.sheet import Sheet

WIDTH, PREVIEW = 760, 220


class PublishSheet(Sheet):
    """Says what it was asked for; whoever does it tells `show_…` how it goes."""

    target_chosen = Signal(object)
    add_asked = Signal()
    change_asked = Signal(object)  # PublishingTarget
    send_asked = Signal(object, bool)  # Choices; whether it is a draft
    cancel_asked = Signal(int)  # the publication
    mark_asked = Signal()

    def __init__(self, window: QWidget, state: TextState) -> None:
        super().__init__(window, said("Publish"), width=WIDTH, height=0)
        self._targets: dict[int, PublishingTarget] = {}
        self._preview: Preview | None = None
        self.target = Select()
        self.add = Button(said("Add a site or folder"), variant="ghost")
        self.standing, self.form = PublishStanding(), PublishForm()
        self.warning = Banner("warning", "")
        self.page = QTextBrowser()
        self.page.setFixedHeight(PREVIEW)
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(said("Preview"))
        self.empty = EmptyState(
            "send",
            said("Nowhere to publish yet"),
            said("Add a site or folder."),
            said("Add a site or folder"),
        )
        self.mark = Button(said("Mark as published"), variant="ghost")
        self.mark.setEnabled(state.may_be_published())
        self.draft = Button(said("Save draft"))
        self.send = Button(said("Publish"), variant="primary")
        self._lay_out()
        self._connect()
        self._show_parts()

    def show_targets(self, targets: Sequence[PublishingTarget], chosen: int | None) -> None:
        """Offer these; the first, or the one that was chosen before."""
        self._targets = {each.id: each for each in targets}
        self.target.clear()
        for each in targets:
            self.target.add(f"{each.name} · {kind_name(each.kind)}", each.id)
        if targets:
            self.target.set_value(chosen if chosen in self._targets else targets[0].id)
        self._preview = None
        self._show_parts()

    def show_preview(self, preview: Preview) -> None:
        """The text as the chosen target would get it, and how it stands there."""
        self._preview = preview
        self.form.fill(preview, self._targets[self.target.value()])
        self.page.setHtml(preview.page)
        self.warning.set("warning", preview.why_not)
        self.show_standing(preview.publication)

    def show_standing(self, told: Publication | None) -> None:
        """How the text stands at the target."""
        if self._preview is not None:
            self._preview = self._preview.model_copy(update={"publication": told})
        self.send.set_loading(False)
        self.draft.setEnabled(True)
        extra = news(self._preview) if self._preview else ""
        self.standing.show_publication(told, extra, told is not None and _is_mended(told))
        self._show_parts()

    def show_sending(self, step: int, of: int) -> None:
        """How far it is."""
        self.send.set_loading(True)
        self.draft.setEnabled(False)
        self.standing.show_sending(step, of)

    def show_failure(self, message: str) -> None:
        """It could not even be ordered."""
        self.show_standing(self._preview.publication if self._preview else None)
        self.standing.show_failure(message)

    def _lay_out(self) -> None:
        self._where = QWidget()
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.target, 1)
        row.addWidget(self.add)
        self._parts = QWidget()
        column = QVBoxLayout(self._parts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (Field(said("Where to"), self._where), self.standing, self.warning):
            column.addWidget(part)
        column.addWidget(self.form)
        column.addWidget(Label(said("Preview"), "label"))
        column.addWidget(self.page)
        self.target.setAccessibleName(said("Where to"))
        self.body.addWidget(self._parts)
        self.body.addWidget(self.empty)
        self.footer.addWidget(self.mark)
        self.footer.addStretch(1)
        self.footer.addWidget(self.draft)
        self.footer.addWidget(self.send)

    def _connect(self) -> None:
        self.target.chosen.connect(self.target_chosen)
        self.add.clicked.connect(self.add_asked)
        self.empty.action.connect(self.add_asked)
        self.standing.change.clicked.connect(
            lambda: self.change_asked.emit(self._targets[self.target.value()])
        )
        self.standing.cancelled.connect(self.cancel_asked)
        self.form.when.chosen.connect(lambda key: self._show_parts())
        self.send.clicked.connect(lambda: self._send(as_draft=False))
        self.draft.clicked.connect(lambda: self._send(as_draft=True))
        self.mark.clicked.connect(self._mark)

    def _show_parts(self) -> None:
        known = self._preview
        self._parts.setVisible(bool(self._targets))
        self.empty.setVisible(not self._targets)
        self.warning.setVisible(known is not None and bool(known.why_not))
        self.send.setVisible(bool(self._targets))
        self.send.setEnabled(known is not None and not known.why_not)
        self.draft.setVisible(known is not None and not is_public(known))
        if known is not None:
            self.send.setText(verb(known, self.form.is_later))

    def _send(self, *, as_draft: bool) -> None:
        try:
            chosen = self.form.choices(self.target.value(), datetime.now().astimezone())
        except ValueError:
            return  # it is said in the field
        self.send_asked.emit(chosen, as_draft)

    def _mark(self) -> None:
        self.accept()
        self.mark_asked.emit()


def _is_mended(told: Publication) -> bool:
    """Whether another secret or address may help."""
    return told.state == "failed" and told.cause in MENDED_BY_CHANGE

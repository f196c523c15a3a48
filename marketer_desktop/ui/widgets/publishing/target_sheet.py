"""The sheet that takes a site or a folder; its secret is never shown again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from marketer_desktop.services.publishing_targets import (
    LONGEST_SECRET,
    AddTarget,
    PublishingTarget,
)
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.publishing.words import KINDS, kind_name, said
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.text_input import TextInput

WIDTH = 560


class TargetSheet(Sheet):
    """Stays open until the target is kept: whoever takes `given` calls `accept` or `fail`.

    `projects` are names and numbers to choose from; a `known` target is changed.
    """

    given = Signal(object)  # AddTarget

    def __init__(
        self,
        window: QWidget,
        projects: Sequence[tuple[str, int]],
        known: PublishingTarget | None = None,
    ) -> None:
        title = said("Change “{0}”").format(known.name) if known else said("Add a site or folder")
        super().__init__(window, title, width=WIDTH, height=0)
        self._known = known
        self.kinds = Segmented([(each, kind_name(each)) for each in KINDS])
        self.kinds.setAccessibleName(said("Kind"))
        self.project = Select()
        for name, number in projects:
            self.project.add(name, number)
        self.name, self.address, self.account = TextInput(), TextInput(), TextInput()
        self.secret = TextInput()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setMaxLength(LONGEST_SECRET)
        self.choose = Button(said("Choose…"))
        self.problem = Banner("error", "")
        self.save = Button(said("Save and test"), variant="primary")
        self._lay_out(len(projects) > 1 and known is None)
        self._fill()
        self._show_kind()
        self.kinds.chosen.connect(lambda kind: self._show_kind())
        self.choose.clicked.connect(self._choose)
        self.save.clicked.connect(self._finish)
        self.secret.returnPressed.connect(self._finish)
        self.closed.connect(self.deleteLater)

    def fail(self, message: str) -> None:
        """Say why the target was not kept."""
        self.save.set_loading(False)
        self.problem.set("error", message)
        self.problem.show()

    def _lay_out(self, several: bool) -> None:
        self.fields = {
            "project": Field(said("Project"), self.project),
            "name": Field(said("Name"), self.name, hint=said("As you call it, such as Blog.")),
            "address": Field(said("Address"), self._address_row()),
            "account": Field(said("User name"), self.account),
            "secret": Field(said("Secret"), self.secret),
        }
        self.body.addWidget(self.kinds)
        for field in self.fields.values():
            self.body.addWidget(field)
        self.body.addWidget(self.problem)
        self.problem.hide()
        self.fields["project"].setVisible(several)
        cancel = Button(said("Cancel"))
        cancel.clicked.connect(self.reject)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save)

    def _address_row(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.address, 1)
        row.addWidget(self.choose)
        box.setFocusProxy(self.address)
        return box

    def _fill(self) -> None:
        if self._known is None:
            return
        self.kinds.set_value(self._known.kind)
        self.kinds.setEnabled(False)
        self.name.setText(self._known.name)
        self.address.setText(self._known.address)
        self.address.setEnabled(False)  # another address is another target
        self.choose.setEnabled(False)
        self.account.setText(self._known.account or "")

    def _show_kind(self) -> None:
        kind = self.kinds.value()
        hints = {
            "wordpress": said("Of the site’s first page, such as https://blog.example.com."),
            "ghost": said("Of the site, without “/ghost”."),
            "webhook": said("Where the text is sent to, as signed JSON."),
            "folder": said("The content folder of your static site."),
        }
        secrets = {
            "wordpress": (
                said("An application password: in WordPress under Users, Profile."),
                said("Application password"),
            ),
            "ghost": (
                said("In Ghost under Settings, Integrations, Custom integration."),
                said("Admin API key"),
            ),
            "webhook": (said("The receiver checks the signature with it."), said("Secret")),
        }
        hint, label = secrets.get(kind, ("", said("Secret")))
        self.fields["address"].set_hint(hints[kind])
        self.fields["address"].control.setAccessibleDescription(hints[kind])
        self.address.setAccessibleName(said("Folder") if kind == "folder" else said("Address"))
        self.fields["secret"].set_label(label)
        self.fields["secret"].set_hint(hint)
        self.fields["secret"].setVisible(kind != "folder")
        self.fields["account"].setVisible(kind == "wordpress")
        self.choose.setVisible(kind == "folder")
        for field in self.fields.values():
            field.set_error(None)

    def _choose(self) -> None:
        dialog = QFileDialog(self, said("Choose a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.address.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _finish(self) -> None:
        if not self._is_whole() or self.save.is_loading:
            return
        self.problem.hide()
        self.save.set_loading(True)
        project = self._known.project_id if self._known else self.project.value()
        values = {
            "kind": self.kinds.value(),
            "name": self.name.text(),
            "address": self.address.text().strip(),
            "account": self.account.text().strip() or None,
            "secret": self.secret.text().strip() or None,
            "project_id": project,
        }
        self.given.emit(AddTarget.model_validate(values))

    def _is_whole(self) -> bool:
        """Whether all that is shown is filled in; what is missing is said there."""
        asked = {"name": self.name, "address": self.address, "account": self.account}
        asked["secret"] = self.secret
        whole = True
        for key, control in asked.items():
            field = self.fields[key]
            missing = not field.isHidden() and not control.text().strip()
            field.set_error(said("Fill this in.") if missing else None)
            whole = whole and not missing
        return whole

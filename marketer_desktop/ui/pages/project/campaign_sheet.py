"""The sheet to make or change a campaign."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.services.campaigns import CampaignFields
from marketer_desktop.ui.pages.project.campaign_form import CURRENCIES, CampaignForm
from marketer_desktop.ui.pages.project.campaign_words import CampaignWords
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.date_input import DateInput
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.text_input import TextInput

WIDTH, CURRENCY_WIDTH = 560, 104


class CampaignSheet(Sheet):
    """What is wrong is said at *Save*, and from then on live."""

    filled = Signal(object)  # CampaignFields

    def __init__(self, window: QWidget, title: str, action: str, form: CampaignForm) -> None:
        super().__init__(window, title, width=WIDTH, height=0)
        self._live = False
        self.name, self.goal, self.audience = TextInput(), TextInput(), TextInput()
        self.start, self.end = DateInput(), DateInput()
        self.budget, self.currency, self.status = TextInput(), Select(), Select()
        self.save = Button(action, variant="primary")
        self._fields = self._make_fields()
        self._fill(form)
        self._lay_out()
        self._connect()

    def form(self) -> CampaignForm:
        """The fields as they are now."""
        return CampaignForm(
            name=self.name.text(),
            goal=self.goal.text(),
            audience=self.audience.text(),
            start=self.start.value(),
            end=self.end.value(),
            start_read=self.start.is_valid,
            end_read=self.end.is_valid,
            budget=self.budget.text(),
            currency=self.currency.value(),
            status=self.status.value(),
        )

    def error(self, name: str) -> str:
        """What is said to be wrong with a field."""
        return self._fields[name].error

    def _make_fields(self) -> dict[str, Field]:
        self.name.setPlaceholderText(self.tr("Such as Product launch"))
        self.goal.setPlaceholderText(self.tr("Such as 500 trials by April"))
        self.start.setPlaceholderText(self.tr("1 Mar 2026"))
        self.end.setPlaceholderText(self.tr("31 Mar 2026"))
        self.budget.setPlaceholderText("1,200")
        return {
            "name": Field(self.tr("Name"), self.name),
            "goal": Field(self.tr("Goal"), self.goal, optional=True),
            "audience": Field(self.tr("Audience"), self.audience, optional=True),
            "start": Field(self.tr("Starts"), self.start, optional=True),
            "end": Field(self.tr("Ends"), self.end, optional=True),
            "budget": Field(self.tr("Budget"), self.budget, optional=True),
            "currency": Field(self.tr("Currency"), self.currency),
            "status": Field(self.tr("Status"), self.status),
        }

    def _fill(self, form: CampaignForm) -> None:
        for key, text in CampaignWords(self).statuses():
            self.status.add(text, key)
        for code in dict.fromkeys((*CURRENCIES, form.currency)):
            self.currency.add(code, code)
        self.name.setText(form.name)
        self.goal.setText(form.goal)
        self.audience.setText(form.audience)
        self.start.set_value(form.start)
        self.end.set_value(form.end)
        self.budget.setText(form.budget)
        self.currency.set_value(form.currency)
        self.status.set_value(form.status)

    def _lay_out(self) -> None:
        for name in ("name", "goal", "audience"):
            self.body.addWidget(self._fields[name])
        self.body.addLayout(self._line("start", "end"))
        self._fields["currency"].setFixedWidth(CURRENCY_WIDTH)
        self.body.addLayout(self._line("budget", "currency", "status"))
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save)

    def _line(self, *names: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for name in names:
            stretch = 0 if name == "currency" else 1
            row.addWidget(self._fields[name], stretch, Qt.AlignmentFlag.AlignTop)
        return row

    def _connect(self) -> None:
        self.save.clicked.connect(self._finish)
        for line in (self.name, self.start, self.end, self.budget):
            line.textChanged.connect(lambda text: self._judge() if self._live else None)
            line.returnPressed.connect(self._finish)
        self.closed.connect(self.deleteLater)

    def _judge(self) -> bool:
        said = {
            "missing": self.tr("Enter a name."),
            "long": self.tr("Use at most 255 characters."),
            "no_date": self.tr("Enter a day such as 1 Mar 2026."),
            "order": self.tr("It ends before it starts."),
            "amount": self.tr("Enter an amount such as 1,200 or 1200.50."),
        }
        problems = self.form().problems()
        for name, field in self._fields.items():
            field.set_error(said[problems[name]] if name in problems else None)
        return not problems

    def _finish(self) -> None:
        self._live = True
        if not self._judge():
            first = next(name for name in self._fields if self._fields[name].error)
            self._fields[first].control.setFocus()
            return
        fields: CampaignFields = self.form().fields()
        self.filled.emit(fields)
        self.accept()

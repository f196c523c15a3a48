"""Says which limit of the plan is reached, what is used of the others, and where there is more."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from marketer_desktop.domain.plan_grace import Standing
from marketer_desktop.services.show_plan import PlanSheet
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.plan_uses import PlanUses
from marketer_desktop.ui.widgets.plan_words import PlanWords
from marketer_desktop.ui.widgets.sheet import Sheet

WIDTH = 480


class LimitSheet(Sheet):
    """Leads to the server's page for plans, for who pays; the others are told whom to ask."""

    plan_asked = Signal()

    def __init__(self, window: QWidget, message: str, plan: PlanSheet) -> None:
        super().__init__(window, "", width=WIDTH, height=0)
        words = PlanWords(self)
        title = self.tr("The {0} plan has no room for this").format(words.plan(plan.plan))
        self.title.setText(title)
        self.setAccessibleName(title)
        self._url = plan.billing_url
        self.message = Label(message, "body", wrap=True)
        self.uses = PlanUses()
        self.uses.show_uses(plan.uses)
        self.advice = Label(self._advice(plan), "secondary", "secondary", wrap=True)
        self.body.addWidget(self.message)
        self.body.addWidget(self.uses)
        self.body.addWidget(self.advice)
        self.see = Button(self.tr("See plan"))
        self.change = Button(self.tr("Change plan"), variant="primary", icon="external-link")
        self.change.setVisible(self._may_change(plan))
        self.footer.addStretch(1)
        self.footer.addWidget(self.see)
        self.footer.addWidget(self.change)
        self.see.clicked.connect(self._see_plan)
        self.change.clicked.connect(self._change_plan)
        self.closed.connect(self.deleteLater)

    @staticmethod
    def _may_change(plan: PlanSheet) -> bool:
        return plan.pays and bool(plan.billing_url) and plan.standing is not Standing.LAPSED

    def _advice(self, plan: PlanSheet) -> str:
        if plan.standing is Standing.LAPSED:
            return self.tr(
                "The server has not been heard for long, so the limits of the Free plan hold. Sync "
                "once, and your plan holds again. Everything here stays."
            )
        if not plan.pays:
            return self.tr(
                "Owners of {0} can change the plan. Everything here stays as it is."
            ).format(plan.organization)
        return self.tr("Everything here stays as it is.")

    def _see_plan(self) -> None:
        self.accept()
        self.plan_asked.emit()

    def _change_plan(self) -> None:
        QDesktopServices.openUrl(QUrl(self._url))
        self.accept()

"""A question before something that cannot be undone."""

import asyncio

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sheet import Sheet


async def confirm(
    window: QWidget, title: str, text: str, action: str, *, danger: bool = False
) -> bool:
    """Ask, and wait: True when `action` was pressed, False for *Cancel* and Esc."""
    sheet = Sheet(window, title, width=440, height=0)
    answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    sheet.body.addWidget(Label(text, "body", "secondary", wrap=True))
    cancel = Button(QCoreApplication.translate("confirm", "Cancel"))
    act = Button(action, variant="danger" if danger else "primary")
    sheet.footer.addStretch(1)
    sheet.footer.addWidget(cancel)
    sheet.footer.addWidget(act)

    def settle(value: bool) -> None:
        if not answer.done():
            answer.set_result(value)

    cancel.clicked.connect(sheet.reject)
    act.clicked.connect(lambda: settle(True))
    act.clicked.connect(sheet.accept)
    sheet.closed.connect(lambda: settle(False))
    sheet.open_sheet()
    (cancel if danger else act).setFocus(Qt.FocusReason.TabFocusReason)
    try:
        return await answer
    finally:
        sheet.close_sheet()
        sheet.deleteLater()

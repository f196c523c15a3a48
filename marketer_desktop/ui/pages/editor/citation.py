"""The passage behind a citation mark."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.content import ContentSource
from marketer_desktop.ui.pages.editor.analytics_panel import place
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.popover import Popover
from marketer_desktop.ui.widgets.sign import Sign

WIDTH = 380


def citation_popover(anchor: QWidget, n: int, source: ContentSource | None) -> Popover:
    """File, place and quote, with the way to the file; show it with `show_below`."""
    popover = Popover(anchor, width=WIDTH)
    popover.closed.connect(popover.deleteLater)
    popover.closed.connect(anchor.deleteLater)
    popover.setAccessibleName(said("Source [{0}]").format(n))
    if source is None:
        missing = said("[{0}] leads to no passage. It may have been typed by hand.").format(n)
        popover.body.addWidget(Label(missing, "secondary", "secondary", wrap=True))
        return popover
    names = QVBoxLayout()
    names.setSpacing(0)
    names.addWidget(Label(f"[{n}] {source.document}", "strong", elide=True))
    names.addWidget(Label(place(source), "secondary", "secondary"))
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(Sign("file-text", "secondary", 20))
    head.addLayout(names, 1)
    popover.body.addLayout(head)
    popover.body.addWidget(Label(f"“{source.text.strip()}”", "body", wrap=True))
    popover.body.addLayout(_foot(popover, source))
    return popover


def _foot(popover: Popover, source: ContentSource) -> QHBoxLayout:
    foot = QHBoxLayout()
    if source.path is None:
        gone = said("The document is no longer in the library.")
        foot.addWidget(Label(gone, "secondary", "secondary", wrap=True), 1)
        return foot
    address = QUrl.fromLocalFile(source.path)
    button = Button(said("Open file"), size="sm", icon="external-link")
    button.clicked.connect(lambda: QDesktopServices.openUrl(address))
    button.clicked.connect(popover.close_popover)
    foot.addStretch(1)
    foot.addWidget(button)
    return foot

"""A scroll bar that keeps its room, and is seen only while there is something to scroll."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea

from marketer_desktop.ui.theme.sheet import restyle


def keep_room_for_bar(area: QAbstractScrollArea) -> None:
    """What scrolls is then as wide as what does not, and nothing jumps."""
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar = area.verticalScrollBar()

    def tell(lowest: int, highest: int) -> None:
        idle = "false" if highest > lowest else "true"
        if bar.property("idle") != idle:
            restyle(bar, idle=idle)

    bar.rangeChanged.connect(tell)
    tell(bar.minimum(), bar.maximum())
